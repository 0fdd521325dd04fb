from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.risks.scoring.tail import Counted, Moving, UnableToValue, at_risk, borne, failing

ONE_IN_TWENTY = Fraction(95, 100)


def counted(trials: int, chance: str, loss: str = "1") -> Counted:
    return Counted(trials, Fraction(chance), Decimal(loss))


class TestFailing:
    # Worked examples T19.
    @pytest.mark.parametrize(
        ("trials", "chance", "failures"), [(14, "0.02", 1), (14, "0.05", 2), (1000, "0.001", 3)]
    )
    def test_is_the_quantile_of_a_binomial(self, trials: int, chance: str, failures: int) -> None:
        assert failing(counted(trials, chance), ONE_IN_TWENTY) == failures

    @pytest.mark.parametrize(("chance", "failures"), [("0", 0), ("1", 14)])
    def test_is_certain_where_the_chance_is(self, chance: str, failures: int) -> None:
        assert failing(counted(14, chance), ONE_IN_TWENTY) == failures

    @pytest.mark.parametrize("chance", ["0.003", "0.2", "0.97"])
    def test_agrees_on_both_sides_of_where_fractions_end(self, chance: str) -> None:
        beyond = failing(counted(401, chance), ONE_IN_TWENTY)

        assert failing(counted(400, chance), ONE_IN_TWENTY) in (beyond, beyond - 1)


class TestAtRisk:
    def test_is_failures_times_loss(self) -> None:
        assert at_risk(counted(14, "0.05", "1250.50"), ONE_IN_TWENTY) == Decimal("2501.00")

    def test_of_a_movement_is_the_upper_end_and_below_nothing_the_lower(self) -> None:
        up, down = (Moving(Decimal(mean), Decimal(1000)) for mean in (200, -200))

        values = [at_risk(one, ONE_IN_TWENTY) for one in (up, down)]

        assert values == [Decimal("1844.85"), Decimal("-1844.85")]

    def test_of_what_does_not_move_is_its_mean(self) -> None:
        assert at_risk(Moving(Decimal(7), Decimal(0)), ONE_IN_TWENTY) == 7

    def test_refuses_what_cannot_be(self) -> None:
        with pytest.raises(UnableToValue):
            counted(14, "1.5")
        with pytest.raises(UnableToValue):
            Moving(Decimal(0), Decimal(-1))


class TestBorne:
    @given(
        st.decimals(-10_000, 10_000, places=2),
        st.lists(st.integers(0, 50), min_size=1, max_size=9).filter(any),
    )
    def test_conserves_every_penny(self, value: Decimal, weights: list[int]) -> None:
        shares = {f"s{number}": Fraction(one, sum(weights)) for number, one in enumerate(weights)}

        parts = borne(value, shares)

        assert sum(parts.values()) == value
        assert all(
            abs(parts[name] - value * share.numerator / share.denominator) < 1
            for name, share in shares.items()
        )

    def test_gives_the_penny_left_over_to_who_lost_most(self) -> None:
        parts = borne(Decimal("0.10"), {"a": Fraction(1, 3), "b": Fraction(1, 3), "c": Fraction(1, 3)})

        assert parts == {"a": Decimal("0.04"), "b": Decimal("0.03"), "c": Decimal("0.03")}

    def test_refuses_shares_of_more_than_one_whole(self) -> None:
        with pytest.raises(UnableToValue, match="sum to 1"):
            borne(Decimal(1), {"a": Fraction(1, 2)})
