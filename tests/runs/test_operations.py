import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from tallystick.journal.models import Entry
from tallystick.month.assessment import Assessment
from tallystick.parties.acting import Acting
from tallystick.parties.policy.guard import guarded
from tallystick.rulebook.periods import Span
from tallystick.rulebook.rulebook import Rulebook
from tallystick.runs import operations
from tallystick.runs.computing import Computed
from tallystick.runs.models import Exclusion, Figure, Run
from tallystick.runs.taken import Excluded
from tests.runs.conftest import NOW, TODAY, WORKER

JULY = Span.parse("2021-07")
ROW = Excluded("service_requests", "SR-1", "DSP-PM1.1", "2021-07")

pytestmark = pytest.mark.django_db


def ask(by: Acting) -> Run:
    return operations.start_run(period=JULY, known_on=TODAY, by=by, at=NOW)


def enter(by: Acting, row: Excluded = ROW, reason: str = "Agreed outage") -> Exclusion:
    return operations.enter_exclusion(row=row, reason=reason, party=None, by=by, at=NOW)


class TestStartRun:
    def test_asks_for_a_month_and_says_who_did(self, jo: Acting) -> None:
        run = ask(jo)

        assert (run.state, run.asked_by, run.publicity) == (Run.WAITING, jo.person, "draft")
        assert run.reference.startswith("RUN-2026-11-22-")
        assert Entry.objects.get().handle == run.handle

    def test_works_behind_a_door_that_watches_over_queries(self, jo: Acting) -> None:
        with guarded():
            run = ask(jo)
            operations.cancel_run(run=run, by=jo, at=NOW)

        assert Entry.objects.count() == 2

    @pytest.mark.parametrize(
        ("period", "known_on", "why"),
        [("2021-Q3", TODAY, "is not a month"), ("2021-07", dt.date(2021, 6, 30), "nothing of July 2021")],
    )
    def test_refuses_what_cannot_be_computed(
        self, period: str, known_on: dt.date, why: str, jo: Acting
    ) -> None:
        with pytest.raises(operations.UnableToStartRun, match=why):
            operations.start_run(period=Span.parse(period), known_on=known_on, by=jo, at=NOW)

    def test_refuses_a_second_run_of_a_month_under_way(self, jo: Acting, sam: Acting) -> None:
        ask(jo)

        with pytest.raises(operations.UnableToStartRun, match="under way"):
            ask(sam)

    def test_lets_the_database_refuse_what_two_asked_at_once(self, jo: Acting) -> None:
        first = ask(jo)
        again = Run(code="sec", reference="RUN-X", period=first.period, known_on=TODAY, asked_at=NOW)

        with pytest.raises(IntegrityError), transaction.atomic():
            again.save()


class TestLandRun:
    def test_changes_nothing_the_second_time(
        self, month: Assessment, land: Callable[..., Run], sec: Rulebook
    ) -> None:
        run = land(month)
        figures, entries = Figure.objects.count(), Entry.objects.count()

        again = operations.land_run(run=run, computed=Computed(month, sec, (), {}), by=WORKER, at=NOW)

        assert again == run
        assert (Figure.objects.count(), Entry.objects.count()) == (figures, entries)

    def test_refuses_a_run_that_was_cancelled(self, month: Assessment, sec: Rulebook, jo: Acting) -> None:
        run = ask(jo)
        operations.cancel_run(run=run, by=jo, at=NOW)

        with pytest.raises(operations.UnableToLandRun):
            operations.land_run(run=run, computed=Computed(month, sec, (), {}), by=WORKER, at=NOW)

        assert not Figure.objects.exists()

    def test_puts_down_nothing_where_something_cannot_be(
        self, month: Assessment, land: Callable[..., Run]
    ) -> None:
        twice = replace(month, figures=(*month.figures, month.figures[0]))

        with pytest.raises(IntegrityError), transaction.atomic():
            land(twice)

        assert not Figure.objects.exists()


class TestEnding:
    def test_is_done_once(self, jo: Acting) -> None:
        run = operations.cancel_run(run=ask(jo), by=jo, at=NOW)

        with pytest.raises(operations.UnableToEndRun, match="cancelled"):
            operations.fail_run(run=run, reason="late", by=WORKER, at=NOW)

    def test_says_why_a_run_failed(self, jo: Acting) -> None:
        run = operations.fail_run(run=ask(jo), reason="The store is damaged.", by=WORKER, at=NOW)

        assert (run.state, run.reason, run.ended_at) == (Run.FAILED, "The store is damaged.", NOW)


class TestEnterExclusion:
    @pytest.mark.parametrize(
        ("row", "reason", "why"),
        [
            (ROW, " ", "Say why"),
            (Excluded("no_such_stream", "1"), "x", "No row of 'no_such_stream'"),
            (Excluded("inventory", "only-one-cell"), "x", "named by device_id, from_at"),
            (Excluded("inventory", "D-1|yesterday"), "x", "'yesterday' is no instant"),
            (Excluded("coverage", "N1|2021-07-01|more"), "x", "named by"),
        ],
    )
    def test_refuses_what_the_next_run_could_not_follow(
        self, row: Excluded, reason: str, why: str, jo: Acting
    ) -> None:
        with pytest.raises(operations.UnableToExclude, match=why):
            enter(jo, row, reason)

    def test_refuses_a_row_that_waits_already(self, jo: Acting, sam: Acting) -> None:
        enter(jo)

        with pytest.raises(operations.UnableToExclude, match="already"):
            enter(sam)

    def test_lets_a_refused_row_be_entered_again(self, jo: Acting, sam: Acting) -> None:
        operations.check_exclusion(exclusion=enter(jo), agrees=False, by=sam, at=NOW)

        assert enter(jo, reason="With the letter this time").state == Exclusion.ENTERED


class TestCheckExclusion:
    @pytest.mark.parametrize(("agrees", "state"), [(True, "confirmed"), (False, "refused")])
    def test_is_for_another_person(self, agrees: bool, state: str, jo: Acting, sam: Acting) -> None:  # noqa: FBT001
        done = operations.check_exclusion(exclusion=enter(jo), agrees=agrees, by=sam, at=NOW)

        assert (done.state, done.checked_by, done.checked_at) == (state, sam.person, NOW)

    def test_is_refused_to_the_one_who_entered_it(self, jo: Acting) -> None:
        entered = enter(jo)

        with pytest.raises(operations.UnableToCheckExclusion, match="Somebody else"):
            operations.check_exclusion(exclusion=entered, agrees=True, by=jo, at=NOW)

        assert Entry.objects.count() == 1

    def test_is_refused_by_the_database_too(self, jo: Acting) -> None:
        entered = enter(jo)
        entered.state, entered.checked_by, entered.checked_at = Exclusion.CONFIRMED, jo.person, NOW

        with pytest.raises(IntegrityError), transaction.atomic():
            entered.save()

    def test_happens_once(self, jo: Acting, sam: Acting) -> None:
        done = operations.check_exclusion(exclusion=enter(jo), agrees=True, by=sam, at=NOW)

        with pytest.raises(operations.UnableToCheckExclusion, match="settled"):
            operations.check_exclusion(exclusion=done, agrees=False, by=sam, at=NOW)
