"""A party saves what it has, sends it, and corrects what it sent."""

import pytest

from tallystick.assessments.models import DraftResponse, Part, Response
from tallystick.assessments.questionnaires.operations.responding import UnableToRespond
from tests.assessments.cast import acts
from tests.assessments.field_cast import GIVEN, FieldCast


class TestSave:
    def test_keeps_what_is_not_whole_and_writes_it_over(self, field: FieldCast) -> None:
        row = field.issued()

        field.saved(row)
        field.saved(row, given={"q1": ["2"], "q5": ["Nobody."]})

        draft = DraftResponse.objects.get()
        assert (draft.picked, draft.words) == ({"q1": ["2"]}, {"q5": "Nobody."})
        assert acts()[3:] == ["save_response", "save_response"]

    def test_refuses_what_no_answer_is(self, field: FieldCast) -> None:
        with pytest.raises(UnableToRespond, match="From 0 to 5,000"):
            field.saved(field.issued(), given={"q3": ["5001"]})

    def test_is_the_partys_alone(self, field: FieldCast) -> None:
        row = field.issued()

        for by in (field.ben, field.jo, field.bo):
            with pytest.raises(UnableToRespond):
                field.saved(row, by=by)


class TestSend:
    def test_keeps_the_answers_and_answers_the_part(self, field: FieldCast) -> None:
        row = field.issued()
        field.saved(row)

        made = field.sent(row)

        part = Part.objects.get(pk=made.part_id)
        assert made.picked == {"q1": ["2"], "q2": ["1", "3"], "q3": ["120"], "q4": ["2021-02-01"]}
        assert made.words == {"q5": "Nobody tells us."}
        assert (part.answered_at, part.answered_by) == (made.at, made.by)
        assert acts()[-1] == "send_response"

    def test_leaves_nothing_of_the_draft(self, field: FieldCast) -> None:
        row = field.issued()
        field.saved(row, given={"q5": ["A thought."]})

        field.sent(row)

        draft = DraftResponse.objects.get()
        assert (draft.picked, draft.words) == ({}, {})

    def test_is_corrected_by_another_version_with_a_reason(self, field: FieldCast) -> None:
        row = field.issued()
        first = field.sent(row)

        second = field.sent(row, given={**GIVEN, "q3": ["130"]}, reason="Counted again.")

        assert [one.number for one in Response.objects.order_by("number")] == [1, 2]
        assert Part.objects.get(pk=first.part_id).answered_at == first.at
        assert (second.reason, second.picked["q3"]) == ("Counted again.", ["130"])

    @pytest.mark.parametrize(
        ("told", "says"),
        [
            ({"given": {**GIVEN, "q3": ["1"]}}, "why"),
            ({"reason": "Again."}, "These are the answers"),
            ({"given": {}, "reason": "Again."}, "required"),
        ],
    )
    def test_is_not_corrected_otherwise(self, field: FieldCast, told: dict[str, object], says: str) -> None:
        row = field.issued()
        field.sent(row)

        with pytest.raises(UnableToRespond, match=says):
            field.sent(row, **told)

    def test_is_done_once_for_a_form(self, field: FieldCast) -> None:
        row = field.issued()

        assert field.sent(row, key="one") == field.sent(row, key="one")
        with pytest.raises(UnableToRespond, match="before"):
            field.sent(row, key="one", given={**GIVEN, "q3": ["1"]})

    def test_is_written_down_from_paper_by_the_office(self, field: FieldCast) -> None:
        assert field.sent(field.issued(), by=field.sam).by_office

    def test_is_nobody_elses_and_waits_for_the_issue(self, field: FieldCast) -> None:
        with pytest.raises(UnableToRespond, match="nothing now"):
            field.sent(field.designed())
        row = field.designed(field.started("tenancy_questionnaire", title="Again"))
        with pytest.raises(UnableToRespond, match="nothing now"):
            field.sent(row)
        field.issued(row)
        with pytest.raises(UnableToRespond, match="for itself"):
            field.sent(row, by=field.ben)

    def test_says_nothing_of_why_at_first(self, field: FieldCast) -> None:
        with pytest.raises(UnableToRespond, match="Nothing was sent"):
            field.sent(field.issued(), reason="Why not.")
