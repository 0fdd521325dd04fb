"""The database holds to what an exercise, a turn, an observation and a lesson are."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tallystick.assessments.models import Lesson
from tests.assessments.field_cast import FieldCast


class TestRows:
    def test_call_themselves_by_what_they_belong_to(self, field: FieldCast) -> None:
        row = field.announced()
        turn, seen, lesson = field.turned(row), field.observed(row), field.learnt(row)

        assert str(row) == f"exercise of {row.application_id}"
        assert str(turn) == f"turn 1 in {turn.part_id}"
        assert (str(seen), str(lesson)) == ("observation 1 of 1", f"lesson 1 of {row.pk}")

    @pytest.mark.parametrize("owned", [{}, {"both": True}])
    def test_of_lessons_have_one_owner(self, field: FieldCast, owned: dict[str, bool]) -> None:
        row = field.announced()
        said = {"words": "So.", "due_on": dt.date(2021, 12, 1), "noted_by": field.jo.person, "key": "k"}
        both = {"party": field.alfa, "owner": field.pab} if owned else {}

        with pytest.raises(IntegrityError), transaction.atomic():
            Lesson(code="sec", exercise=row, number=1, noted_at=row.prepared_at, **said, **both).save()
