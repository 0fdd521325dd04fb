"""What a run knows: a rulebook, a snapshot of the evidence, and the day it is asked as of."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
from ibis import Table

from tallystick.evidence.rows import open_rows
from tallystick.evidence.snapshot import Snapshot
from tallystick.measures.civil import ONE_DAY, midnight
from tallystick.measures.source import EXCLUDED, UNTIL, Asked, Source, marked
from tallystick.rulebook.rulebook import Rulebook
from tallystick.rulebook.streams import Stream

EXCEPTIONS = "exceptions"


@dataclass(frozen=True)
class Known:
    """The evidence known on a day, opened as sources with exceptions marked.

    `partials` is where sums that were computed before are kept, or None to keep nothing.
    """

    rulebook: Rulebook
    snapshot: Snapshot
    connection: Any
    known_on: dt.date
    partials: Path | None = None
    _exclusions: dict[str, Table | None] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def asked(self) -> Asked:
        """The end of the day of knowledge, as an instant."""
        return Asked(self.known_on, midnight(self.known_on + ONE_DAY, self.rulebook.code.zone))

    def has(self, stream: str) -> bool:
        """Tell whether any row of the stream is known."""
        return bool(self.snapshot.days(stream))

    def source(self, stream: str, days: Iterable[dt.date] | None = None, *, placed: bool = False) -> Source:
        """Return the stream's rows of the days (all of them by default); `placed` adds ids and instants."""
        definition = self.rulebook.streams[stream]
        chosen = None if days is None or definition.partition == "none" else list(days)
        table = open_rows(self.connection, self.snapshot, definition, chosen, ids=placed)
        every = [day for day in self.snapshot.days(stream) if day is not None]
        last = max((day for day in every if chosen is None or day in chosen), default=None)
        bare = Source(definition, table, self.snapshot.labels, placed=placed, last_day=last)
        exclusions = self._excluded(definition)
        if exclusions is None:
            return bare
        return bare.over(marked(bare.table, exclusions.mutate(**{EXCLUDED: True}), bare.place))

    @cached_property
    def _listed(self) -> tuple[dict[str, Any], ...]:
        return tuple(self._exception_list())

    def exceptions(self) -> tuple[dict[str, Any], ...]:
        """Return the exception list as it is known: stream, row key, reason, approver, end."""
        return self._listed

    def _exception_list(self) -> list[dict[str, Any]]:
        if EXCEPTIONS not in self.rulebook.streams or not self.has(EXCEPTIONS):
            return []
        definition = self.rulebook.streams[EXCEPTIONS]
        rows = open_rows(self.connection, self.snapshot, definition, None, ids=True).to_pyarrow().to_pylist()
        coded = [name for name, column in definition.columns.items() if column.type in ("enum", "text")]
        for row in rows:
            for name in coded:
                row[name] = None if row[name] is None else self.snapshot.labels(name)[row[name]]
        return sorted(rows, key=lambda row: (row["stream"], row["row_key"]))

    def _excluded(self, stream: Stream) -> Table | None:
        """Return where the stream's excluded rows stand, and until when each is excluded."""
        if stream.key not in self._exclusions:
            listed = [row for row in self.exceptions() if row["stream"] == stream.key]
            self._exclusions[stream.key] = self._found(stream, listed) if listed else None
        return self._exclusions[stream.key]

    def _found(self, stream: Stream, listed: Sequence[Mapping[str, Any]]) -> Table | None:
        if stream.key == EXCEPTIONS or not self.has(stream.key):
            return None
        table = open_rows(self.connection, self.snapshot, stream, None, ids=True)
        source = Source(stream, table, self.snapshot.labels, placed=True)
        keys = ibis.memtable(_keys(source, listed))
        found = table.inner_join(keys, [table[name] == keys[f"{name}__key"] for name in stream.row_key])
        placed = found.select(*source.place, UNTIL).to_pyarrow()
        return ibis.memtable(placed) if placed.num_rows else None


def _keys(source: Source, listed: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Return the listed row keys in the stream's own types and codes."""
    names = source.stream.row_key
    columns: dict[str, list[Any]] = {f"{name}__key": [] for name in names}
    until: list[Any] = []
    for row in listed:
        cells = str(row["row_key"]).split("|")
        if len(cells) != len(names):
            continue
        for name, cell in zip(names, cells, strict=True):
            columns[f"{name}__key"].append(_cell(source, name, cell))
        until.append(row.get("until_on"))
    types = {f"{name}__key": _type(source, name) for name in names}
    arrays = {name: pa.array(cells, types[name]) for name, cells in columns.items()}
    return pa.table({**arrays, UNTIL: pa.array(until, pa.date32())})


def _type(source: Source, name: str) -> pa.DataType:
    """Return how a key column stands in the rows: the instant that they are cut by is a whole one."""
    if name == source.stream.partition and source.stream.columns[name].type == "instant":
        return pa.timestamp("us", "UTC")
    return _TYPES[source.stream.columns[name].type]


_TYPES = {
    "id": pa.string(),
    "text": pa.int32(),
    "enum": pa.int32(),
    "day": pa.date32(),
    "count": pa.int64(),
    "instant": pa.int64(),
}


def _cell(source: Source, name: str, cell: str) -> Any:
    kind = source.stream.columns[name].type
    if kind in ("text", "enum"):
        return source.code(name, cell)
    if kind == "instant":
        moment = dt.datetime.fromisoformat(cell)
        return (moment - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) // dt.timedelta(microseconds=1)
    if kind == "day":
        return dt.date.fromisoformat(cell)
    return int(cell) if kind == "count" else cell
