import datetime as dt

import pytest
from django.db import transaction

from tallystick.derogations.operations.rows import has_taken, settle, step
from tallystick.processes.models import Course
from tallystick.processes.operations.carrying import UnableToTakeStep
from tallystick.processes.operations.courses import Taken
from tests.derogations.cast import ASKED, UNTIL, Cast, at, fresh, on

pytestmark = pytest.mark.django_db


class TestStep:
    def test_carries_a_decision_out_once(self, cast: Cast) -> None:
        row = cast.granted()

        course = Course.objects.get(pk=row.course_id)
        assert [one.step.move for one in course.carried_out.all()] == ["grant"]
        assert has_taken(row, course.carried_out.get().step.key)
        assert not has_taken(row, "another form")

    def test_makes_nothing_of_one_whose_last_day_is_over(self, cast: Cast) -> None:
        row, over = cast.granted(), UNTIL + dt.timedelta(days=1)
        taken = Taken("vary", "k", {"conditions": "Others"})

        with transaction.atomic(), pytest.raises(UnableToTakeStep, match="31 March 2022, its last day"):
            step(row, taken, on(cast.sam, over), at(over))


class TestSettle:
    def test_keeps_the_body_and_lets_the_course_follow(self, cast: Cast) -> None:
        row = cast.assessed()
        with transaction.atomic():
            settle(row, ASKED, at(ASKED))

        row = fresh(row)
        assert (row.body, row.course.body, row.course.publicity) == (cast.pab, cast.pab, "issued")
