"""Whoever has not answered is reminded: on the days of the clock, and when somebody does."""

import datetime as dt

import pytest

from tallystick.assessments.models import Reminder
from tallystick.assessments.questionnaires.operations.reminding import UnableToRemind, remind_due
from tests.assessments.cast import acts, at
from tests.assessments.field_cast import FieldCast

# Twenty working days after Monday 6 September 2021, and the days on which the rule reminds.
FIVE_BEFORE, ONE_BEFORE, DUE = dt.date(2021, 9, 27), dt.date(2021, 10, 1), dt.date(2021, 10, 4)


def days() -> list[tuple[str, dt.date]]:
    return [(one.party.name, one.day) for one in Reminder.objects.order_by("day", "party__name")]


class TestClock:
    def test_reminds_before_and_on_the_last_day_those_who_have_not_answered(self, field: FieldCast) -> None:
        row = field.issued()
        field.sent(row, day=FIVE_BEFORE + dt.timedelta(days=1))

        told = [remind_due(at(day), day) for day in (FIVE_BEFORE, ONE_BEFORE, DUE)]

        assert told == [1, 1, 1]
        assert days() == [("BRVO", FIVE_BEFORE), ("BRVO", ONE_BEFORE), ("BRVO", DUE)]
        assert acts().count("remind_by_clock") == 3

    def test_reminds_once_for_a_day_and_not_before(self, field: FieldCast) -> None:
        field.issued()

        early = remind_due(at(FIVE_BEFORE), FIVE_BEFORE - dt.timedelta(days=1))
        told = [remind_due(at(FIVE_BEFORE), FIVE_BEFORE) for _ in range(2)]

        assert (early, told) == (0, [2, 0])

    def test_catches_up_with_the_latest_day_that_went_by(self, field: FieldCast) -> None:
        field.issued()

        assert remind_due(at(DUE), DUE) == 2
        assert {day for _, day in days()} == {DUE}

    def test_rests_once_it_is_over(self, field: FieldCast) -> None:
        row = field.issued()
        field.cancel(row.application)

        assert remind_due(at(DUE), DUE) == 0


class TestPerson:
    def test_reminds_besides(self, field: FieldCast) -> None:
        row = field.issued()
        field.sent(row)

        made = field.reminded(row, key="one")

        assert [one.party.name for one in made] == ["BRVO"]
        assert field.reminded(row, key="one") == made
        assert acts().count("remind") == 1

    def test_has_somebody_to_remind(self, field: FieldCast) -> None:
        with pytest.raises(UnableToRemind):
            field.reminded(field.designed())
        row = field.issued(field.designed(field.begun("tenancy_questionnaire", parties=(field.alfa,))))
        field.sent(row)
        with pytest.raises(UnableToRemind):
            field.reminded(row)
        with pytest.raises(UnableToRemind):
            field.reminded(row, by=field.ada)
