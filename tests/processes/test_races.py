"""Many move, hold and let pass at once: each thing happens once, and whatever came too late is told so."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction

from tallystick.processes.models import Hold, Spell, Step
from tallystick.processes.operations.courses import resume_due
from tallystick.processes.operations.holds import UnableToHold, UnableToLift
from tallystick.processes.queries import standing_of
from tallystick.processes.standing import Standing
from tallystick.processes.wishes import UnableToMove
from tests.decisions.test_races import at_once
from tests.processes.matters import Cast, cast, noon
from tests.processes.operations.test_courses import asked
from tests.processes.way import BEGAN, day

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("rules")]
SENT = 12
Note = Callable[[str, object], None]


@pytest.fixture
def pab() -> Cast:
    return cast()


def answered(act: Callable[[], Any]) -> Any:
    try:
        return act()
    except (UnableToMove, UnableToHold, UnableToLift) as refusal:
        return refusal


def refusals(answers: list[Any]) -> list[Any]:
    return [one for one in answers if isinstance(one, Exception)]


def raced(*acts: Callable[[], Any]) -> list[Any]:
    return at_once([partial(answered, one) for one in acts])


class TestAStep:
    def test_is_taken_once_by_one_form(self, pab: Cast) -> None:
        course = asked(pab)

        answers = raced(*[partial(pab.taken, course, "ask_again", key="one")] * SENT)

        assert {one.pk for one in answers} == {Step.objects.get(move="ask_again").pk}
        assert course.timers.filter(clock="answer_by").count() == 2

    def test_is_taken_by_the_first_of_many_forms(self, pab: Cast, record_property: Note) -> None:
        course = asked(pab)

        answers = raced(*[partial(pab.taken, course, "reply")] * SENT)

        assert len(refusals(answers)) == SENT - 1
        assert Step.objects.filter(move="reply").count() == 1
        assert course.places.filter(left_at=None).count() == 2
        record_property("counted", f"{SENT} forms raced for one step on {connection.vendor}: 1 taken")

    def test_or_its_clock_comes_first_and_never_both(self, pab: Cast) -> None:
        course, on = asked(pab), day("2021-09-16")

        answers = raced(
            *[partial(pab.taken, course, "reply", on)] * 4,
            *[partial(pab.let_pass, course, "answer_by", on)] * 4,
        )

        assert len(refusals(answers)) == 7
        assert Step.objects.filter(to_stage="answered").count() == 1
        assert course.timers.filter(clock="answer_by", how="passed").count() == 1


class TestAHold:
    def test_of_the_market_meets_every_step_before_or_after(self, pab: Cast) -> None:
        courses = [asked(pab) for _ in range(6)]

        answers = raced(
            *[partial(pab.taken, one, "reply") for one in courses[:3]],
            partial(pab.held, key="one"),
            *[partial(pab.taken, one, "reply") for one in courses[3:]],
            partial(pab.held, key="one"),
        )

        assert Hold.objects.count() == 1
        assert Spell.objects.count() == len(courses)
        moved = Step.objects.filter(move="reply").count()
        assert moved + len(refusals(answers)) == len(courses)
        assert all(standing_of(one, BEGAN).on_hold for one in courses)

    def test_ends_once_however_many_write_it_down(self, pab: Cast) -> None:
        course, today = asked(pab), day("2021-10-01")
        pab.held(until_on=day("2021-09-20"))
        shown: Standing = standing_of(course, today)

        @transaction.atomic
        def settle() -> int:
            return len(resume_due([course], on=today, at=noon(today)))

        answers = raced(*[settle] * SENT)

        assert sorted(answers) == [0] * (SENT - 1) + [1]
        assert standing_of(course, today) == shown

    def test_is_lifted_once(self, pab: Cast) -> None:
        asked(pab)
        hold = pab.held()

        answers = raced(*[partial(pab.lifted, hold, BEGAN)] * 6)

        assert len(refusals(answers)) == 5
