import pytest

from tallystick.risks.scoring.reckoned import UnableToReckon, asked, reckon
from tallystick.rulebook.scoring import Grid, Money, Tail
from tests.risks.scoring.methods import five_by_five, money, tail

GRID, MONEY, TAIL = five_by_five(), money(), tail()

STEPS = {"inherent_likelihood": "5", "inherent_impact": "4", "net_likelihood": "4", "net_impact": "4"}
LOSSES = {"events": "4", "low": "1000", "central": "5000", "high": "20000"}
TRIALS = {"trials": "14", "chance": "0.05", "loss": "1000"}


def both(of: dict[str, str], **net: str) -> dict[str, str]:
    return {f"inherent_{name}": value for name, value in of.items()} | {
        f"net_{name}": value for name, value in {**of, **net}.items()
    }


class TestReckoning:
    def test_multiplies_steps(self) -> None:
        found = reckon(GRID, STEPS, "R-02")

        assert (int(found.inherent), int(found.net)) == (20, 16)

    def test_draws_losses_of_each_risk_apart(self) -> None:
        one, other = (reckon(MONEY, both(LOSSES, events="1"), risk) for risk in ("R-01", "R-02"))

        assert one.inherent > one.net > 0
        assert one != other

    def test_values_a_year_in_twenty(self) -> None:
        found = reckon(TAIL, both(TRIALS, chance="0.02"), "R-01")

        assert (int(found.inherent), int(found.net)) == (2000, 1000)  # two and one failures of fourteen, T19
        assert found.drawn == {"inherent": {"failing": "2"}, "net": {"failing": "1"}}

    def test_tells_how_far_the_years_that_were_drawn_lie_apart(self) -> None:
        found = reckon(MONEY, both(LOSSES, events="1"), "R-01")

        low, half, high = (int(found.drawn["inherent"][share]) for share in ("0.05", "0.5", "0.95"))
        assert low < half < found.inherent < high
        assert float(found.drawn["net"]["without"]) == pytest.approx(0.368, abs=0.01)  # none of one a year
        assert reckon(MONEY, both(LOSSES, events="1"), "R-01") == found

    @pytest.mark.parametrize(
        ("method", "inputs", "says"),
        [
            (GRID, {**STEPS, "net_impact": "6"}, "no step 6 of impact"),
            (GRID, {**STEPS, "net_impact": "4.5"}, "no whole number"),
            (GRID, {**STEPS, "net_impact": "NaN"}, "is a number"),
            (GRID, {**STEPS, "net_impact": "four"}, "is a number"),
            (GRID, {"inherent_likelihood": "5"}, "asks for inherent impact"),
            (GRID, {**STEPS, "net_likelihood": "5", "net_impact": "5"}, "above the inherent"),
            (MONEY, both(LOSSES, low="9000"), "do not fall"),
            (TAIL, both(TRIALS, chance="2"), "between 0 and 1"),
            (TAIL, both({**TRIALS, "loss": "9e12"}), "more than any code loses"),
            (GRID, {**STEPS, "net_impact": "1e999999"}, "is a number"),
        ],
    )
    def test_refuses_answers_that_are_none(
        self, method: Grid | Money | Tail, inputs: dict[str, str], says: str
    ) -> None:
        with pytest.raises(UnableToReckon, match=says):
            reckon(method, inputs, "R-01")


class TestAnswers:
    def test_are_asked_as_if_nothing_held_it_and_as_it_is(self) -> None:
        assert asked(GRID) == list(STEPS)
