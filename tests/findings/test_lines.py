from pathlib import Path
from typing import Any

from tallystick.findings.lines import exception_lines
from tallystick.rulebook.periods import Span
from tallystick.rulebook.rulebook import Rulebook
from tests.measures.test_known import known

JULY = Span.parse("2021-07")
REQUEST = {"srv": "1.1.1", "mode": "on_demand", "region": "north", "outcome": "failure"}


def requests(*cells: dict[str, str]) -> list[dict[str, Any]]:
    return [{**REQUEST, "request_id": f"R{number}", **one} for number, one in enumerate(cells)]


class TestExceptionLines:
    def test_give_the_key_the_subject_the_day_and_why(self, sec: Rulebook, tmp_path: Path) -> None:
        rows = requests(
            {"party": "ALFA", "received_at": "2021-07-01T22:59:00Z", "delivered_at": "2021-07-01T23:30:00Z"},
            {"party": "BRVO", "received_at": "2021-07-01T23:00:00Z"},
            {"party": "BRVO", "received_at": "2021-07-02T10:00:00Z", "delivered_at": "2021-07-02T10:00:30Z"},
            {"party": "BRVO", "received_at": "2021-07-31T23:00:00Z"},
        )

        lines = exception_lines(
            known(sec, tmp_path, service_requests=rows), sec.measures["DSP-PM1.4"], JULY, subject="party"
        )

        assert [(line.key, line.subject, line.day, line.why) for line in lines] == [
            ("R0", "ALFA", "2021-07-01", "later than its limit"),
            ("R1", "BRVO", "2021-07-02", "not done within its limit"),
        ]

    def test_stop_at_the_most_of_each_subject(self, sec: Rulebook, tmp_path: Path) -> None:
        rows = requests(
            *[{"party": party, "received_at": "2021-07-01T10:00:00Z"} for party in ("ALFA", "BRVO") * 5]
        )

        lines = exception_lines(
            known(sec, tmp_path, service_requests=rows),
            sec.measures["DSP-PM1.4"],
            JULY,
            subject="party",
            most=3,
        )

        assert sorted(line.subject for line in lines) == ["ALFA"] * 3 + ["BRVO"] * 3

    def test_write_instants_of_a_key_in_utc(self, sec: Rulebook, tmp_path: Path) -> None:
        meter = {"device_kind": "esme", "mpxn": "M1", "party": "ALFA", "model": "X", "firmware": "1"}
        rows = [
            {**meter, "device_id": "D1", "from_at": "2021-07-01T00:00:00+01:00"},
            {**meter, "device_id": "D2", "from_at": "2021-07-02T00:00:00+01:00"},
        ]

        lines = exception_lines(
            known(sec, tmp_path, inventory=rows), sec.measures["AREA-E1"], JULY, subject="party"
        )

        assert [line.key for line in lines] == ["D2|2021-07-01T23:00:00Z"]

    def test_are_none_for_a_measure_that_does_not_fail_row_by_row(
        self, sec: Rulebook, tmp_path: Path
    ) -> None:
        assert exception_lines(known(sec, tmp_path), sec.measures["CPM6"], JULY, subject=None) == []
