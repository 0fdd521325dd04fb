from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest

from tallystick.month.assessment import Assessment
from tallystick.parties.acting import Acting
from tallystick.rulebook.periods import Span
from tallystick.runs import operations, waiting
from tallystick.runs.models import HeldRow, Run, Submission
from tallystick.runs.second_checks import ask_about_exclusion
from tallystick.runs.taken import Excluded
from tests.runs.conftest import NOW, TODAY, WORKER

pytestmark = pytest.mark.django_db
GOOD = "HUB-1,removed,2021-07-01T10:00:00Z,Alderbrook Energy,north,"


def failed(jo: Acting) -> Run:
    run = operations.start_run(period=Span.parse("2021-07"), known_on=TODAY, by=jo, at=NOW)
    return operations.fail_run(run=run, reason="The disk is full.", by=WORKER, at=NOW)


class TestSecondChecks:
    def test_wait_on_another_of_the_office(self, jo: Acting, sam: Acting, ada: Acting) -> None:
        row = Excluded("service_requests", "SR-1", "CPM1", "2021-07")
        entered = operations.enter_exclusion(row=row, reason="Agreed outage", party=None, by=jo, at=NOW)

        [one] = waiting.second_checks(sam)

        assert one.title == f"Give the second check on {entered.reference}"
        assert one.words == "CPM1, July 2021, entered by Jo: Agreed outage"
        assert one.href == (
            f"/sec/exclusions?of={entered.reference}&state=entered&measure=CPM1&period=2021-07&from=waiting"
        )
        assert one.due == TODAY
        assert waiting.second_checks(jo) == waiting.second_checks(ada) == []

    def test_of_one_measure_and_month_are_one_errand(self, jo: Acting, sam: Acting) -> None:
        for key, measure in (("SR-1", "CPM1"), ("SR-2", "CPM1"), ("SR-3", "CPM2")):
            row = Excluded("service_requests", key, measure, "2021-07")
            operations.enter_exclusion(row=row, reason="Agreed outage", party=None, by=jo, at=NOW)

        told = {one.title: one.words for one in waiting.second_checks(sam)}

        assert told["Give the second check on 2 excluded rows"] == "CPM1, July 2021, entered by Jo"
        assert len(told) == 2

    def test_of_very_many_rows_are_several_errands_that_name_their_own(
        self, jo: Acting, sam: Acting, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(waiting, "AT_ONCE", 2)
        entered = [
            operations.enter_exclusion(
                row=Excluded("service_requests", f"SR-{of}"), reason="x", party=None, by=jo, at=NOW
            )
            for of in range(3)
        ]

        named = [parse_qs(urlsplit(one.href).query)["of"] for one in waiting.second_checks(sam)]

        assert named == [[one.reference for one in entered[:2]], [entered[2].reference]]


class TestQuestionsToAnswer:
    def test_wait_on_who_entered_the_row_and_on_nobody_else(
        self, jo: Acting, sam: Acting, ada: Acting
    ) -> None:
        row = Excluded("service_requests", "SR-1", "CPM1", "2021-07")
        entered = operations.enter_exclusion(row=row, reason="Agreed outage", party=None, by=jo, at=NOW)
        ask_about_exclusion(exclusion=entered, text="Which outage?", by=sam, at=NOW)

        [one] = waiting.questions_to_answer(jo)

        assert one.title == f"Answer the question about {entered.reference}"
        assert one.words == "Sam asks: Which outage?"
        assert waiting.questions_to_answer(sam) == waiting.questions_to_answer(ada) == []
        assert waiting.second_checks(sam) == []


class TestFilesToDecide:
    def test_wait_on_who_sent_them_and_their_organisation(
        self, send: Callable[..., Submission], jo: Acting, sam: Acting, ada: Acting
    ) -> None:
        row = send([GOOD], by=ada, sender=ada.organisation)

        [one] = waiting.files_to_decide(ada)

        assert one.title == "Take in or discard rows.csv"
        assert one.href == f"/sec/evidence/{row.reference}"
        assert ": 1 accepted, " in one.words
        assert waiting.files_to_decide(jo) == waiting.files_to_decide(sam) == []

    def test_wait_no_more_once_they_are_decided(
        self, send: Callable[..., Submission], jo: Acting, public: Acting
    ) -> None:
        row = send([GOOD])
        assert len(waiting.files_to_decide(jo)) == 1

        operations.discard_submission(submission=row, by=jo, at=NOW)

        assert waiting.files_to_decide(jo) == waiting.files_to_decide(public) == []


class TestHeldRows:
    def test_are_one_errand_for_each_submission(
        self, received: list[Submission], jo: Acting, ada: Acting
    ) -> None:
        own, other = received[:2]
        for row, of in ((2, own), (3, own), (2, other)):
            HeldRow.objects.create(
                code="sec", classification="amber", publicity="issued", party=of.party, submission=of,
                row=row, what="in doubt", remedy="send again",
            )  # fmt: skip

        assert [one.title for one in waiting.held_rows(ada)] == ["Correct 2 held rows"]
        assert {one.title for one in waiting.held_rows(jo)} == {
            "Ask the sender about 2 held rows",
            "Ask the sender about 1 held row",
        }


class TestExpected:
    def test_is_told_to_the_office_alone(
        self, month: Assessment, land: Callable[..., Run], jo: Acting, ada: Acting
    ) -> None:
        land(month)

        told = {one.title: one for one in waiting.expected(jo)}

        assert "Expect the Network enhancement plan" in told
        assert str(told["Expect the Network enhancement plan"].due) == "2021-10-29"
        assert "Expect the Forecast of service requests" not in told
        assert "Expect the Performance Measurement Report" not in told
        assert waiting.expected(ada) == []


class TestRunsToLookAt:
    def test_are_those_that_failed(self, jo: Acting, ada: Acting) -> None:
        run = failed(jo)

        [one] = waiting.runs_to_look_at(jo)

        assert (one.title, one.words) == ("See why the run of July 2021 failed", "The disk is full.")
        assert one.href == f"/sec/runs/{run.reference}"
        assert waiting.runs_to_look_at(ada) == []

    def test_are_none_once_a_later_one_has_landed(
        self, month: Assessment, land: Callable[..., Run], jo: Acting
    ) -> None:
        failed(jo)
        land(month)

        assert waiting.runs_to_look_at(jo) == []


class TestRulesToCheck:
    def test_wait_on_the_office_folder_by_folder(self, jo: Acting, ada: Acting, public: Acting) -> None:
        told = waiting.rules_to_check(jo)

        assert all(one.title.startswith("Check ") and one.href == "/sec/rulebook" for one in told)
        assert any("parameters against the code" in one.title for one in told)
        assert waiting.rules_to_check(ada) == waiting.rules_to_check(public) == []


class TestSources:
    def test_are_all_that_the_room_has(self) -> None:
        named = {
            name
            for name, one in vars(waiting).items()
            if getattr(one, "__module__", "") == waiting.__name__ and not name.startswith("_")
        }

        assert {one.__name__ for one in waiting.SOURCES} == named
