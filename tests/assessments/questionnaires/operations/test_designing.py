"""A questionnaire is designed, worded otherwise until it is issued, and issued once."""

import pytest

from tallystick.assessments.models import Part, QuestionSet
from tallystick.assessments.questionnaires.operations.designing import UnableToDesign, UnableToIssue
from tallystick.assessments.questionnaires.questions import questions_of
from tests.assessments.cast import acts, stands
from tests.assessments.field_cast import QUESTIONS, FieldCast


class TestDesign:
    def test_keeps_the_questions_as_a_draft(self, field: FieldCast) -> None:
        row = field.designed()

        version = row.versions.get()
        assert questions_of(version) == QUESTIONS
        assert (row.publicity, version.publicity, version.number) == ("draft", "draft", 1)
        assert acts()[1:] == ["design_questionnaire"]

    def test_does_so_once_for_a_form(self, field: FieldCast) -> None:
        planned = field.begun("tenancy_questionnaire")

        first = field.designed(planned, key="one")

        assert field.designed(planned, key="one") == first
        with pytest.raises(UnableToDesign, match="has a questionnaire"):
            field.designed(planned, key="two")

    def test_is_for_applications_of_that_form_by_the_office(self, field: FieldCast) -> None:
        with pytest.raises(UnableToDesign, match="no questionnaire"):
            field.designed(field.begun())
        with pytest.raises(UnableToDesign):
            field.designed(by=field.ada)
        with pytest.raises(UnableToDesign, match="Ask something"):
            field.designed(questions=())


class TestReword:
    def test_makes_another_version(self, field: FieldCast) -> None:
        row = field.designed()

        made = field.reworded(row)

        assert (made.number, made.why, len(made.shape)) == (2, "Too long.", 3)
        assert QuestionSet.objects.count() == 2
        assert acts()[2:] == ["reword_questions"]

    def test_does_so_once_for_a_form(self, field: FieldCast) -> None:
        row = field.designed()

        assert field.reworded(row, key="one") == field.reworded(row, key="one")
        with pytest.raises(UnableToDesign, match="before"):
            field.reworded(row, key="one", why="Otherwise.")

    def test_needs_a_reason_and_ends_with_the_issue(self, field: FieldCast) -> None:
        row = field.designed()

        with pytest.raises(UnableToDesign, match="why"):
            field.reworded(row, why=" ")
        field.issued(row)
        with pytest.raises(UnableToDesign, match="issued"):
            field.reworded(row)


class TestIssue:
    def test_starts_the_application_and_serves_its_parts(self, field: FieldCast) -> None:
        row = field.issued()

        assert (row.publicity, row.versions.get().publicity) == ("issued", "issued")
        assert stands(row.application) == "under_way"
        assert not Part.objects.filter(served_at=None).exists()
        assert acts()[2:] == ["issue_questionnaire"]

    def test_leaves_versions_before_the_last_to_the_office(self, field: FieldCast) -> None:
        row = field.designed()
        field.reworded(row)

        field.issued(row)

        assert [one.publicity for one in row.versions.order_by("number")] == ["draft", "issued"]

    def test_takes_an_application_that_runs_already(self, field: FieldCast) -> None:
        row = field.designed(field.started("tenancy_questionnaire"))

        assert field.issued(row).issued_at is not None

    def test_is_done_once(self, field: FieldCast) -> None:
        row = field.issued()

        assert field.issued(row).issued_at == row.issued_at
        assert acts().count("issue_questionnaire") == 1

    def test_needs_somebody_to_ask(self, field: FieldCast) -> None:
        row = field.designed(field.begun("tenancy_questionnaire", parties=()))

        with pytest.raises(UnableToIssue, match="nobody"):
            field.issued(row)
        with pytest.raises(UnableToIssue):
            field.issued(row, by=field.obs)
