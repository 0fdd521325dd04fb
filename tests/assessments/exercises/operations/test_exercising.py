"""An exercise is prepared, announced, and taken part in by who is asked and who volunteers."""

import datetime as dt
from typing import Any

import pytest

from tallystick.assessments.exercises.operations.exercising import (
    UnableToAnnounceExercise,
    UnableToPrepareExercise,
    UnableToTakePart,
)
from tallystick.assessments.models import Part, Turn
from tests.assessments.cast import acts, on, stands
from tests.assessments.field_cast import PLAYED, FieldCast


class TestPrepare:
    def test_keeps_scenario_roles_and_objectives_as_a_draft(self, field: FieldCast) -> None:
        row = field.prepared()

        assert row.roles == {"1": "Caller", "2": "Observer"}
        assert (row.publicity, row.on, len(row.objectives)) == ("draft", PLAYED, 2)
        assert acts()[1:] == ["prepare_exercise"]

    def test_does_so_once(self, field: FieldCast) -> None:
        planned = field.begun("recovery_exercise")
        first = field.prepared(planned, key="one")

        assert field.prepared(planned, key="one") == first
        with pytest.raises(UnableToPrepareExercise, match="has its exercise"):
            field.prepared(planned, key="one", scenario="Another.")

    @pytest.mark.parametrize(
        "told", [{"scenario": " "}, {"roles": ()}, {"objectives": ()}, {"on": dt.date(2021, 9, 5)}]
    )
    def test_needs_all_of_it(self, field: FieldCast, told: dict[str, Any]) -> None:
        with pytest.raises(UnableToPrepareExercise):
            field.prepared(**told)

    def test_is_for_exercises_by_the_office(self, field: FieldCast) -> None:
        with pytest.raises(UnableToPrepareExercise, match="no exercise"):
            field.prepared(field.begun())
        with pytest.raises(UnableToPrepareExercise):
            field.prepared(by=field.bo)


class TestAnnounce:
    def test_starts_the_application_once(self, field: FieldCast) -> None:
        row = field.announced(field.announced())

        assert stands(row.application) == "under_way"
        assert (row.publicity, acts().count("announce_exercise")) == ("issued", 1)
        assert Part.objects.get().served_at is not None

    def test_comes_before_its_day_is_over(self, field: FieldCast) -> None:
        row = field.prepared(on=field.jo.day)

        with pytest.raises(UnableToAnnounceExercise, match="day is over"):
            field.announced(row, by=on(field.jo, PLAYED), day=PLAYED)
        assert field.announced(row).announced_at is not None

    def test_is_the_offices_and_not_of_what_is_over(self, field: FieldCast) -> None:
        row = field.prepared()
        with pytest.raises(UnableToAnnounceExercise):
            field.announced(row, by=field.ada)
        field.cancel(row.application)
        with pytest.raises(UnableToAnnounceExercise, match="over"):
            field.announced(row)


class TestTurn:
    def test_is_taken_by_who_was_asked(self, field: FieldCast) -> None:
        row = field.announced()

        made = field.turned(row, role="1", words="Two of us.")

        assert (made.takes_part, made.volunteered, made.role, made.number) == (True, False, "1", 1)
        assert acts()[-1] == "take_turn"

    def test_is_taken_by_a_volunteer_who_gets_a_part(self, field: FieldCast) -> None:
        row = field.announced()

        made = field.turned(row, by=field.ben)

        assert made.volunteered
        assert Part.objects.get(party=field.brvo).publicity == "issued"

    def test_may_be_said_otherwise_and_the_latest_counts(self, field: FieldCast) -> None:
        row = field.announced()
        field.turned(row, by=field.ben)

        field.turned(row, by=field.ben, takes_part=False)

        told = [(one.number, one.takes_part, one.volunteered) for one in Turn.objects.order_by("number")]
        assert told == [(1, True, True), (2, False, True)]
        assert Part.objects.filter(party=field.brvo).count() == 1

    def test_is_taken_once_for_a_form(self, field: FieldCast) -> None:
        row = field.announced()

        assert field.turned(row, key="one") == field.turned(row, key="one")
        with pytest.raises(UnableToTakePart, match="before"):
            field.turned(row, key="one", takes_part=False)

    def test_is_nobody_elses(self, field: FieldCast) -> None:
        row = field.announced()

        with pytest.raises(UnableToTakePart, match="for itself"):
            field.turned(row, field.alfa, by=field.ben)
        assert field.turned(row, field.alfa, by=field.jo).by_office

    def test_is_not_declined_by_whom_nobody_asked(self, field: FieldCast) -> None:
        with pytest.raises(UnableToTakePart, match="nobody asked"):
            field.turned(field.announced(), by=field.ben, takes_part=False)

    def test_is_for_the_categories_that_are_reached(self, field: FieldCast) -> None:
        planned = field.begun("recovery_exercise", categories=("large_supplier",), parties=())

        row = field.announced(field.prepared(planned))

        assert field.turned(row).volunteered
        with pytest.raises(UnableToTakePart, match="other categories"):
            field.turned(row, by=field.ben)

    def test_has_a_role_that_there_is_and_ends_with_the_day(self, field: FieldCast) -> None:
        row = field.announced()

        with pytest.raises(UnableToTakePart, match="no such role"):
            field.turned(row, role="9")
        with pytest.raises(UnableToTakePart, match="its day is over"):
            field.turned(row, day=PLAYED + dt.timedelta(days=1))
        with pytest.raises(UnableToTakePart, match="not announced"):
            field.turned(field.prepared(field.begun("recovery_exercise")))
