import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from tallystick.risks.models import Score
from tallystick.risks.operations.scoring import UnableToScoreRisk
from tests.risks.cast import BEFORE, Cast, acts, key, last_said


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
