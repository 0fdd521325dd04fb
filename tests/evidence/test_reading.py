"""Files of requests, read from end to end."""

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

import pytest

from tallystick.evidence.apart import Answer, Progress
from tallystick.evidence.plan import Plan
from tallystick.evidence.reading import How, Reading, Run, UnableToRead, read_file, read_with
from tests.evidence.desk import (
    CODE,
    GOOD,
    HEADER,
    NAMES,
    RECEIVED,
    REQUESTS,
    Desk,
    csv_of,
    packed,
    row,
    rows_of,
    told,
)

READ = {
    "_row": 2,
    "request_id": "R-1",
    "party": "ALFA",
    "mode": "on_demand",
    "asked_at": dt.datetime(2021, 7, 1, 9, 30, tzinfo=dt.UTC),
    "answered_at": dt.datetime(2021, 7, 1, 9, 31, tzinfo=dt.UTC),
    "due_on": dt.date(2021, 7, 2),
    "done": 1,
    "of": 2,
    "change": -3,
}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


class TestReadFile:
    def test_types_the_rows_of_a_file_in_a_process_of_its_own(self, desk: Desk) -> None:
        content = csv_of(GOOD)

        reading = desk.read_apart(content)

        assert rows_of(reading.accepted) == [READ]
        assert rows_of(reading.held) == []
        assert reading.refused.read_text(encoding="utf-8") == f"{HEADER},problem\n"
        assert (reading.rows, reading.accepted_rows, reading.counted) == (1, 1, 1)
        assert (reading.format, reading.size) == ("csv", len(content))
        assert reading.sha256 == hashlib.sha256(content).hexdigest()

    def test_leaves_nothing_in_its_folder_but_the_answer(self, desk: Desk) -> None:
        reading = desk.read_apart(csv_of(GOOD, GOOD))

        left = sorted(path.name for path in reading.accepted.parent.iterdir())
        assert left == ["accepted.arrow", "held.arrow", "refused.csv"]

    def test_reads_gzip_as_what_it_unpacks_to(self, desk: Desk) -> None:
        reading = desk.read_apart(packed(csv_of(GOOD)), name="sent.csv.gz")

        assert rows_of(reading.accepted) == [READ]

    def test_reads_a_workbook(self, desk: Desk) -> None:
        moment = dt.datetime(2021, 7, 1, 10, 30)  # noqa: DTZ001  a spreadsheet knows no offset
        cells = ["R-1", "ALFA", "on_demand", moment, moment + dt.timedelta(minutes=1), "2021-07-02", 1, 2, -3]

        reading = desk.read_apart(desk.workbook(cells), name="sent.xlsx")

        assert rows_of(reading.accepted) == [READ]
        assert reading.counted == 1

    def test_takes_the_columns_in_any_order(self, desk: Desk) -> None:
        turned = [",".join(reversed(line.split(","))) for line in (GOOD,)]

        reading = desk.read(csv_of(*turned, header=",".join(reversed(NAMES))))

        assert rows_of(reading.accepted) == [READ]

    def test_puts_every_row_in_one_of_three_places(self, desk: Desk) -> None:
        late = row(request_id="R-2", asked_at="2021-09-01T00:00:00Z", answered_at="")
        wrong = row(request_id="R-3", mode="on demand", done="1.5")

        reading = desk.read(csv_of(GOOD, late, wrong, "R-4,ALFA"))

        assert (reading.rows, reading.accepted_rows, reading.held_rows, reading.refused_rows) == (4, 1, 1, 2)
        assert told(reading) == [
            (
                "held: row 3, column asked_at: later than the file was received; "
                "expected nothing later than the moment the file was received"
            ),
            (
                "refused: row 4, column done: '1.5' is not a count; "
                "expected a whole number in digits alone, such as 1200"
            ),
            (
                "refused: row 4, column mode: 'on demand' is not a known value; "
                "expected one of on_demand, future_dated, scheduled; did you mean 'on_demand'?"
            ),
            "refused: row 5: the row has 2 cells; expected 9 cells, one for each column of the header",
        ]
        assert [one["_row"] for one in rows_of(reading.held)] == [3]

    def test_gives_refused_rows_back_as_they_were_sent(self, desk: Desk) -> None:
        wrong = row(request_id=" R-3 ", mode="=cmd|'/c calc'!A1")

        reading = desk.read(csv_of(wrong, "R-4,ALFA"))

        _, first, second = reading.refused.read_text(encoding="utf-8").splitlines()
        assert first.startswith(" R-3 ,ALFA,'=cmd|'/c calc'!A1,2021-07-01T09:30:00Z,")
        assert "is not a known value; expected one of on_demand" in first
        assert second == (
            'R-4,ALFA,,,,,,,,"the row has 2 cells; expected 9 cells, one for each column of the header"'
        )

    def test_reads_what_it_gave_back(self, desk: Desk) -> None:
        first = desk.read(csv_of(row(request_id="=1", done="1.5")))
        given_back = first.refused.read_text(encoding="utf-8").replace("1.5", "1")

        again = desk.read(given_back.encode())

        assert rows_of(again.accepted) == [READ | {"request_id": "=1"}]
        assert again.notes == ("The column problem of an earlier answer was not read.",)

    def test_says_which_submission_a_file_corrects(self, desk: Desk) -> None:
        reading = desk.read(csv_of(f"{GOOD},E-12ab34cd56", header=f"{HEADER},correction_of"))

        assert reading.correction_of == "E-12ab34cd56"

    def test_refuses_to_correct_two_submissions_at_once(self, desk: Desk) -> None:
        lines = [f"{GOOD},E-1", f"{row(request_id='R-2')},E-2"]

        why = desk.refusal(csv_of(*lines, header=f"{HEADER},correction_of"))

        assert why.startswith("The column correction_of names one submission, the same on every row;")

    def test_refuses_rows_of_another_without_telling_whose(self, desk: Desk) -> None:
        lines = [row(request_id=f"R-{number}", party="BRVO") for number in range(12)]

        why = desk.refusal(csv_of(GOOD, *lines), party="ALFA")

        assert why == "12 rows belong to a different party than your submission; nothing was taken in."

    def test_notes_that_a_file_has_no_rows(self, desk: Desk) -> None:
        reading = desk.read(csv_of())

        assert reading.rows == reading.counted == 0
        assert reading.notes == ("The file has a header and no rows.",)

    def test_refuses_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(UnableToRead, match="could not be opened: No such file"):
            read_file(tmp_path / "x.csv", REQUESTS, CODE, scratch=tmp_path, how=How(RECEIVED))

    def test_holds_what_the_stream_doubts(self, desk: Desk) -> None:
        backwards = row(answered_at="2021-07-01T09:29:59Z")
        more = row(request_id="R-2", done="3")

        reading = desk.read(csv_of(backwards, more), what=REQUESTS)

        assert [(one.row, one.column, one.state, one.what) for one in reading.problems] == [
            (2, "answered_at", "held", "an answer follows its request"),
            (3, "done", "held", "a part is not more than its whole"),
        ]


def answering(**found: Any) -> Run:
    """Return a way to run jobs that has its answers ready."""
    usual = {"rows": 1, "accepted": 1, "held": 0, "refused": 0, "again": False, "problems": [], "notes": []}

    def run(
        plan: Plan, file: Path, scratch: Path, jobs: dict[str, dict[str, Path]], progress: Progress | None
    ) -> dict[str, Answer]:
        if found.pop("grows", False):
            with file.open("ab") as more:
                more.write(b"x")
        return {"read": {**usual, "correction_of": "", **found}, "count": {"counted": 1}}

    return run


class TestReadWith:
    def read(self, tmp_path: Path, run: Run) -> Reading:
        file = Desk(tmp_path).put(csv_of(GOOD))
        return read_with(run, file, REQUESTS, CODE, scratch=tmp_path, how=How(RECEIVED, name="sent.csv"))

    def test_refuses_a_file_whose_rows_do_not_add_up(self, tmp_path: Path) -> None:
        with pytest.raises(UnableToRead, match="was read as 2 rows and counted as 1; nothing was taken in"):
            self.read(tmp_path, answering(rows=2, accepted=2))

    def test_refuses_a_file_that_changes_meanwhile(self, tmp_path: Path) -> None:
        with pytest.raises(UnableToRead, match="changed while it was read"):
            self.read(tmp_path, answering(grows=True))

    def test_words_what_broke_without_a_trace(self, tmp_path: Path) -> None:
        with pytest.raises(UnableToRead, match=r"could not be read \(XmlError\)\. It may be damaged"):
            self.read(tmp_path, answering(broken="XmlError"))

    def test_notes_where_the_machine_gave_no_network_apart(self, tmp_path: Path) -> None:
        assert self.read(tmp_path, answering(apart=False)).notes == (
            "This machine did not allow the reader a network of its own; it could open no socket.",
        )
