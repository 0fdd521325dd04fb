"""What is asked and answered is found through what somebody may see."""

from tallystick.assessments.questionnaires import seen as questionnaires
from tallystick.assessments.questionnaires.questions import questions_of
from tests.assessments.field_cast import GIVEN, QUESTIONS, FieldCast


class TestFinding:
    def test_leaves_drafts_to_the_office(self, field: FieldCast) -> None:
        row = field.designed()
        reference = row.application.reference

        assert questionnaires.questionnaires_of(field.jo) == [row]
        assert questionnaires.questionnaire(field.jo, reference) == row
        assert questionnaires.questionnaires_of(field.ada) == []
        assert questionnaires.questionnaire(field.bo, reference) is None

    def test_tells_the_office_what_is_to_be_designed(self, field: FieldCast) -> None:
        planned = field.begun("tenancy_questionnaire")
        field.begun()

        assert questionnaires.to_design(field.jo) == [planned]
        field.designed(planned)
        assert questionnaires.to_design(field.jo) == []

    def test_tells_others_the_version_that_was_issued(self, field: FieldCast) -> None:
        row = field.designed()
        field.reworded(row)
        field.issued(row)

        assert [one.number for one in questionnaires.versions_of(field.ada, row)] == [2]
        assert [one.number for one in questionnaires.versions_of(field.jo, row)] == [2, 1]

    def test_shows_a_draft_to_its_party_alone(self, field: FieldCast) -> None:
        row = field.issued()
        draft = field.saved(row)

        assert questionnaires.draft_of(field.ada, draft.part) == draft
        assert [questionnaires.draft_of(by, draft.part) for by in (field.jo, field.ben)] == [None, None]

    def test_shows_parts_and_responses_to_whom_they_belong(self, field: FieldCast) -> None:
        row = field.issued()
        sent = field.sent(row)

        told = {one.part.party.name: one.last for one in questionnaires.asked(field.jo, row)}
        assert told == {"ALFA": sent, "BRVO": None}
        assert questionnaires.responses_of(field.ben, sent.part) == []
        assert questionnaires.part_of(field.ben, row, "alfa") is None
        assert list(questionnaires.own_parts(field.ada, [row])) == [row.application_id]


class TestAnalysis:
    def test_is_whole_for_the_office_alone(self, field: FieldCast) -> None:
        row = field.issued()
        field.sent(row)
        asked = questions_of(row.versions.get())

        office, other = (questionnaires.analysis(by, row, asked) for by in (field.aud, field.ben))

        assert [one.party for one in office.sent] == ["ALFA"]
        assert (office.whole.answered, office.whole.asked) == (1, 2)
        assert (other.sent, other.whole.answered) == ([], None)
        assert all(one.is_withheld for one in other.questions)

    def test_counts_the_latest_version(self, field: FieldCast) -> None:
        row = field.issued()
        field.sent(row)
        field.sent(row, given={**GIVEN, "q1": ["1"]}, reason="Otherwise.")

        told = questionnaires.analysis(field.jo, row, QUESTIONS)

        assert [one.count for one in told.questions[0].shares] == [1, 0]


class TestShown:
    def test_says_an_answer_in_words(self) -> None:
        picked = {"q2": ["1", "3"], "q3": ["120"]}

        told = [questionnaires.shown(one, picked, {"q5": "So."}) for one in QUESTIONS]

        assert told == ["", "Network; Nobody", "120", "", "So."]
