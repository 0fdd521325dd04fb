import datetime as dt
import json
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tallystick.journal import queries
from tallystick.journal.canonical import UnableToWriteCanonically
from tallystick.journal.leaf import commitment, read
from tallystick.journal.merkle import EMPTY_ROOT
from tallystick.journal.models import ClosedDay, Entry, Log, Node, Payload, Reading
from tallystick.journal.operations import (
    UnableToCloseReadings,
    UnableToRecord,
    close_readings_of,
    record,
    record_reading,
)
from tallystick.journal.subjects import Actor, Subject
from tallystick.journal.verify import verified
from tests.journal.conftest import AT, JO, MONTH, OTHER, act

DAY = dt.date(2021, 9, 20)
SYSTEM = Actor("", "System")


def tried(at: dt.datetime = AT, subject: Subject = MONTH, facts: Mapping[str, object] | None = None) -> Entry:
    return record(act="runs.try", subject=subject, by=JO, at=at, said="tried", facts=facts)


@transaction.atomic
def failing() -> None:
    tried()
    raise ZeroDivisionError


@pytest.mark.django_db
class TestRecord:
    def test_numbers_entries_from_0(self) -> None:
        assert [act().seq, act().seq, act().seq] == [0, 1, 2]

    def test_says_who_did_what_to_what_when(self) -> None:
        entry = act(5)

        leaf = read(bytes(entry.leaf))
        assert (leaf.act, leaf.actor, leaf.kind, leaf.handle) == ("runs.try", JO.handle, "run", MONTH.handle)
        assert (leaf.code, leaf.classification, leaf.at) == ("sec", "white", AT + dt.timedelta(minutes=5))

    def test_keeps_what_was_said_out_of_the_leaf(self) -> None:
        entry = act(5)

        assert b"tried" not in bytes(entry.leaf)
        assert b"Analyst" not in bytes(entry.leaf)
        assert json.loads(entry.payload.text) == {
            "capacity": "Analyst",
            "facts": {"number": 5},
            "said": "tried 5",
        }

    def test_commits_to_what_was_said(self) -> None:
        entry = act()

        salt, text = bytes(entry.payload.salt), entry.payload.text.encode()
        assert read(bytes(entry.leaf)).commit == commitment(salt, text)

    def test_salts_the_same_words_anew(self) -> None:
        one, other = act(), act()

        assert one.payload.text == other.payload.text
        assert read(bytes(one.leaf)).commit != read(bytes(other.leaf)).commit

    def test_holds_the_log_before_it(self) -> None:
        before = [queries.head().root]
        for _ in range(5):
            act()
            before.append(queries.head().root)

        assert [read(bytes(one.leaf)).prev.hex() for one in Entry.objects.order_by("seq")] == before[:-1]
        assert before[0] == EMPTY_ROOT.hex()

    def test_holds_the_time_when_the_clock_runs_backwards(self) -> None:
        act(10)

        entry = act(3)

        assert entry.at == AT + dt.timedelta(minutes=10)
        assert read(bytes(entry.leaf)).is_held
        assert not read(bytes(act(11).leaf)).is_held

    def test_refuses_a_time_without_a_zone(self) -> None:
        with pytest.raises(UnableToRecord, match="zone"):
            tried(at=AT.replace(tzinfo=None))

    def test_refuses_a_class_that_is_none(self) -> None:
        with pytest.raises(UnableToRecord, match="'blue' is no class"):
            tried(subject=MONTH._replace(classification="blue"))

    def test_refuses_a_fact_that_not_everybody_reads_alike(self) -> None:
        with pytest.raises(UnableToWriteCanonically, match=r"facts\.share"):
            tried(facts={"share": 0.5})

        assert not Entry.objects.exists()

    def test_takes_at_most_six_queries(self) -> None:
        for number in range(9):
            with (
                CaptureQueriesContext(
                    connection,
                ) as asked,
                transaction.atomic(),
            ):
                tried()
            statements = [one["sql"] for one in asked if "SAVEPOINT" not in one["sql"]]

            assert number == 0 or len(statements) <= 6, statements


@pytest.mark.django_db(transaction=True)
class TestRecordInItsTransaction:
    def test_refuses_to_stand_alone(self) -> None:
        with pytest.raises(UnableToRecord, match="transaction of its act"):
            tried()

        assert not Entry.objects.exists()

    def test_leaves_nothing_when_the_act_fails(self) -> None:
        act()
        before = queries.head()

        with pytest.raises(ZeroDivisionError):
            failing()

        assert queries.head() == before
        assert (Entry.objects.count(), Payload.objects.count(), Node.objects.count()) == (1, 1, 1)
        assert act().seq == 1

    def test_makes_writers_queue_so_that_no_number_is_left_out(self) -> None:
        act()
        start = threading.Barrier(3)

        def write(_: int) -> None:
            try:
                start.wait()
                for _ in range(8):
                    act()
            finally:
                connection.close()

        with ThreadPoolExecutor(3) as pool:
            list(pool.map(write, range(3)))

        assert list(Entry.objects.order_by("seq").values_list("seq", flat=True)) == list(range(25))
        assert verified() == []

    def test_makes_the_first_two_writers_queue_as_well(self) -> None:
        start = threading.Barrier(2)

        def write(_: int) -> None:
            try:
                start.wait()
                act()
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(write, range(2)))

        assert queries.head().size == Log.objects.get().size == 2
        assert verified() == []


def read_it(at: dt.datetime, address: str = "/sec/submissions/E-7K3F2Q") -> Reading:
    reading = record_reading(subject=OTHER, by=JO, at=at, address=address)
    assert reading is not None
    return reading


def closed(day: dt.date, after: dt.timedelta = dt.timedelta(hours=2)) -> Entry:
    end = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), dt.UTC)
    return close_readings_of(day=day, by=SYSTEM, at=end + after)


@pytest.mark.django_db
class TestRecordReading:
    def test_says_who_read_what_and_where(self) -> None:
        reading = read_it(AT)

        assert (reading.actor, reading.capacity, reading.kind) == (JO.handle, "Analyst", "submission")
        assert (reading.day, reading.at, reading.address) == (DAY, AT, "/sec/submissions/E-7K3F2Q")

    def test_writes_no_entry(self) -> None:
        read_it(AT)

        assert queries.head().size == 0

    @pytest.mark.parametrize("classification", ["green", "white"])
    def test_notes_nothing_that_many_may_read(self, classification: str) -> None:
        subject = OTHER._replace(classification=classification)

        assert record_reading(subject=subject, by=JO, at=AT, address="/sec/") is None
        assert not Reading.objects.exists()

    def test_takes_two_queries(self) -> None:
        with CaptureQueriesContext(connection) as asked:
            read_it(AT)

        assert len([one for one in asked if "SAVEPOINT" not in one["sql"]]) == 2

    def test_counts_in_the_next_day_when_its_own_is_closed(self) -> None:
        closed(DAY)

        assert read_it(AT).day == DAY + dt.timedelta(days=1)

    def test_keeps_the_start_of_a_long_address(self) -> None:
        assert len(read_it(AT, "/sec/?q=" + "a" * 900).address) == 500


@pytest.mark.django_db
class TestCloseReadingsOf:
    def test_lets_the_log_hold_the_digest_of_the_day(self) -> None:
        for minute in range(3):
            read_it(AT + dt.timedelta(minutes=minute))
        read_it(AT + dt.timedelta(days=1))

        entry = closed(DAY)

        day = ClosedDay.objects.get()
        assert json.loads(entry.payload.text)["facts"] == {
            "day": "2021-09-20",
            "readings": 3,
            "root": bytes(day.root).hex(),
        }
        assert (day.day, day.readings, bytes(day.root)) == (DAY, *queries.readings_of_day(DAY))

    def test_closes_a_day_without_readings(self) -> None:
        closed(DAY)

        assert bytes(ClosedDay.objects.get().root) == EMPTY_ROOT

    def test_refuses_a_day_that_may_still_have_readings(self) -> None:
        with pytest.raises(UnableToCloseReadings, match="may still come in"):
            closed(DAY, after=dt.timedelta(minutes=59))

    def test_refuses_a_day_twice(self) -> None:
        closed(DAY)

        with pytest.raises(UnableToCloseReadings, match="are closed"):
            closed(DAY)

    def test_refuses_a_day_before_one_that_is_closed(self) -> None:
        closed(DAY)

        with pytest.raises(UnableToCloseReadings, match="are closed"):
            closed(DAY - dt.timedelta(days=1))
