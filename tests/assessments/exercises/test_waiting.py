"""What waits on a party and on the office of what is played."""

from tallystick.assessments.exercises.waiting import waiting
from tests.assessments.cast import on
from tests.assessments.field_cast import PLAYED, FieldCast


class TestParty:
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
