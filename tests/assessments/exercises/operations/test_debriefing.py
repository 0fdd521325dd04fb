"""What an exercise showed is observed, learnt from, told, and done."""

import datetime as dt
from decimal import Decimal

import pytest

from tallystick.assessments.exercises.operations.debriefing import (
    UnableToDebrief,
    UnableToNoteLesson,
    UnableToObserve,
    UnableToSettleLesson,
)
from tallystick.assessments.models import Exercise, Observation
from tests.assessments.cast import acts, fresh, stands
from tests.assessments.field_cast import PLAYED, FieldCast


def played(field: FieldCast) -> Exercise:
    """Return an exercise of which each objective is observed."""
    row = field.announced()
    field.observed(row)
    field.observed(row, "2", verdict="not_met", words="Two days.")
    return row


class TestObserve:
    def test_says_how_far_and_the_latest_counts(self, field: FieldCast) -> None:
        row = field.announced()

        field.observed(row)
        made = field.observed(row, verdict="in_part", words="Told in a day.")

        assert (made.number, made.verdict, made.publicity) == (2, "in_part", "draft")
        assert acts()[-2:] == ["observe", "observe"]

    def test_is_done_once_for_a_form(self, field: FieldCast) -> None:
        row = field.announced()

        assert field.observed(row, key="one") == field.observed(row, key="one")
        with pytest.raises(UnableToObserve, match="before"):
            field.observed(row, key="one", words="Otherwise.")

    def test_waits_for_the_day_and_needs_an_objective_and_words(self, field: FieldCast) -> None:
        row = field.announced()

        with pytest.raises(UnableToObserve, match="not played"):
            field.observed(row, day=PLAYED - dt.timedelta(days=1))
        for told in ({"objective": "9"}, {"verdict": "so_so"}, {"words": " "}, {"by": field.ada}):
            with pytest.raises(UnableToObserve):
                field.observed(row, **told)


class TestLesson:
    def test_is_a_partys_as_confidential_as_its_part(self, field: FieldCast) -> None:
        made = field.learnt(field.announced())

        assert (made.party, made.classification, made.publicity) == (field.alfa, "amber", "draft")
        assert acts()[-1] == "note_lesson"

    def test_is_a_bodys_as_open_as_the_application(self, field: FieldCast) -> None:
        made = field.learnt(field.announced(), party=None, body=field.pab)

        assert (made.owner, made.party, made.classification) == (field.pab, None, "green")

    def test_is_noted_once_for_a_form(self, field: FieldCast) -> None:
        row = field.announced()

        assert field.learnt(row, key="one") == field.learnt(row, key="one")
        with pytest.raises(UnableToNoteLesson, match="before"):
            field.learnt(row, key="one", words="Another.")

    def test_has_one_owner_words_and_a_day_ahead(self, field: FieldCast) -> None:
        row = field.announced()

        for told in (
            {"party": None},
            {"body": field.pab},
            {"words": ""},
            {"due_on": PLAYED - dt.timedelta(days=1)},
            {"by": field.obs},
        ):
            with pytest.raises(UnableToNoteLesson):
                field.learnt(row, **told)


class TestDebrief:
    def test_tells_what_was_observed_and_learnt(self, field: FieldCast) -> None:
        row = played(field)
        lesson = field.learnt(row)

        done = field.debriefed(row)

        lesson.refresh_from_db()
        application = fresh(row.application)
        assert {one.publicity for one in Observation.objects.all()} | {lesson.publicity} == {"issued"}
        assert (application.result, application.spent) == ("One of two was met.", Decimal(900))
        assert (stands(application, PLAYED), done.debriefed_at is not None) == ("reported", True)
        assert acts()[-1] == "debrief"

    def test_is_done_once_and_ends_observing(self, field: FieldCast) -> None:
        row = played(field)
        field.debriefed(row)

        field.debriefed(row)

        assert acts().count("debrief") == 1
        with pytest.raises(UnableToObserve):
            field.observed(row)
        with pytest.raises(UnableToNoteLesson):
            field.learnt(row)

    def test_needs_each_objective_a_result_and_its_cost(self, field: FieldCast) -> None:
        half = field.announced()
        field.observed(half)
        with pytest.raises(UnableToDebrief, match="each objective"):
            field.debriefed(half)
        field.observed(half, "2")
        for told in ({"result": ""}, {"spent": Decimal(-1)}, {"by": field.ada}):
            with pytest.raises(UnableToDebrief):
                field.debriefed(half, **told)


class TestSettle:
    def test_says_what_was_done_once(self, field: FieldCast) -> None:
        row = played(field)
        lesson = field.learnt(row)
        field.debriefed(row)

        first = field.settled(lesson)

        assert (first.done, first.done_by) == ("It is kept.", field.ada.person)
        assert field.settled(lesson).done_at == first.done_at
        with pytest.raises(UnableToSettleLesson, match="before"):
            field.settled(lesson, words="Otherwise.")
        assert acts().count("settle_lesson") == 1

    def test_is_its_owners_or_the_offices_once_it_is_told(self, field: FieldCast) -> None:
        row = played(field)
        lesson = field.learnt(row)
        with pytest.raises(UnableToSettleLesson, match="not debriefed"):
            field.settled(lesson)
        field.debriefed(row)
        with pytest.raises(UnableToSettleLesson):
            field.settled(lesson, by=field.ben)
        with pytest.raises(UnableToSettleLesson):
            field.settled(lesson, words=" ")
        assert field.settled(lesson, by=field.jo).done_by == field.jo.person
