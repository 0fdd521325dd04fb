import datetime as dt
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from time_machine import TimeMachineFixture

from tallystick.journal import kept, keys
from tallystick.journal.models import ClosedDay, Entry
from tallystick.journal.operations import record_reading
from tallystick.journal.subjects import Actor, Subject
from tallystick.month import figures
from tallystick.parties.acting import Acting
from tallystick.parties.models import Organisation
from tallystick.rulebook.periods import Span
from tallystick.rulebook.rulebook import Rulebook
from tallystick.runs import claims, installation, operations, queries, sending, tasks
from tallystick.runs.models import Exclusion, Finding, Run, Submission
from tallystick.runs.taken import Excluded
from tests.runs.conftest import NOW, TODAY

JULY = Span.parse("2021-07")
EVENTS = "event_id,device_id,hub_id,device_kind,provider,party,activity,at"
ALFA, BRVO = "esme,CSPN,Alderbrook Energy", "esme,CSPN,Brightwater Power"
LATE = f"EV-1,D-1,,{ALFA},commissioned,2021-07-01T10:00:00Z"
ALSO_LATE = f"EV-5,D-3,,{ALFA},commissioned,2021-07-01T11:00:00Z"
REST = [
    f"EV-2,D-2,,{BRVO},commissioned,2021-07-01T10:00:00Z",
    f"EV-3,D-1,,{ALFA},certificates_recycled,2021-07-20T10:00:00Z",
    f"EV-4,D-2,,{BRVO},certificates_recycled,2021-07-02T10:00:00Z",
]
ROW = "EV-1"
LONG_AGO = dt.datetime(2021, 9, 1, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_the_hour(time_machine: TimeMachineFixture) -> None:
    """Let the worker's clock go on from the day on which rows were sent and months asked for."""
    time_machine.move_to(NOW, tick=True)


@pytest.fixture
def received(
    send: Callable[..., Submission], of_recycling: Rulebook, jo: Acting, alfa: Organisation
) -> Submission:
    return sending.commit(send([LATE, *REST], header=EVENTS, stream="device_events"), by=jo, at=NOW)


def ask(jo: Acting) -> Run:
    return operations.start_run(period=JULY, known_on=TODAY, by=jo, at=NOW)


def worked() -> Run:
    done = tasks.work_one("worker", beats=False)
    assert done is not None
    return done


class TestTidy:
    def test_closes_the_readings_of_days_that_have_settled(self) -> None:
        read_at = NOW - dt.timedelta(days=3)
        seen = Subject("sec", "finding", "H", "amber")
        record_reading(subject=seen, by=Actor("A", "Analyst"), at=read_at, address="/sec/findings/H")

        done = [tasks.tidy(NOW), tasks.tidy(NOW)]

        assert done == [TODAY, TODAY]
        assert [one.day for one in ClosedDay.objects.all()] == [read_at.date()]

    def test_leaves_a_day_that_readings_may_still_come_in_for(self) -> None:
        seen = Subject("sec", "finding", "H", "amber")
        record_reading(subject=seen, by=Actor("A", "Analyst"), at=NOW, address="/sec/findings/H")

        tasks.tidy(NOW)

        assert not ClosedDay.objects.exists()

    def test_forgets_sessions_that_ended(self) -> None:
        ended = SessionStore()
        ended["capacity"] = "H"
        ended.set_expiry(-86_400)
        ended.save()

        tasks.tidy(NOW)

        assert not Session.objects.exists()


class TestChores:
    def test_are_done_whatever_happens_to_another(self, caplog: pytest.LogCaptureFixture) -> None:
        done: list[object] = []

        def broken(_now: dt.datetime) -> None:
            raise OSError

        tasks.do_chores((broken, done.append), NOW)

        assert done == [NOW]
        assert "broken broke down" in caplog.text


class TestWorkOne:
    def test_has_nothing_to_do_where_nothing_waits(self) -> None:
        assert tasks.work_one("worker") is None

    def test_lands_the_run_that_waits(self, received: Submission, jo: Acting) -> None:
        ask(jo)

        run = worked()

        assert (run.state, run.reason, run.is_current) == (Run.LANDED, "", True)
        told = queries.assessment_for(jo, run)
        assert [(one.group, one.numerator, one.denominator) for one in told.figures] == [
            ({}, 1, 2),
            ({"party": "Alderbrook Energy"}, 0, 1),
            ({"party": "Brightwater Power"}, 1, 1),
        ]
        assert [one.id for one in told.received] == [received.evidence]
        assert [line.key for line in queries.lines(jo, run, "AREA-D1")] == [ROW]

    @pytest.mark.usefixtures("received")
    def test_writes_one_entry_for_a_landing(self, jo: Acting) -> None:
        ask(jo)

        run = worked()

        entry = Entry.objects.get(act="runs.land_run")
        assert (entry.handle, entry.actor) == (run.handle, "")

    @pytest.mark.usefixtures("received")
    def test_lands_a_restated_month_as_a_second_version(
        self, send: Callable[..., Submission], jo: Acting
    ) -> None:
        ask(jo)
        first = worked()
        rows = [LATE, ALSO_LATE, *REST]
        sending.commit(send(rows, header=EVENTS, stream="device_events"), by=jo, at=NOW)
        ask(jo)

        second = worked()

        finding = Finding.objects.get(subject="Alderbrook Energy")
        versions = queries.versions_of(jo, finding)
        assert [(one.number, one.denominator, one.run) for one in versions] == [(1, 1, first), (2, 2, second)]
        assert [one.reference for one in queries.restatements(jo, "AREA-D1", "2021-07")] == [
            second.reference,
            first.reference,
        ]

    @pytest.mark.usefixtures("received")
    def test_leaves_a_confirmed_exclusion_out_of_the_next_run(self, jo: Acting, sam: Acting) -> None:
        entered = operations.enter_exclusion(
            row=Excluded("device_events", ROW), reason="Warehouse fire", party=None, by=jo, at=NOW
        )
        operations.check_exclusion(exclusion=entered, agrees=True, by=sam, at=NOW)
        ask(jo)

        run = worked()

        whole = queries.assessment_for(jo, run).figures[0]
        assert (run.state, whole.numerator, whole.denominator, whole.excluded) == (Run.LANDED, 1, 1, 1)
        listed = Submission.objects.get(stream="exceptions")
        assert Exclusion.objects.get().evidence == listed.evidence

    @pytest.mark.usefixtures("received")
    def test_keeps_a_row_in_whose_exclusion_nobody_checked(self, jo: Acting) -> None:
        operations.enter_exclusion(
            row=Excluded("device_events", ROW), reason="Warehouse fire", party=None, by=jo, at=NOW
        )
        ask(jo)

        assert queries.assessment_for(jo, worked()).figures[0].denominator == 2

    @pytest.mark.usefixtures("of_recycling")
    def test_leaves_a_file_to_whoever_is_taking_it_in_just_now(
        self, send: Callable[..., Submission], jo: Acting, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shown = send([LATE, *REST], header=EVENTS, stream="device_events")
        with monkeypatch.context() as patch:
            patch.setattr(operations, "commit_submission", lambda **_: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                sending.commit(shown, by=jo, at=NOW)
        ask(jo)
        worked()

        done = sending.commit(shown, by=jo, at=NOW)

        assert done.state == Submission.COMMITTED
        assert Submission.objects.count() == 1

    @pytest.mark.usefixtures("of_recycling")
    def test_gives_up_a_run_that_was_killed_twice(self, jo: Acting) -> None:
        asked = ask(jo)
        claims.claim("one", LONG_AGO)
        claims.claim("two", LONG_AGO + claims.STALE * 2)

        worked()

        asked.refresh_from_db()
        assert (asked.state, asked.reason) == (
            Run.FAILED,
            "It was cut short 2 times before it had finished.",
        )

    @pytest.mark.usefixtures("received")
    def test_sees_a_run_through_whose_first_worker_was_killed(self, jo: Acting) -> None:
        ask(jo)
        claims.claim("one", LONG_AGO)

        assert worked().state == Run.LANDED

    @pytest.mark.usefixtures("received")
    def test_stops_at_the_next_step_once_the_run_is_cancelled(
        self, jo: Acting, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked = ask(jo)
        known = installation.known

        def cancelled(code: str, day: dt.date) -> object:
            operations.cancel_run(run=asked, by=jo, at=NOW)
            return known(code, day)

        monkeypatch.setattr(installation, "known", cancelled)

        worked()

        asked.refresh_from_db()
        assert (asked.state, asked.is_current) == (Run.CANCELLED, False)
        assert not Finding.objects.exists()

    @pytest.mark.usefixtures("received")
    def test_stops_between_two_measures_once_the_run_is_cancelled(
        self, jo: Acting, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked = ask(jo)
        counted: list[str] = []
        point = figures.point

        def cancelled(ledger: Any, measure: Any, month: Span) -> object:
            if not counted:
                counted.append(measure.key)
                operations.cancel_run(run=asked, by=jo, at=NOW)
            return point(ledger, measure, month)

        monkeypatch.setattr(figures, "point", cancelled)
        monkeypatch.setattr(figures, "whole", lambda *_: counted.append("graded"))

        worked()

        asked.refresh_from_db()
        assert (asked.state, counted) == (Run.CANCELLED, ["AREA-D1"])
        assert asked.progress == "Opening the evidence"

    @pytest.mark.parametrize(
        ("fault", "says"),
        [
            (installation.UnableToFind("No code 'x' is served here."), "No code 'x' is served here."),
            (KeyError("secret of BRVO"), "The computing broke down (KeyError). The log says where."),
        ],
    )
    @pytest.mark.usefixtures("of_recycling")
    def test_says_why_a_run_failed_and_no_more(
        self,
        fault: Exception,
        says: str,
        jo: Acting,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        asked = ask(jo)

        def broken(*_: object) -> None:
            raise fault

        monkeypatch.setattr(tasks, "compute", broken)

        worked()

        asked.refresh_from_db()
        assert (asked.state, asked.reason) == (Run.FAILED, says)

    @pytest.mark.usefixtures("of_recycling")
    def test_gives_a_run_back_when_told_to_end(self, jo: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
        asked = ask(jo)

        def ended(*_: object) -> None:
            raise SystemExit(0)

        monkeypatch.setattr(tasks, "compute", ended)

        with pytest.raises(SystemExit):
            tasks.work_one("worker", beats=False)

        asked.refresh_from_db()
        assert (asked.state, asked.attempts) == (Run.WAITING, 0)


class TestWork:
    def test_ends_with_the_process_that_started_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        handled = []
        monkeypatch.setattr(signal, "signal", lambda kind, _: handled.append(kind))

        tasks.work(parent=1)

        assert handled == [signal.SIGTERM, signal.SIGINT]

    def test_signs_what_was_done_and_takes_no_run_of_a_journal_that_is_shorter(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any, jo: Acting
    ) -> None:
        settings.HOME = tmp_path
        keys.make(tmp_path, "tallystick.example/journal")
        asked = ask(jo)
        took: list[str] = []
        for name, stands_for in (("work_one", took.append), ("tidy", lambda now: now.date())):
            monkeypatch.setattr(tasks, name, stands_for)
        monkeypatch.setattr(tasks, "SIGNED_EVERY", dt.timedelta(0))

        turn(monkeypatch)
        signed = kept.sizes(tmp_path)
        kept.file_of(tmp_path, signed[0]).rename(kept.file_of(tmp_path, 9004))
        turn(monkeypatch)

        assert signed == [Entry.objects.get(handle=asked.handle).seq + 1]
        assert len(took) == 1


def turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a worker start anew, and go through its loop once."""
    left = iter([1])
    monkeypatch.setattr(tasks._Standing, "is_open", False)
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    monkeypatch.setattr("tallystick.runs.tasks.os.getppid", lambda: next(left, 0))
    monkeypatch.setattr("tallystick.runs.tasks.time.sleep", lambda _: None)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    tasks.work(parent=1)


class TestWorkerName:
    def test_is_never_that_of_another_worker(self) -> None:
        assert tasks.worker_name() != tasks.worker_name()
