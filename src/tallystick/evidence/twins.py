"""Rows of one file that have the same key.

A row that stands twice word for word was sent twice by mistake: the later is refused, and nothing is lost.
Rows of equal key that differ cannot both be true, and nobody but their sender can say which is: all are
held.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tallystick.evidence.blocks import Flaw, Rows
from tallystick.evidence.key_hashes import Hashes, key_hashes
from tallystick.evidence.plan import Plan
from tallystick.evidence.refusals import listed
from tallystick.evidence.typed_files import ROW, Pair, TypedFiles

MOST_AT_ONCE = 1_000_000
MOST_ROWS_NAMED = 6
ONCE = "each row once"
ONE_OF_THEM = "one row for each key; send the right one alone"


@dataclass(frozen=True)
class Twins:
    """The rows to refuse, each with the row it repeats, and those to hold, with the first rows they meet."""

    repeats: dict[int, int]
    rivals: dict[int, tuple[int, ...]]

    def __bool__(self) -> bool:
        return bool(self.repeats or self.rivals)

    def flaw(self, row: int, place: int) -> Flaw:
        """Return what is wrong with one of the rows, which stands at the place in its block."""
        if row in self.repeats:
            return Flaw(place, "", "refused", f"the same row stands on row {self.repeats[row]:,}", ONCE)
        rows = [f"{other:,}" for other in self.rivals[row]]
        named = listed(rows, MOST_ROWS_NAMED) if len(rows) > MOST_ROWS_NAMED else " and ".join(rows)
        return Flaw(place, "", "held", f"rows {named} have the same key and differ", ONE_OF_THEM)


def twins(files: TypedFiles, plan: Plan, hashes: list[Hashes]) -> Twins:
    """Return the rows that share their key with another; `hashes` are those of the rows in the files."""
    every = np.concatenate([*hashes, np.zeros(0, np.uint64)])
    every.sort()
    met = np.unique(every[1:][every[1:] == every[:-1]])
    found = Twins({}, {})
    for group in _groups(every, met):
        _compare(_candidates(files, plan, group), plan, found)
    return found


def _groups(every: Hashes, met: Hashes) -> Iterator[Hashes]:
    """Yield the hashes that were met more than once, so many at a time that their rows fit in memory."""
    counts = np.searchsorted(every, met, side="right") - np.searchsorted(every, met, side="left")
    parts = np.cumsum(counts) // MOST_AT_ONCE
    for part in np.unique(parts):
        yield met[parts == part]


def _candidates(files: TypedFiles, plan: Plan, hashes: Hashes) -> pa.Table:
    """Return the typed rows whose keys have one of the hashes, in the order of the file."""
    kept = []
    for pair in files.pairs():
        for batch in pair:
            if batch.num_rows:
                chosen = np.isin(hashes_of(batch, plan), hashes)
                if chosen.any():
                    kept.append(batch.filter(pa.array(chosen)))
    table = pa.Table.from_batches(kept)
    return table.take(pc.sort_indices(table[ROW]))


def hashes_of(batch: pa.RecordBatch, plan: Plan) -> Hashes:
    return key_hashes([batch.column(name) for name in plan.row_key], batch.num_rows)


def _compare(table: pa.Table, plan: Plan, found: Twins) -> None:
    """Add to what was found the rows that are the same altogether, then those with the same key only."""
    firsts = []
    for rows in _alike(table, plan.names):
        firsts.append(rows[0])
        found.repeats.update(dict.fromkeys(rows[1:].tolist(), int(rows[0])))
    distinct = table.filter(pc.is_in(table[ROW], pa.array(np.array(firsts, np.int64))))
    for rows in _alike(distinct, plan.row_key):
        if len(rows) > 1:
            named = tuple(rows[: MOST_ROWS_NAMED + 1].tolist())
            found.rivals.update(dict.fromkeys(rows.tolist(), named))


def _alike(table: pa.Table, names: tuple[str, ...]) -> Iterator[Rows]:
    """Yield the row numbers of rows equal in the named columns; two empty cells are equal."""
    grouped = table.group_by(list(names), use_threads=False).aggregate([(ROW, "list")])
    lists = grouped.column(f"{ROW}_list").combine_chunks()
    numbers = lists.flatten().to_numpy()
    offsets: npt.NDArray[np.int32] = np.diff(lists.offsets.to_numpy()).cumsum()
    yield from (np.sort(part) for part in np.split(numbers, offsets[:-1]))


def without(pair: Pair, found: Twins) -> tuple[list[pa.RecordBatch], list[pa.RecordBatch]]:
    """Return the batches that stay accepted, and those held, of a pair once twins are put in their place."""
    repeats, rivals = (pa.array(sorted(rows), pa.int64()) for rows in (found.repeats, found.rivals))
    accepted, held = ([batch.filter(pc.invert(pc.is_in(batch[ROW], repeats)))] for batch in pair)
    moved = pc.is_in(accepted[0][ROW], rivals)
    return [accepted[0].filter(pc.invert(moved))], [*held, accepted[0].filter(moved)]
