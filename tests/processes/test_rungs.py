"""The stages of a track: what is done, what is now, what was skipped, and what opens later."""

from typing import Any

import pytest

from tallystick.processes.models import Course
from tallystick.processes.queries import rows_of
from tallystick.processes.rungs import Asked, Rung, rungs
from tests.processes.matters import FACTS, JUDGES, Cast, cast
from tests.processes.way import BEGAN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


@pytest.fixture
def pab() -> Cast:
    return cast()


def of(course: Course, **facts: Any) -> dict[str, Rung]:
    rows = rows_of([course], whole=True)[course.pk]
    asked = Asked(course, rows, {**FACTS, **facts}, JUDGES, list(course.steps.all()), "matter")
    return {one.stage: one for one in rungs(asked, "way", BEGAN)}


class TestRungs:
    def test_stand_in_the_order_of_the_rule(self, pab: Cast) -> None:
        course = pab.begun()
        pab.taken(course, "open")

        told = of(course, lines_shared_on=None)

        assert [one.state for one in told.values()] == ["done", "now", "later", "next", "later"]
        assert told["filed"].on == BEGAN
        assert told["asked"].opens_once
        assert told["closed"].opens_once == ("the matter stands in “Answered”",)

    def test_that_were_skipped_say_why(self, pab: Cast) -> None:
        course = pab.begun()
        pab.taken(course, "open")
        pab.taken(course, "straight")

        told = of(course)["asked"]

        assert (told.state, told.on, told.reason) == ("skipped", BEGAN, "They told us themselves")

    def test_wait_for_the_end_of_a_hold(self, pab: Cast) -> None:
        course = pab.begun()
        pab.held(course=course)

        assert of(course)["asked"].opens_once == ("the hold has ended",)
