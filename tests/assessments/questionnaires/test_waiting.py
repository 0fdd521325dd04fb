"""What waits on a party of what is asked."""

from tallystick.assessments.questionnaires.waiting import waiting
from tests.assessments.field_cast import FieldCast


class TestParty:
    def test_answers_a_questionnaire_and_reads_when_it_was_reminded(self, field: FieldCast) -> None:
        row = field.issued()
        field.reminded(row)

        [one] = waiting(field.ada)

        assert one.href == f"/sec/questionnaires/{row.application.reference}/answers/alfa"
        assert "reminded 6 September" in one.words
        assert (one.classification, str(one.due)) == ("amber", "2021-10-04")

    def test_has_nothing_once_it_answered(self, field: FieldCast) -> None:
        field.sent(field.issued())

        assert waiting(field.ada) == []
