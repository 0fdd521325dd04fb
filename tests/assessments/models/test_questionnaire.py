"""The database holds to what a questionnaire, its versions and its answers are."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tallystick.assessments.models import QuestionSet, Response
from tallystick.decisions.keeping import UnableToChangeARecord
from tests.assessments.field_cast import FieldCast


class TestRows:
    def test_stay_as_they_were_written(self, field: FieldCast) -> None:
        row = field.issued()
        sent, version = field.sent(row), row.versions.get()
        sent.picked = {}

        with pytest.raises(UnableToChangeARecord):
            sent.save(update_fields=["picked"])
        with pytest.raises(DatabaseError), transaction.atomic():
            super(Response, sent).save_base(update_fields=["picked"], force_update=True)
        assert (str(version), str(sent)) == (f"version 1 of {row.pk}", f"response 1 in {sent.part_id}")
        assert str(row) == f"questionnaire of {row.application_id}"

    def test_of_a_party_are_confidential(self, field: FieldCast) -> None:
        sent = field.sent(field.issued())

        with pytest.raises(IntegrityError), transaction.atomic():
            Response(
                **{name: getattr(sent, name) for name in ("code", "party", "part", "by", "at")},
                classification="green",
                number=2,
                reason="So.",
                key="another",
            ).save()

    def test_say_why_from_the_second_version_on(self, field: FieldCast) -> None:
        first = field.designed().versions.get()

        with pytest.raises(IntegrityError), transaction.atomic():
            QuestionSet(
                code="sec",
                questionnaire=first.questionnaire,
                number=2,
                intro="So.",
                by=first.by,
                at=first.at,
                key="k",
            ).save()

    def test_of_drafts_and_reminders_name_the_part(self, field: FieldCast) -> None:
        row = field.issued()

        draft, reminder = field.saved(row), field.reminded(row)[0]

        assert str(draft) == f"draft in {draft.part_id}"
        assert str(reminder) == f"reminder in {reminder.part_id}"
