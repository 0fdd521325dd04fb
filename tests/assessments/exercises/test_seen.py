"""Exercises, who takes part and what they showed, through what somebody may see."""

from tallystick.assessments.exercises import seen as exercises
from tests.assessments.field_cast import FieldCast


class TestFinding:
    def test_leaves_drafts_to_the_office(self, field: FieldCast) -> None:
        planned = field.begun("recovery_exercise")
        assert exercises.to_prepare(field.jo) == [planned]

        row = field.prepared(planned)

        assert exercises.to_prepare(field.jo) == []
        assert exercises.exercises_of(field.jo) == [row]
        assert exercises.exercises_of(field.ada) == []
        assert exercises.exercise(field.bo, planned.reference) is None

    def test_counts_the_latest_word_of_each(self, field: FieldCast) -> None:
        row = field.announced()
        field.turned(row)
        field.turned(row, by=field.ben)
        field.turned(row, by=field.ben, takes_part=False)

        assert exercises.taking_part([row]) == {row.application_id: 1}
        told = {
            one.part.party.name: one.last and one.last.takes_part for one in exercises.players(field.jo, row)
        }
        assert told == {"ALFA": True, "BRVO": False}
        assert [one.part.party.name for one in exercises.players(field.ben, row)] == ["BRVO"]

    def test_tells_lessons_to_their_owner_once_debriefed(self, field: FieldCast) -> None:
        row = field.announced()
        field.observed(row, words="At first.")
        field.observed(row, words="Then.")
        field.observed(row, "2")
        own, bodys = field.learnt(row), field.learnt(row, party=None, body=field.pab)
        assert exercises.lessons_of(field.ada, row) == []

        field.debriefed(row)

        assert exercises.lessons_of(field.ada, row) == [own, bodys]
        assert exercises.lessons_of(field.ben, row) == [bodys]
        assert exercises.lesson_of(field.ben, row, own.number) is None
        assert exercises.open_lessons(field.ben) == [bodys]
        assert exercises.observations_of(field.ben, row)["1"].words == "Then."
