"""A small store, filled through the product's own doors, and what is known of it."""

import csv
import datetime as dt
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa

from tallystick.evidence.here import run_here
from tallystick.evidence.reading import How, read_with
from tallystick.evidence.rows import connect
from tallystick.evidence.store import Store
from tallystick.evidence.submissions import Origin, Receipt
from tallystick.measures.counted import CHANGES_ON, DEPENDS, OPEN, SUMS
from tallystick.measures.known import Known
from tallystick.rulebook.periods import Span
from tallystick.rulebook.rulebook import Rulebook

# Where many stores are made, one after another; they need not outlive a power cut.
IN_MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108  Linux's own
NOON = dt.time(12, tzinfo=dt.UTC)
LONDON = ZoneInfo("Europe/London")
Row = Mapping[str, Any]


@dataclass
class World:
    """Files are sent to it and taken in at once; `kept` is where sums and duties are kept."""

    book: Rulebook
    folder: Path
    store: Store = field(init=False)
    connection: Any = field(init=False)
    sent: int = 0

    def __post_init__(self) -> None:
        self.store = Store.open(self.folder / "store", create=True)
        self.connection = connect(self.store.root)

    @property
    def kept(self) -> Path:
        return self.store.root / "partials" / "sec"

    def send(
        self, stream: str, rows: Iterable[Row], on: str, period: str | None = None, **of: str
    ) -> Receipt:
        """Receive a file; `of` may give every row one more column, such as `correction_of`."""
        self.sent += 1
        scratch = self.folder / f"scratch-{self.sent}"
        scratch.mkdir()
        file, definition = scratch / "sent.csv", self.book.streams[stream]
        with file.open("w", encoding="utf-8", newline="") as opened:
            writer = csv.DictWriter(opened, [*definition.columns, *of], restval="")
            writer.writeheader()
            writer.writerows({**row, **of} for row in rows)
        received = dt.datetime.combine(dt.date.fromisoformat(on), NOON)
        how = How(received_at=received)
        reading = read_with(run_here, file, definition, self.book.code, scratch=scratch, how=how)
        assert reading.accepted_rows == reading.rows, reading.problems
        origin = Origin(file, received, received, period=Span.parse(period) if period else None)
        return self.store.receive(reading, definition, self.book.code, origin)

    def known(self, on: str, *, keeping: bool = True) -> Known:
        day = dt.date.fromisoformat(on)
        snapshot = self.store.snapshot("sec", known_on=day, zone=self.book.code.zone)
        return Known(self.book, snapshot, self.connection, day, self.kept if keeping else None)

    def files(self, folder: str) -> dict[str, bytes]:
        """Return what is kept in a folder of the store."""
        root = self.store.root / folder
        return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def with_measure(book: Rulebook, key: str, **changes: Any) -> Rulebook:
    """Return the rulebook with one measure changed."""
    return replace(book, measures={**book.measures, key: book.measures[key].model_copy(update=changes)})


def with_stream(book: Rulebook, key: str, **changes: Any) -> Rulebook:
    """Return the rulebook with one stream changed."""
    return replace(book, streams={**book.streams, key: book.streams[key].model_copy(update=changes)})


def added_up(table: pa.Table) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """Return the sums of each day and group, however many rows a table tells them in."""
    sums = [*SUMS, DEPENDS]
    groups = [name for name in table.column_names if name not in (*sums, CHANGES_ON, "doubtful")]
    found = table.group_by(groups).aggregate([*((name, "sum") for name in sums), (CHANGES_ON, "min")])
    return dict(_rows(found.to_pylist(), groups, sums))


def _rows(listed: list[Row], groups: list[str], sums: list[str]) -> Iterator[tuple[Any, Any]]:
    for row in listed:
        counts = [row[f"{name}_sum"] for name in sums]
        changes = row[f"{CHANGES_ON}_min"] if row[f"{OPEN}_sum"] else None
        yield tuple(row[name] for name in groups), (*counts, changes)


def event(at: str, activity: str, device: str = "D1", **cells: str) -> dict[str, Any]:
    """Return an event of a device at a civil time of London."""
    return {
        "event_id": f"{device}-{activity}-{at}",
        "device_id": device,
        "device_kind": "esme",
        "party": "ALFA",
        "activity": activity,
        "at": dt.datetime.fromisoformat(at).replace(tzinfo=LONDON).isoformat(),
        **cells,
    }


def hub(day: int, name: str, connected: int | None = None, **cells: str) -> dict[str, Any]:
    """Return the installation of a hub, and the day it was connected."""
    return {
        "install_id": f"{name}-{day}",
        "hub_id": name,
        "party": "ALFA",
        "region": "north",
        "area": "ALFA",
        "variant": "V",
        "installed_at": f"2021-07-{day:02}T10:00:00Z",
        "connected_at": f"2021-07-{connected or day:02}T11:00:00Z",
        "outcome": "install_success",
        **cells,
    }
