"""A step holds words where it was asked for words, or says why it skipped a stage."""

import pytest

from tallystick.processes.models import Course, Step
from tallystick.processes.said import words_of
from tests.processes.way import BEGAN

pytestmark = pytest.mark.usefixtures("rules")


def step(move: str, **told: object) -> Step:
    course = Course(code="sec", process="way", value_day=BEGAN)
    return Step(course=course, move=move, handle=move.upper(), **told)


class TestWords:
    def test_are_what_was_asked_for_in_words(self) -> None:
        asked, skipped = step("ask", said={"what": "So."}), step("straight", reason="Theirs")

        assert words_of(asked, skipped) == ["ASK.said.what", "STRAIGHT.reason"]

    @pytest.mark.parametrize(
        ("move", "said"), [("reply", {"since": "2021-09-01"}), ("accept", {"how": "well"}), ("ask", {})]
    )
    def test_are_neither_days_nor_choices_nor_nothing(self, move: str, said: dict[str, str]) -> None:
        assert words_of(step(move, said=said)) == []
