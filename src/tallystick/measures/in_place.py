"""Rows of evidence files read as they lie, where asking the engine would take longer than reading.

The two files of a day have the same rows in the same order: what a condition picks in one, a place picks in
the other, and ids are read only where something was picked. `Source` says the same of the engine's tables.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tallystick.evidence.civil_days import Day
from tallystick.evidence.layout import ROW, Layout
from tallystick.evidence.snapshot import DayFile, Snapshot
from tallystick.measures.keys import each
from tallystick.rulebook.measures import AtLeastAtMost, Where
from tallystick.rulebook.streams import Stream

Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Wanted:
    """What is wanted of the rows that meet a condition in some days' files.

    `columns` are those of either file; `instants` says under which names which instants are wanted too, in
    microseconds since the Unix epoch.
    """

    days: Collection[Day]
    where: Where
    columns: tuple[str, ...]
    instants: Mapping[str, str]


def can_be_read(stream: Stream) -> bool:
    """Tell whether a stream's instants are those of its files: it is cut by an instant, or not at all."""
    layout = Layout.of(stream)
    return layout.is_cut_by_instant or not layout.is_divided


def picked(snapshot: Snapshot, stream: Stream, several: Sequence[Wanted]) -> list[dict[Day, pa.Table]]:
    """Return what is wanted, for each day that has a file, in the order of its rows; a file is read once."""
    reader = _Reader(snapshot, stream)
    files = [
        file for day, file in snapshot.days(stream.key).items() if any(day in one.days for one in several)
    ]
    found = each(lambda file: reader.read(file, [one for one in several if file.day in one.days]), files)
    tables = {file.day: iter(one) for file, one in zip(files, found, strict=True)}
    return [{file.day: next(tables[file.day]) for file in files if file.day in one.days} for one in several]


class _Reader:
    """Reads the files of one stream."""

    def __init__(self, snapshot: Snapshot, stream: Stream) -> None:
        layout = Layout.of(stream)
        self._snapshot = snapshot
        self._partition = stream.partition if layout.is_divided else None
        self._main = {one.name: one.type for one in layout.main()}
        self._ids = {one.name: one.type for one in layout.beside() if one.name not in self._main}
        if self._partition:
            self._ids[self._partition] = pa.int64()

    def read(self, file: DayFile, several: Sequence[Wanted]) -> list[pa.Table]:
        """Return what is wanted of one file."""
        main = self._columns(file.main, file.rows, self._main, set().union(*map(self._read_first, several)))
        places = [self._meeting(main, file.rows, one.where) for one in several]
        names = [name for one, rows in zip(several, places, strict=True) if len(rows) for name in one.columns]
        ids = {name for name in names if name in self._ids}
        if names and self._partition and any(one.instants for one in several):
            ids.add(self._partition)
        beside = self._columns(file.ids, file.rows, self._ids, ids) if any(map(len, places)) else {}
        return [self._told(one, rows, main, beside) for one, rows in zip(several, places, strict=True)]

    def _read_first(self, wanted: Wanted) -> set[str]:
        """Return the columns of the main file that are needed."""
        names = {*wanted.where, *wanted.columns, *wanted.instants.values()}
        return {name for name in names if name in self._main and name != ROW}

    def _columns(
        self, file: Path, rows: int, kinds: Mapping[str, pa.DataType], names: Collection[str]
    ) -> dict[str, pa.ChunkedArray]:
        """Return columns of a file; one that it lacks is empty."""
        if not names:
            return {}
        with pq.ParquetFile(file) as opened:
            there = [name for name in names if name in opened.schema_arrow.names]
            table = opened.read(columns=there, use_threads=False)
        missing = {name: pa.chunked_array([pa.nulls(rows, kinds[name])]) for name in names}
        found = {**missing, **{name: table[name] for name in there}}
        return {name: column.cast(kinds[name]) for name, column in found.items()}

    def _meeting(self, main: Mapping[str, pa.ChunkedArray], rows: int, where: Where) -> Places:
        """Return the places of the rows that meet every condition; an absent value meets none."""
        met = None
        for column, condition in where.items():
            one = self._met(main[column], column, condition)
            met = one if met is None else pc.and_(met, one)
        if met is None:
            return np.arange(rows)
        return np.flatnonzero(pc.fill_null(met, False).to_numpy())

    def _met(self, values: pa.ChunkedArray, column: str, condition: object) -> pa.ChunkedArray:
        if isinstance(condition, AtLeastAtMost):
            met = pc.or_(pc.is_null(values), True)  # within bounds that have no end is everything
            if condition.at_least is not None:
                met = pc.and_(met, pc.greater_equal(values, condition.at_least))
            if condition.at_most is not None:
                met = pc.and_(met, pc.less_equal(values, condition.at_most))
            return met
        labels = self._snapshot.labels(column)
        codes = [labels.index(label) for label in condition if label in labels]  # type: ignore[attr-defined]
        if len(codes) == 1:
            return pc.equal(values, pa.scalar(codes[0], pa.int32()))
        return pc.is_in(values, pa.array(codes, pa.int32()))

    def _told(
        self,
        wanted: Wanted,
        places: Places,
        main: Mapping[str, pa.ChunkedArray],
        beside: Mapping[str, pa.ChunkedArray],
    ) -> pa.Table:
        """Return the columns and instants of the rows at some places."""
        found = {}
        for name in wanted.columns:
            if name == ROW:
                found[name] = pa.chunked_array([pa.array(places.astype(np.int32))])
            else:
                found[name] = self._at(name, places, main, beside)
        for name, column in wanted.instants.items():
            found[name] = self._instants(column, places, main, beside)
        return pa.table(found)

    def _at(
        self,
        name: str,
        places: Places,
        main: Mapping[str, pa.ChunkedArray],
        beside: Mapping[str, pa.ChunkedArray],
    ) -> pa.ChunkedArray:
        if not len(places):
            return pa.chunked_array([], (self._main if name in self._main else self._ids)[name])
        column = (main if name in self._main else beside)[name]
        if places[-1] - places[0] + 1 == len(places):  # mostly all stand together, for files are sorted
            return column.slice(places[0], len(places))
        return column.take(pa.array(places))

    def _instants(
        self,
        column: str,
        places: Places,
        main: Mapping[str, pa.ChunkedArray],
        beside: Mapping[str, pa.ChunkedArray],
    ) -> pa.ChunkedArray:
        if self._partition is None:
            return self._at(column, places, main, beside)
        start = self._at(self._partition, places, main, beside)
        if column == self._partition:
            return start
        return pc.add(start, self._at(column, places, main, beside))
