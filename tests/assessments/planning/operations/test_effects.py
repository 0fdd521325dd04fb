"""An effect that was found is accepted or declined."""

from decimal import Decimal
from typing import Any

import pytest

from tallystick.assessments.models import EffectAnswer
from tallystick.assessments.planning.experience import accepted, answers, experiences
from tallystick.assessments.planning.operations.drafts import UnableToSaveDraft
from tallystick.assessments.planning.operations.effects import (
    Answering,
    UnableToAnswerEffect,
    answer_effect,
)
from tallystick.assessments.planning.terms import Terms
from tests.assessments import cast as of_techniques
from tests.assessments.cast import GUIDANCE
from tests.assessments.plan_cast import BUDGET, DAY, Cast, at, key, last_said, latest, on
from tests.assessments.planning.found import applied

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(plans: Cast) -> Cast:
    plans.scored_year()
    applied(plans)
    return plans


def answering(plans: Cast, *, is_accepted: bool = True, **told: Any) -> EffectAnswer:
    [one] = experiences(plans.jo, latest())
    said = {"technique": GUIDANCE, "risk": "R-02", "shown": one.digest, "reason": "It held for five months."}
    by = told.pop("by", plans.jo)
    made = Answering(**{**said, "is_accepted": is_accepted, "key": key(), **told})
    return answer_effect(period=latest(), answering=made, by=on(by, DAY), at=at(DAY, 15))


class TestAnswer:
    def test_keeps_what_it_rests_on(self, year: Cast) -> None:
        made = answering(year)

        assert (made.number, made.proposed, made.is_accepted) == (1, Decimal("0.61"), True)
        assert made.stated["small_supplier"] == "0.40"
        assert made.found["measures"][0]["after"] == [4806, 5000, 5]
        said, facts = last_said()
        assert said.startswith("accepted 0.61 as the effect of Coverage check")
        assert (facts["answer"], facts["worded"]) == ("accepted", [f"{made.handle}.reason"])

    def test_counts_by_the_latest(self, year: Cast) -> None:
        answering(year)
        first = accepted(answers(year.jo, latest()).values())
        answering(year, is_accepted=False, reason="Another party changed its dispatch too.")

        assert first == {GUIDANCE: {"R-02": "0.6100"}}
        assert accepted(answers(year.jo, latest()).values()) == {}

    def test_is_done_once(self, year: Cast) -> None:
        assert answering(year, key="one") == answering(year, key="one")
        with pytest.raises(UnableToAnswerEffect, match="something else"):
            answering(year, key="one", is_accepted=False)

    @pytest.mark.parametrize(
        ("told", "refusal"),
        [
            ({"reason": " "}, "Say why"),
            ({"risk": "R-06"}, "No effect"),
            ({"shown": "0" * 64}, "Look at it again"),
        ],
    )
    def test_is_of_what_was_shown_and_says_why(self, year: Cast, told: dict[str, Any], refusal: str) -> None:
        with pytest.raises(UnableToAnswerEffect, match=refusal):
            answering(year, **told)

    def test_is_the_offices(self, year: Cast) -> None:
        with pytest.raises(UnableToAnswerEffect, match="office"):
            answering(year, by=year.hal)

    def test_is_of_what_somebody_can_tell(self, plans: Cast) -> None:
        plans.scored_year()
        of_techniques.among(plans.of.of).reported(GUIDANCE)

        with pytest.raises(UnableToAnswerEffect, match="No effect"):
            answering(plans)


class TestDrafts:
    def test_are_drawn_with_what_was_accepted(self, year: Cast) -> None:
        before = year.saved(terms=Terms(BUDGET))
        answering(year)

        with pytest.raises(UnableToSaveDraft, match="answered since"):
            year.saved(terms=Terms(BUDGET))
        after = year.saved(terms=Terms(BUDGET, effects={GUIDANCE: {"R-02": "0.6100"}}))

        assert before.asked != after.asked
        assert after.result["left"] < before.result["left"]
