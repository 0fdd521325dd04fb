"""What waits on a party and on the office of what is asked and played."""

from tallystick.assessments.field_waiting import waiting
from tests.assessments.cast import on
from tests.assessments.field_cast import PLAYED, FieldCast


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

    def test_says_whether_it_takes_part_until_the_day(self, field: FieldCast) -> None:
        row = field.announced()

        assert [one.verb for one in waiting(field.ada)] == ["Say so"]
        assert waiting(field.ben) == []
        field.turned(row)
        assert waiting(field.ada) == []

    def test_does_its_own_lessons(self, field: FieldCast) -> None:
        row = field.announced()
        field.turned(row)
        field.observed(row)
        field.observed(row, "2")
        field.learnt(row)
        field.learnt(row, party=None, body=field.pab)
        field.debriefed(row)

        assert [one.due.isoformat() for one in waiting(field.ada) if one.due] == ["2021-12-01"]
        assert waiting(field.ben) == []


class TestOffice:
    def test_debriefs_what_was_played(self, field: FieldCast) -> None:
        row = field.announced()

        assert waiting(field.jo) == []
        assert [one.href for one in waiting(on(field.jo, PLAYED))] == [
            f"/sec/exercises/{row.application.reference}"
        ]
        assert waiting(on(field.obs, PLAYED)) == []
