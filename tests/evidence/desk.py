"""Streams, and a way to read a file of a few lines for them."""

import datetime as dt
import gzip
from pathlib import Path
from typing import Any

import pyarrow as pa
import xlsxwriter

from tallystick.evidence.here import run_here
from tallystick.evidence.plan import Plan
from tallystick.evidence.reading import How, Reading, UnableToRead, plan_of, read_file, read_with
from tallystick.rulebook.code import Code
from tallystick.rulebook.streams import Stream

RECEIVED = dt.datetime(2021, 8, 5, 9, 0, tzinfo=dt.UTC)
CODE = Code.model_validate(
    {"key": "small", "title": "Small Code", "short": "SC", "time_zone": "Europe/London", "calendar": "days"}
)


def column(kind: str, *, required: bool = True, **said: Any) -> dict[str, Any]:
    return {"type": kind, "title": kind, "required": required, **said}


def stream(columns: dict[str, Any], **said: Any) -> Stream:
    given = {
        "key": "requests",
        "title": "Requests",
        "clause": ["C1"],
        "source": "V1",
        "sender": ["ALFA"],
        "row_key": [next(iter(columns))],
        "partition": "none",
        "upsert": "key",
    }
    return Stream.model_validate({**given, **said, "columns": columns})


REQUESTS = stream(
    {
        "request_id": column("id"),
        "party": column("text"),
        "mode": column("enum", values=["on_demand", "future_dated", "scheduled"]),
        "asked_at": column("instant"),
        "answered_at": column("instant", required=False),
        "due_on": column("day", required=False),
        "done": column("count", required=False),
        "of": column("count", required=False),
        "change": column("count", required=False, signed=True),
    },
    party="party",
    partition="asked_at",
    upsert=None,
    replaces=["party", "day"],
    holds=[
        {"in_order": ["asked_at", "answered_at"], "because": "an answer follows its request"},
        {"at_most": ["done", "of"], "because": "a part is not more than its whole"},
    ],
)
NAMES = tuple(REQUESTS.columns)
HEADER = ",".join(NAMES)
GOOD = "R-1,ALFA,on_demand,2021-07-01T09:30:00Z,2021-07-01T09:31:00Z,2021-07-02,1,2,-3"

LOG = stream(
    {
        "case_id": column("id"),
        "desk": column("text", required=False),
        "opened_at": column("instant"),
        "closed_at": column("instant", required=False),
        "last": column("text"),
    },
    key="cases",
    event_log={
        "case": "case:concept:name",
        "at": "time:timestamp",
        "takes": {
            "case_id": {"attribute": "case:concept:name"},
            "desk": {"attribute": "case:desk", "empty": ["NONE"]},
            "opened_at": {"attribute": "time:timestamp", "of": "first"},
            "closed_at": {
                "attribute": "time:timestamp",
                "of": "last",
                "where": {"concept:name": ["closed", "settled"]},
            },
            "last": {"attribute": "concept:name", "of": "last"},
        },
    },
)


def row(**said: str) -> str:
    """Return a good line with some of its cells changed."""
    cells = dict(zip(NAMES, GOOD.split(","), strict=True))
    return ",".join((cells | said).values())


def csv_of(*lines: str, header: str = HEADER) -> bytes:
    return "".join(f"{line}\n" for line in (header, *lines)).encode()


def packed(content: bytes) -> bytes:
    return gzip.compress(content, 1, mtime=0)


class Desk:
    """Reads what is put on it; small files without the cost of processes of their own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = 0

    def put(self, content: bytes) -> Path:
        """Keep a file as a desk does: under a name of its own, not the sender's."""
        file = self.scratch() / "received"
        file.write_bytes(content)
        return file

    def read(self, content: bytes, what: Stream = REQUESTS, **how: Any) -> Reading:
        return read_with(run_here, self.put(content), what, CODE, scratch=self.scratch(), how=how_of(**how))

    def read_apart(self, content: bytes, what: Stream = REQUESTS, **how: Any) -> Reading:
        return read_file(self.put(content), what, CODE, scratch=self.scratch(), how=how_of(**how))

    def refusal(self, content: bytes, what: Stream = REQUESTS, **how: Any) -> str:
        """Return why the file as a whole is refused."""
        try:
            reading = self.read(content, what, **how)
        except UnableToRead as refusal:
            return str(refusal)
        raise AssertionError(f"the file was read as {reading.rows} rows")

    def scratch(self) -> Path:
        self._files += 1
        folder = self._folder / f"{self._files}"
        folder.mkdir()
        return folder

    def workbook(self, *rows: list[Any], header: tuple[str, ...] = NAMES) -> bytes:
        """Return a workbook of one sheet; strings stay strings, whatever they look like."""
        file = self.scratch() / "made.xlsx"
        with xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
            sheet = book.add_worksheet("Sent")
            moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
            for number, cells in enumerate([list(header), *rows]):
                for place, cell in enumerate(cells):
                    if isinstance(cell, dt.date | dt.time):
                        sheet.write_datetime(number, place, cell, moment)
                    else:
                        sheet.write(number, place, cell)
        return file.read_bytes()


def how_of(**said: Any) -> How:
    return How(**{"received_at": RECEIVED, "name": "sent.csv", **said})


def plan(what: Stream = REQUESTS, format_: str = "csv", **how: Any) -> Plan:
    return plan_of(what, CODE, how_of(**how), format_)


def rows_of(file: Path) -> list[dict[str, Any]]:
    with pa.memory_map(str(file)) as mapped:
        rows: list[dict[str, Any]] = pa.ipc.open_file(mapped).read_all().to_pylist()
    return rows


def told(reading: Reading) -> list[str]:
    """Return the problems of a reading, one line each."""
    return [f"{one.state}: {one}" for one in reading.problems]
