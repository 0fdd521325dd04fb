import pytest

from tallystick.parties.acting import Acting
from tallystick.runs import excluded, operations, second_checks
from tallystick.runs.taken import Excluded
from tests.runs.conftest import NOW

pytestmark = pytest.mark.django_db


class TestExclusionsToCheck:
    def test_are_those_that_somebody_else_entered(self, jo: Acting, sam: Acting) -> None:
        entered = operations.enter_exclusion(
            row=Excluded("service_requests", "SR-1", "CPM1", "2021-07"),
            reason="Agreed outage",
            party=None,
            by=jo,
            at=NOW,
        )

        assert excluded.exclusions_to_check(sam) == [entered]
        assert excluded.exclusions_to_check(jo) == []
        assert excluded.exclusions_of(jo, "CPM1", "2021-07") == [entered]
        assert excluded.exclusion(sam, entered.reference) == entered


class TestExclusionsNamed:
    def test_are_those_there_are_and_in_the_order_they_were_entered(
        self, jo: Acting, sam: Acting, ada: Acting
    ) -> None:
        first, second = (
            operations.enter_exclusion(
                row=Excluded("service_requests", key), reason="Outage", party=None, by=jo, at=NOW
            )
            for key in ("SR-1", "SR-2")
        )
        names = [second.reference, "EXC-000000", "\0", first.reference]

        assert excluded.exclusions_named(sam, names) == [first, second]
        assert excluded.exclusions_named(ada, names) == []


class TestOpenQuestions:
    def test_are_told_until_they_are_answered(self, jo: Acting, sam: Acting) -> None:
        row = Excluded("service_requests", "SR-1")
        entered = operations.enter_exclusion(row=row, reason="Outage", party=None, by=jo, at=NOW)
        asked = second_checks.ask_about_exclusion(exclusion=entered, text="Which?", by=sam, at=NOW)
        assert excluded.open_questions(jo) == [asked]
        assert excluded.asked_about(jo) == {entered.reference}

        second_checks.answer_question(exclusion=entered, text="That.", by=jo, at=NOW)

        assert excluded.open_questions(jo) == []
        assert excluded.questions_on(sam, entered) == [asked]
