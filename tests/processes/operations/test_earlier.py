import datetime as dt

import pytest
from django.db import transaction

from tallystick.processes.models import Timer
from tallystick.processes.operations.earlier import due_earlier
from tallystick.processes.wishes import UnableToMove
from tallystick.rulebook.rulebook import Rulebook
from tests.processes.matters import cast, noon
from tests.processes.way import BEGAN

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


class TestDueEarlier:
    def test_is_due_on_the_earlier_day_and_never_before_it_began(self, rules: Rulebook) -> None:  # noqa: ARG002 - the code's process
        world = cast()
        course = world.begun()
        world.taken(course, "open")
        world.taken(course, "ask")
        timer = Timer.objects.get(course=course, clock="answer_by", ended_on=None)
        assert timer.due_on is not None
        asked = [timer.due_on + DAY, timer.due_on - DAY, BEGAN - DAY]

        told = []
        for day in asked:
            with transaction.atomic():
                due_earlier(course, timer.clock, day, on=BEGAN, at=noon(BEGAN))
            told.append(Timer.objects.get(pk=timer.pk).due_on)

        assert told == [timer.due_on, timer.due_on - DAY, BEGAN]

    def test_of_a_clock_that_does_not_run_is_refused(self, rules: Rulebook) -> None:  # noqa: ARG002 - the code's process
        course = cast().begun()

        with transaction.atomic(), pytest.raises(UnableToMove, match="does not run"):
            due_earlier(course, "reply", BEGAN, on=BEGAN, at=noon(BEGAN))
