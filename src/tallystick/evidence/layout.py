"""The shape of one stream's rows, as the store keeps it: what is a label, what identifies a row.

A layout is written down with every submission, so that a store can be folded and read long after the
rulebook that filled it has changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from tallystick.rulebook.streams import ColumnType, Stream

ROW = "row"
FILE_ROW = "_row"
SUBMISSION = "_submission"
DAY_SUFFIX = "__day"
UNDIVIDED = "none"

INSTANT = pa.timestamp("us", tz="UTC")
TYPED: Mapping[str, pa.DataType] = {
    "id": pa.string(),
    "text": pa.string(),
    "enum": pa.string(),
    "count": pa.int64(),
    "day": pa.date32(),
    "instant": INSTANT,
}


@dataclass(frozen=True)
class Layout:
    """Which columns a stream has, how its days are cut and sorted, and what a new file replaces.

    `replaces` is empty where a new file replaces row by row. `party` is the column of the party, if any.
    """

    stream: str
    partition: str
    row_key: tuple[str, ...]
    sort: tuple[str, ...]
    replaces: tuple[str, ...]
    party: str | None
    columns: Mapping[str, ColumnType]

    @classmethod
    def of(cls, stream: Stream) -> "Layout":
        return cls(
            stream=stream.key,
            partition=stream.partition,
            row_key=stream.row_key,
            sort=stream.sort,
            replaces=stream.replaces,
            party=stream.party,
            columns={name: column.type for name, column in stream.columns.items()},
        )

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Layout":
        return cls(
            stream=value["stream"],
            partition=value["partition"],
            row_key=tuple(value["row_key"]),
            sort=tuple(value["sort"]),
            replaces=tuple(value["replaces"]),
            party=value["party"],
            columns=dict(value["columns"]),
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "stream": self.stream,
            "partition": self.partition,
            "row_key": list(self.row_key),
            "sort": list(self.sort),
            "replaces": list(self.replaces),
            "party": self.party,
            "columns": [[name, kind] for name, kind in self.columns.items()],
        }

    @property
    def is_divided(self) -> bool:
        """Whether the stream is kept day by day."""
        return self.partition != UNDIVIDED

    @property
    def is_cut_by_instant(self) -> bool:
        return self.is_divided and self.columns[self.partition] == "instant"

    @property
    def replaces_by_day(self) -> bool:
        """Whether a file replaces only rows of the days it speaks of."""
        return self.is_divided and "day" in self.replaces

    @property
    def scope(self) -> tuple[str, ...]:
        """The columns a file's replacing is judged by, besides the day."""
        spoken = self.is_divided or "day" not in self.columns
        return tuple(name for name in self.replaces if not (name == "day" and spoken))

    @property
    def labelled(self) -> tuple[str, ...]:
        """The columns kept as codes."""
        return self._of("text", "enum")

    @property
    def ids(self) -> tuple[str, ...]:
        """The columns kept beside the main file."""
        return self._of("id")

    def _of(self, *kinds: str) -> tuple[str, ...]:
        return tuple(name for name, kind in self.columns.items() if kind in kinds)

    def typed(self) -> pa.Schema:
        """Return the schema of rows as reading hands them over."""
        fields = [(name, TYPED[kind]) for name, kind in self.columns.items()]
        return pa.schema([(FILE_ROW, pa.int64()), *fields])

    def main(self) -> pa.Schema:
        """Return the schema of a main file: what measures read."""
        return pa.schema([(ROW, pa.int32()), *self._main_fields()])

    def beside(self) -> pa.Schema:
        """Return the schema of a side file: ids, the partition instant, and where each row came from."""
        cut: list[tuple[str, pa.DataType]] = []
        if self.is_divided:
            cut.append((self.partition + DAY_SUFFIX, pa.date32()))
        if self.is_cut_by_instant:
            cut.append((self.partition, INSTANT))
        origin = [(SUBMISSION, pa.dictionary(pa.int32(), pa.string())), (FILE_ROW, pa.int64())]
        return pa.schema([(ROW, pa.int32()), *[(name, pa.string()) for name in self.ids], *cut, *origin])

    def _main_fields(self) -> list[tuple[str, pa.DataType]]:
        fields: list[tuple[str, pa.DataType]] = []
        for name, kind in self.columns.items():
            if kind in ("text", "enum"):
                fields.append((name, pa.int32()))
            elif kind == "count":
                fields.append((name, pa.int64()))
            elif kind == "day":
                fields += [(name, pa.date32()), (name + DAY_SUFFIX, pa.date32())]
            elif kind == "instant":
                kept = [] if name == self.partition else [(name, pa.int64())]
                fields += [*kept, (name + DAY_SUFFIX, pa.date32())]
        return fields
