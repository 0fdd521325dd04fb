"""The outcome of a part is said otherwise, until its application is reported."""

from typing import Any

import pytest

from tallystick.assessments.models import Correction, Part
from tallystick.assessments.techniques.operations.applying import UnableToMoveApplication
from tallystick.assessments.techniques.operations.correcting import (
    Corrected,
    UnableToCorrectOutcome,
    correct_outcome,
)
from tallystick.assessments.techniques.operations.testing import list_items, record_items
from tallystick.assessments.techniques.seen import seen_parts
from tests.assessments.cast import AUDIT, TESTING, Cast, acts, key, last_said

WHY = "Two of the three were sent again and conform."


@pytest.fixture
def part(cast: Cast) -> Part:
    row = cast.started(AUDIT, parties=(cast.alfa,))
    return cast.conclude(cast.part(row), "does_not_conform", "Three of 40 failed.")


def corrects(cast: Cast, part: Part, outcome: str = "conforms", **told: Any) -> Correction:
    by = told.pop("by", cast.jo)
    day = told.pop("day", cast.jo.day)
    said = {"why": WHY, "key": key(), "result": "One of 40 failed.", **told}
    return correct_outcome(part=part, corrected=Corrected(outcome, **said), **cast.doing(by, day, hour=13))


def stands(cast: Cast, part: Part) -> tuple[str, str]:
    found = seen_parts(cast.jo).get(pk=part.pk)
    return found.stands, found.says


class TestCorrect:
    def test_counts_instead_of_what_stays_on_record(self, cast: Cast, part: Part) -> None:
        made = corrects(cast, part)

        assert stands(cast, part) == ("conforms", "One of 40 failed.")
        part.refresh_from_db()
        assert (part.outcome, part.result) == ("does_not_conform", "Three of 40 failed.")
        assert (made.number, made.by, made.party) == (1, cast.jo.person, cast.alfa)
        assert acts()[3:] == ["correct_outcome"]
        said, facts = last_said()
        assert said.endswith("instead: conforms")
        assert (facts["outcome"], facts["instead_of"]) == ("conforms", "does_not_conform")
        assert facts["worded"] == [f"{made.handle}.result", f"{made.handle}.why"]

    def test_can_be_corrected_again(self, cast: Cast, part: Part) -> None:
        corrects(cast, part)

        again = corrects(cast, part, "not_concluded", result="", why="The list was of another month.")

        assert again.number == 2
        assert stands(cast, part) == ("not_concluded", "")
        assert last_said()[1]["instead_of"] == "conforms"

    def test_is_done_once(self, cast: Cast, part: Part) -> None:
        first = corrects(cast, part, key="one")

        assert corrects(cast, part, key="one") == first
        assert acts()[3:] == ["correct_outcome"]
        with pytest.raises(UnableToCorrectOutcome, match="something else"):
            corrects(cast, part, key="one", why="Another reason.")

    @pytest.mark.parametrize(
        ("told", "refusal"),
        [
            ({"why": " "}, "why it is said otherwise"),
            ({"outcome": "passed"}, "one of"),
            ({"outcome": "does_not_conform", "result": "Three of 40 failed. "}, "said before"),
            ({"result": "x" * 5000}, "characters"),
        ],
    )
    def test_says_what_and_why(self, cast: Cast, part: Part, told: dict[str, str], refusal: str) -> None:
        with pytest.raises(UnableToCorrectOutcome, match=refusal):
            corrects(cast, part, **told)

    def test_is_the_offices_and_of_what_has_an_outcome(self, cast: Cast, part: Part) -> None:
        with pytest.raises(UnableToCorrectOutcome, match="office"):
            corrects(cast, part, by=cast.ada)
        with pytest.raises(UnableToCorrectOutcome, match="once it was said"):
            corrects(cast, cast.part(cast.started(AUDIT)))

    def test_ends_once_it_is_reported(self, cast: Cast, part: Part) -> None:
        cast.report(part.application)

        with pytest.raises(UnableToCorrectOutcome, match="until it is reported"):
            corrects(cast, part)


class TestEvidence:
    def test_told_after_an_outcome_is_answered_before_the_report(self, cast: Cast) -> None:
        row = cast.begun(TESTING, parties=(cast.alfa,))
        list_items(application=row, items={"Installs a hub": True}, key=key(), **cast.doing(cast.jo))
        cast.start(row)
        part = cast.part(row)
        for outcome in ("passed", "failed"):
            record_items(part=part, outcomes={1: outcome}, note="", key=key(), **cast.doing(cast.jo))
            if outcome == "passed":
                cast.conclude(part, "passed")

        with pytest.raises(UnableToMoveApplication, match=r"against the outcome of .* otherwise first"):
            cast.report(row)
        with pytest.raises(UnableToCorrectOutcome, match="Installs a hub"):
            corrects(cast, part, "passed", result="It passed all the same.")
        corrects(cast, part, "failed", result="")

        assert cast.report(row).move == "report"
