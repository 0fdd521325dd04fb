import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tallystick.parties import rulebooks
from tallystick.parties.rulebooks import rulebook_of
from tallystick.risks.methods import method_of
from tallystick.risks.models import Score
from tallystick.risks.operations.scoring import UnableToScoreRisk, score_again, score_risk
from tests.risks.cast import BEFORE, CODE, DAY, Cast, acts, key, last_said, of, scoring

NEXT = DAY + dt.timedelta(days=1)


class TestScoring:
    def test_is_a_draft_before_its_body(self, cast: Cast) -> None:
        cast.opened()

        score = cast.scored("R-02", heading={"growth": "rises"})

        assert (int(score.inherent), int(score.net), score.number) == (20, 16, 1)
        assert (score.publicity, score.body_id, score.method_on) == (
            "draft",
            cast.pab.pk,
            dt.date(2021, 8, 6),
        )
        said, facts = last_said()
        assert said == "scored R-02 for 2022-23: 16 net, 20 inherent"
        assert facts["worded"] == [f"{score.handle}.control", f"{score.handle}.reason"]

    def test_leaves_the_score_before_as_it_was(self, cast: Cast) -> None:
        cast.opened()
        cast.scored("R-02")

        later = cast.scored("R-02", (5, 4, 3, 4))

        assert later.number == 2
        assert [one.net for one in Score.objects.order_by("number")] == [16, 12]

    def test_is_done_once_by_a_form(self, cast: Cast) -> None:
        cast.opened()
        form = key()
        first = cast.scored("R-02", key=form)

        assert cast.scored("R-02", key=form) == first
        assert acts() == ["open_register", "score_risk"]
        with pytest.raises(UnableToScoreRisk, match="scored R-02 before"):
            cast.scored("R-03", key=form)

    @pytest.mark.parametrize(
        ("told", "says"),
        [
            ({"inputs": {}}, "asks for inherent likelihood"),
            ({"control": " "}, "Say what holds it"),
            ({"reason": ""}, "Say why"),
            ({"appetite": Decimal(-1)}, "not below nothing"),
            ({"target": Decimal("NaN")}, "not below nothing"),
            ({"heading": {"growth": "explodes"}}, "own drivers"),
            ({"heading": {"maturity": "rises"}}, "own drivers"),
            ({"method": "money"}, "another method"),
            ({"key": "x" * 65}, "no key"),
        ],
    )
    def test_is_refused(self, cast: Cast, told: dict[str, Any], says: str) -> None:
        cast.opened()

        with pytest.raises(UnableToScoreRisk, match=says):
            cast.scored("R-02", **told)

        assert not Score.objects.exists()

    def test_is_of_what_stands_in_the_register(self, cast: Cast) -> None:
        cast.opened()
        cast.split("R-02", "Variant", "Region")

        with pytest.raises(UnableToScoreRisk, match="score what came of it"):
            cast.scored("R-02")
        with pytest.raises(UnableToScoreRisk, match="The office keeps"):
            cast.scored("R-01", by=cast.bo)


class TestScoringAgain:
    def test_stands_beside_what_was(self, cast: Cast) -> None:
        old = cast.opened(BEFORE)
        cast.scored("R-02", period=old)
        cast.opened()

        again = cast.again("R-02", old)

        assert (again.number, again.again, again.method) == (2, True, "money")
        assert again.net > 0
        assert Score.objects.get(number=1).net == 16
        assert acts()[-1] == "score_again"

    def test_needs_another_method_and_a_score(self, cast: Cast) -> None:
        cast.opened()

        with pytest.raises(UnableToScoreRisk, match="nothing again"):
            cast.again("R-02")
        cast.scored("R-02")
        with pytest.raises(UnableToScoreRisk, match="not again"):
            cast.again("R-02", method="five_by_five")
        with pytest.raises(UnableToScoreRisk, match="no way to score"):
            cast.again("R-02", method="by_eye")

    def test_takes_a_new_version_of_the_periods_own_method(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        old = cast.opened(BEFORE)
        cast.scored("R-02", period=old)
        revised(monkeypatch)

        doing = cast.doing(cast.jo, NEXT)
        told = {"risk": of("R-02"), "period": old, **doing}
        again = score_again(scored=scoring(inputs=steps("5", "4", "2", "4")), **told)
        kept = score_risk(scored=scoring(inputs=steps("5", "4", "4", "4")), **told)

        assert (again.again, again.method_on, int(again.net)) == (True, NEXT, 8)
        assert (kept.again, kept.method_on, int(kept.net)) == (False, dt.date(2021, 8, 6), 16)


class TestWorkedExamples:
    def test_a_top_risk_is_one_of_twelve_and_over(self, cast: Cast) -> None:
        """T14: 3 times 4 is a top risk, 2 times 5 is none, and neither is 8."""
        cast.opened()
        told = {"R-01": (3, 4), "R-02": (2, 5), "R-03": (2, 4)}

        scores = {risk: cast.scored(risk, (5, 5, *net)) for risk, net in told.items()}

        nets = {risk: int(one.net) for risk, one in scores.items()}
        tops = {risk for risk, one in scores.items() if method_of(one).is_top(one.net)}  # type: ignore[union-attr]
        assert nets == {"R-01": 12, "R-02": 10, "R-03": 8}
        assert tops == {"R-01"}

    @pytest.mark.parametrize(
        ("trials", "chance", "failing"), [("14", "0.02", 1), ("14", "0.05", 2), ("1000", "0.001", 3)]
    )
    def test_a_value_at_risk_is_that_of_one_year_in_twenty(
        self, cast: Cast, trials: str, chance: str, failing: int
    ) -> None:
        """T19: binomial quantiles at 95%."""
        cast.opened(method="value_at_risk")
        one = {"trials": trials, "chance": chance, "loss": "1250.50"}
        inputs = {f"{side}_{name}": value for side in ("inherent", "net") for name, value in one.items()}

        score = cast.scored("R-02", method="value_at_risk", inputs=inputs)

        score.refresh_from_db()
        assert score.net == failing * Decimal("1250.50")
        assert score.drawn["net"] == {"failing": str(failing)}

    def test_losses_are_drawn_from_the_methods_seed(self, cast: Cast) -> None:
        cast.opened()
        cast.scored("R-02")

        first, second = cast.again("R-02"), cast.again("R-02")

        assert (first.net, first.drawn) == (second.net, second.drawn)
        assert first.drawn["net"]["0.95"] != first.drawn["net"]["0.05"]
        assert last_said()[1]["drawn"] == first.drawn


def steps(*answers: str) -> dict[str, str]:
    names = ("inherent_likelihood", "inherent_impact", "net_likelihood", "net_impact")
    return dict(zip(names, answers, strict=True))


def revised(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the 5 by 5 method have a new version from the next day on."""
    known = rulebook_of(CODE)
    method = known.scoring["five_by_five"]
    values = {**method.values, NEXT: method.values[dt.date(2021, 8, 6)]}
    scoring = {**known.scoring, "five_by_five": method.model_copy(update={"values": values})}
    made = replace(known, scoring=scoring)
    monkeypatch.setattr(rulebooks, "_loaded", lambda _folder: made)
