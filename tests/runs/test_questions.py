import pytest
from django.db import IntegrityError, transaction

from tallystick.parties.acting import Acting
from tallystick.runs import operations, second_checks
from tallystick.runs.questions import Question
from tallystick.runs.taken import Excluded
from tests.runs.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(jo: Acting, sam: Acting) -> Question:
    row = Excluded("service_requests", "SR-1", "CPM1", "2021-07")
    entered = operations.enter_exclusion(row=row, reason="Agreed outage", party=None, by=jo, at=NOW)
    return second_checks.ask_about_exclusion(exclusion=entered, text="Which outage?", by=sam, at=NOW)


class TestQuestion:
    def test_has_the_class_of_its_exclusion(self, question: Question) -> None:
        of = question.exclusion

        assert (question.code, question.classification, question.publicity) == (
            of.code,
            of.classification,
            of.publicity,
        )

    @pytest.mark.parametrize(
        "changes",
        [
            {"text": ""},
            {"answer": "That one."},
            {"answered_at": NOW},
            {"classification": "blue"},
        ],
    )
    def test_is_held_to_its_form_by_the_database(
        self, question: Question, changes: dict[str, object]
    ) -> None:
        for name, value in changes.items():
            setattr(question, name, value)

        with pytest.raises(IntegrityError), transaction.atomic():
            question.save()

    def test_is_never_answered_by_who_asked(self, question: Question) -> None:
        question.answer, question.answered_by, question.answered_at = "Me.", question.asked_by, NOW

        with pytest.raises(IntegrityError), transaction.atomic():
            question.save()
