"""An archive where rows are taken in as the reading side hands them over, and asked for again."""

import datetime as dt
import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tallystick.evidence.civil_days import DAY, day_number
from tallystick.evidence.layout import Layout
from tallystick.evidence.reading import Reading, RowProblem
from tallystick.evidence.snapshot import Snapshot
from tallystick.evidence.store import Store
from tallystick.evidence.submissions import Origin, Receipt
from tallystick.rulebook.code import Code
from tallystick.rulebook.periods import Span
from tallystick.rulebook.streams import Stream

Row = Mapping[str, Any]
# Where many stores are made, one after another; they need not outlive a power cut.
IN_MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108  Linux's own
NOON = dt.time(12, tzinfo=dt.UTC)
CODE = Code(key="small", title="Small Code", short="SC", time_zone="Europe/London", calendar="england_wales")


def stream(key: str, columns: Mapping[str, str], **said: Any) -> Stream:
    """Return a stream; a column's type ends in ? where its cell may be empty."""
    named: dict[str, dict[str, Any]] = {}
    for name, kind in columns.items():
        named[name] = {"type": kind.rstrip("?"), "title": name, "required": "no" if "?" in kind else "yes"}
        if kind.startswith("enum"):
            named[name]["values"] = ["yes", "no"]
    told = {"key": key, "title": key, "clause": ["C1"], "source": "V1", "sender": ["ALFA"], "columns": named}
    return Stream.model_validate(told | said)


REQUESTS = stream(
    "requests",
    {
        "request_id": "id",
        "party": "text",
        "kind": "text?",
        "asked_at": "instant",
        "answered_at": "instant?",
        "due_on": "day?",
        "tries": "count?",
        "well": "enum?",
    },
    row_key=["request_id"],
    party="party",
    partition="asked_at",
    replaces=["party", "day"],
    sort=["kind", "party"],
)
METERS = stream(
    "meters",
    {"meter_id": "id", "from_at": "instant", "party": "text", "seen_on": "day", "until_at": "instant?"},
    row_key=["meter_id", "from_at"],
    party="party",
    partition="none",
    upsert="key",
    sort=["party"],
)
VISITS = stream(
    "visits",
    {"visit_id": "id", "party": "text", "area": "text", "on_day": "day", "left_at": "instant?"},
    row_key=["visit_id"],
    partition="on_day",
    replaces=["area", "day"],
    sort=["area"],
)
FORECASTS = stream(
    "forecasts",
    {"party": "text", "month": "day", "forecast": "count"},
    row_key=["party", "month"],
    party="party",
    partition="none",
    replaces=["party", "month"],
)


@dataclass
class Archive:
    """Takes files in as the reading side would hand them over; every file is told apart by its name."""

    folder: Path
    code: Code = CODE
    store: Store = field(init=False)

    def __post_init__(self) -> None:
        (self.folder / "scratch").mkdir(parents=True, exist_ok=True)
        self.store = Store.open(self.folder / "store", create=True)

    def read(self, stream: Stream, rows: Iterable[Row], name: str, **said: Any) -> tuple[Reading, Path]:
        """Return a reading of the rows, and the file they were sent in."""
        sent = self.folder / "scratch" / name
        sent.write_text(f"a file called {name}")
        listed = list(rows)
        accepted = sent.with_suffix(".arrow")
        table = typed(stream, listed)
        with pa.OSFile(str(accepted), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
            writer.write_table(table, max_chunksize=3)
        told: dict[str, Any] = {
            "accepted": accepted,
            "held": accepted,
            "refused": accepted,
            "problems": (),
            "rows": len(listed),
            "accepted_rows": len(listed),
            "held_rows": 0,
            "refused_rows": 0,
            "counted": len(listed),
            "format": "csv",
            "sha256": hashlib.sha256(sent.read_bytes()).hexdigest(),
            "size": sent.stat().st_size,
            "notes": (),
        }
        return Reading(**told | said), sent

    def send(
        self, stream: Stream, rows: Iterable[Row], name: str, *, on: str = "2021-08-02", **said: Any
    ) -> Receipt:
        """Receive rows: `on` is the day the file arrived; `party` and `period` go to its origin."""
        origin_said = {key: said.pop(key) for key in ("party", "period") if key in said}
        reading, sent = self.read(stream, rows, name, **said)
        return self.store.receive(reading, stream, self.code, origin(sent, on=on, **origin_said))

    def rows(self, stream: Stream, known_on: str | None = None) -> list[Row]:
        """Return the rows that stand, in words again."""
        day = dt.date.fromisoformat(known_on) if known_on else None
        snapshot = self.store.snapshot(self.code.key, known_on=day, zone=self.code.zone)
        return rows_of(snapshot, stream)

    def files(self) -> dict[str, bytes]:
        """Return every file of the store with its bytes."""
        return files_of(self.store.root)


def files_of(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def origin(
    sent: Path,
    *,
    on: str = "2021-08-02",
    party: str | None = None,
    period: str | None = None,
    taken_in: str | None = None,
) -> Origin:
    received = dt.datetime.combine(dt.date.fromisoformat(on), NOON)
    clock = dt.datetime.combine(dt.date.fromisoformat(taken_in or on), NOON)
    return Origin(sent, received, clock, party, Span.parse(period) if period else None)


def typed(stream: Stream, rows: Sequence[Row]) -> pa.Table:
    """Return rows as reading gives them; instants and days are written as ISO text."""
    schema = Layout.of(stream).typed()
    cells = {name: [_cell(row.get(name), schema.field(name).type) for row in rows] for name in schema.names}
    return pa.table(cells | {"_row": list(range(2, len(rows) + 2))}, schema)


def _cell(value: Any, kind: pa.DataType) -> Any:
    if isinstance(value, str) and pa.types.is_timestamp(kind):
        return dt.datetime.fromisoformat(value).astimezone(dt.UTC)
    return dt.date.fromisoformat(value) if isinstance(value, str) and pa.types.is_date(kind) else value


def rows_of(snapshot: Snapshot, stream: Stream) -> list[Row]:
    """Decode the files of a snapshot row by row, knowing only what the guide says of them."""
    found: list[Row] = []
    for day, file in snapshot.days(stream.key).items():
        halves = (pq.ParquetFile(path).read().to_pylist() for path in (file.main, file.ids))
        for main, beside in zip(*halves, strict=True):
            assert main["row"] == beside["row"]
            found.append(_decoded({**main, **beside}, day, snapshot, stream))
    return found


def _decoded(row: Row, day: dt.date | None, snapshot: Snapshot, stream: Stream) -> Row:
    plain: dict[str, Any] = {}
    for name, column in stream.columns.items():
        value = row[name]
        if column.type in ("text", "enum"):
            value = None if value is None else snapshot.labels(name)[value]
        elif column.type == "instant":
            base = _micros(row[stream.partition]) if stream.partition == "asked_at" else 0
            base = day_number(day) * DAY if stream.partition == "on_day" and day else base
            value = _micros(value) if isinstance(value, dt.datetime) else value
            value = value if value is None or name == stream.partition else value + base
        plain[name] = value
    return plain


def _micros(instant: dt.datetime) -> int:
    return (instant - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) // dt.timedelta(microseconds=1)


def in_words(stream: Stream, rows: Sequence[Row]) -> list[Row]:
    """Return rows as `rows_of` does: instants as microseconds, days as days, nothing as None."""
    plain = typed(stream, rows).drop_columns(["_row"]).to_pylist()
    return [
        {name: _micros(cell) if isinstance(cell, dt.datetime) else cell for name, cell in row.items()}
        for row in plain
    ]


def request(key: str, party: str, at: str, **cells: Any) -> Row:
    return {"request_id": key, "party": party, "asked_at": at, **cells}


JULY = [
    request("R-1", "ALFA", "2021-07-01T10:00+01:00", kind="gas", answered_at="2021-07-03T10:00+01:00"),
    request("R-2", "BRVO", "2021-07-01T11:00+01:00", well="yes", tries=2),
    request("R-3", "BRVO", "2021-07-02T11:00+01:00", well="no", due_on="2021-07-09"),
    request("R-4", "ALFA", "2021-07-31T23:59:59+01:00", kind="air"),
]


def stands(archive: Archive, rows: Sequence[Row], known_on: str | None = None) -> bool:
    """Tell whether these requests and no others stand."""
    found = archive.rows(REQUESTS, known_on)
    return sorted(found, key=str) == sorted(in_words(REQUESTS, rows), key=str)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path)


@pytest.fixture
def problem() -> RowProblem:
    return RowProblem(4, "party", "refused", "nothing stands here", "a party")
