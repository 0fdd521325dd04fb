import datetime as dt
from pathlib import Path

import pytest

from tallystick.evidence.event_logs import needed_attributes
from tests.evidence.desk import LOG, Desk, csv_of, packed, plan, rows_of

HEADER = "case:concept:name,case:desk,concept:name,time:timestamp,extra"
EVENTS = (
    "C-1,North,opened,2021-07-01 10:00:00+01:00,a",
    "C-2,NONE,opened,2021-07-01T09:05:00Z,b",
    "C-1,North,settled,2021-07-02T09:00:00Z,c",
    "C-1,North,asked,2021-07-01T12:00:00Z,d",
    "C-1,North,closed,2021-07-03T09:00:00.5Z,e",
    "C-1,North,closed,2021-07-03T09:00:00.5Z,e",
)


def xes(*traces: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<log xmlns="http://www.xes-standard.org/">{"".join(traces)}</log>\n'.encode()


def trace(name: str, *events: str, more: str = "") -> str:
    return f'<trace><string key="concept:name" value="{name}"/>{more}{"".join(events)}</trace>'


def event(name: str, at: str) -> str:
    return (
        f'<event><string key="concept:name" value="{name}"/><date key="time:timestamp" value="{at}"/></event>'
    )


XES = xes(
    '<extension name="Time" prefix="time" uri="time.xesext"/>',
    '<global scope="trace"><string key="concept:name" value="UNKNOWN"/></global>',
    trace(
        "C-1",
        event("opened", "2021-07-01T10:00:00.000+01:00"),
        event("settled", "2021-07-02T09:00:00Z"),
        event("asked", "2021-07-01T12:00:00Z"),
        event("closed", "2021-07-03T09:00:00.500Z"),
        event("closed", "2021-07-03T09:00:00.500Z"),
        more='<string key="desk" value="North"><string key="inner" value="x"/></string>',
    ),
    trace("C-2", event("opened", "2021-07-01T09:05:00Z"), more='<string key="desk" value="NONE"/>'),
)
FIRST = {
    "case_id": "C-1",
    "desk": "North",
    "opened_at": dt.datetime(2021, 7, 1, 9, tzinfo=dt.UTC),
    "closed_at": dt.datetime(2021, 7, 3, 9, 0, 0, 500_000, tzinfo=dt.UTC),
    "last": "closed",
}
SECOND = {
    "case_id": "C-2",
    "desk": None,
    "opened_at": dt.datetime(2021, 7, 1, 9, 5, tzinfo=dt.UTC),
    "closed_at": None,
    "last": "opened",
}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


class TestLogInCsv:
    def test_makes_one_row_of_the_events_of_each_case(self, desk: Desk) -> None:
        reading = desk.read(csv_of(*EVENTS, header=HEADER), LOG)

        assert rows_of(reading.accepted) == [{"_row": 2, **FIRST}, {"_row": 3, **SECOND}]
        assert (reading.rows, reading.counted) == (2, 2)

    def test_tells_what_looks_wrong_and_mends_nothing(self, desk: Desk) -> None:
        reading = desk.read(csv_of(*EVENTS, header=HEADER), LOG)

        assert reading.notes == (
            "The log holds 6 events of 2 cases.",
            "Out of order in the file, behind later ones: 1 event.",
            "Repeated in every attribute, and read as they stand: 1 event.",
            "1 of 2 cases have no desk.",
            "1 of 2 cases have no closed_at: no event with concept:name closed or settled, or an empty one.",
        )

    def test_may_also_come_as_rows_already(self, desk: Desk) -> None:
        header = "case_id,desk,opened_at,closed_at,last"

        reading = desk.read(csv_of("C-1,North,2021-07-01T09:00:00Z,,asked", header=header), LOG)

        assert (reading.accepted_rows, reading.counted) == (1, 1)

    def test_refuses_a_line_that_is_no_event(self, desk: Desk) -> None:
        why = desk.refusal(csv_of(EVENTS[0], "C-2,x", header=HEADER), LOG)

        assert why == "Row 3: the row has 2 cells; expected 5 cells, one for each column of the header."

    def test_refuses_an_event_of_no_case(self, desk: Desk) -> None:
        why = desk.refusal(csv_of(EVENTS[0], EVENTS[1].replace("C-2", " "), header=HEADER), LOG)

        assert why == "Row 3, column case:concept:name: the cell is empty. Every event names its case."

    def test_refuses_a_header_that_lacks_what_is_needed(self, desk: Desk) -> None:
        why = desk.refusal(csv_of(*EVENTS, header=HEADER.replace("time:timestamp", "time:stamp")), LOG)

        assert why == "Header, row 1: the column 'time:timestamp' is missing; did you mean 'time:stamp'?."

    def test_refuses_a_case_with_an_event_at_no_time(self, desk: Desk) -> None:
        lines = (EVENTS[0].replace("2021-07-01 10:00:00+01:00", "soon"), EVENTS[1])

        reading = desk.read(csv_of(*lines, header=HEADER), LOG)

        assert [(one.row, one.column, one.what) for one in reading.problems][:1] == [
            (2, "opened_at", "'soon' is not a time"),
        ]
        assert reading.accepted_rows == 1


class TestLogInXes:
    def test_makes_the_same_rows(self, desk: Desk) -> None:
        reading = desk.read(XES, LOG, name="log.xes")

        assert rows_of(reading.accepted) == [{"_row": 1, **FIRST}, {"_row": 2, **SECOND}]
        assert (reading.rows, reading.counted, reading.format) == (2, 2, "xes")

    def test_is_read_apart_and_packed_as_well(self, desk: Desk) -> None:
        reading = desk.read_apart(packed(XES), LOG, name="log.xes.gz")

        assert rows_of(reading.accepted)[0] == {"_row": 1, **FIRST}

    def test_of_a_case_without_events_refuses_its_row(self, desk: Desk) -> None:
        reading = desk.read(xes(trace("C-9")), LOG, name="log.xes")

        assert [(one.row, one.column, one.what) for one in reading.problems] == [
            (1, "last", "the cell is empty"),
            (1, "opened_at", "the cell is empty"),
        ]

    def test_holds_cases_of_one_name_that_differ(self, desk: Desk) -> None:
        other = trace("C-1", event("opened", "2021-07-01T09:00:00Z"))

        reading = desk.read(
            xes(trace("C-1", event("opened", "2021-07-02T09:00:00Z")), other), LOG, name="log.xes"
        )

        assert [one.what for one in reading.problems] == ["rows 1 and 2 have the same key and differ"] * 2

    def test_is_refused_for_a_stream_that_is_not_made_of_events(self, desk: Desk) -> None:
        assert desk.refusal(XES, name="log.xes") == (
            "requests is not made of events. Send its rows as .csv or .xlsx."
        )


class TestNeededAttributes:
    def test_are_those_that_rows_are_made_of(self) -> None:
        log = plan(LOG).log

        assert log is not None
        assert needed_attributes(log) == ("case:concept:name", "time:timestamp", "case:desk", "concept:name")
