"""Which rows stand, once several files have spoken about the same day.

Files are folded in the order they were received. Each drops the rows it speaks for, then adds its own.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tallystick.evidence.layout import FILE_ROW, SUBMISSION, Layout
from tallystick.evidence.pairs import DIGEST, Pair
from tallystick.evidence.submissions import Summary
from tallystick.evidence.values import instants, whole

Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]
_MOST = 1 << 62
NOTHING = np.iinfo(np.int64).min


@dataclass(frozen=True)
class Act:
    """What one submission does to one day: the columns and values it speaks for, and the rows it brings.

    `speaks_for` has one column a name; without columns it speaks for every row of the day, if `speaks`.
    """

    submission: str
    rows: pa.Table
    speaks_for: pa.Table
    speaks: bool = True

    def drops(self, standing: pa.Table, layout: Layout) -> Mask:
        """Return which standing rows give way to this submission."""
        if not self.speaks or not len(standing):
            return np.zeros(len(standing), np.bool_)
        names = self.speaks_for.column_names
        if not names:
            return np.ones(len(standing), np.bool_)
        numbers = _numbered(
            _under(_comparable(standing, layout, name), self.speaks_for[name]) for name in names
        )
        return np.isin(numbers[: len(standing)], numbers[len(standing) :])


def fold(standing: pa.Table, acts: Iterable[Act], layout: Layout) -> tuple[pa.Table, dict[str, pa.Table]]:
    """Return the rows that stand in the end, in no order, and the rows that each submission dropped."""
    dropped: dict[str, pa.Table] = {}
    for act in acts:
        gives_way = act.drops(standing, layout)
        dropped[act.submission] = _where(standing, gives_way)
        kept = _where(standing, ~gives_way)
        standing = pa.concat_tables([kept, act.rows]) if len(kept) else act.rows
    return standing, dropped


def comparable(rows: pa.Table, layout: Layout, names: Sequence[str]) -> pa.Table:
    """Return columns of coded rows as values that mean the same in every file."""
    return pa.table({name: _comparable(rows, layout, name) for name in names})


def distinct(rows: pa.Table) -> pa.Table:
    """Return the rows of a comparable table, each once, in the order they were first met."""
    if not rows.num_columns:
        return rows
    _, first = np.unique(_numbered(rows.columns), return_index=True)
    return rows.take(pa.array(np.sort(first)))


def compared(before: pa.Table, after: pa.Table, layout: Layout) -> Summary:
    """Return how the rows that a submission brought compare with those it dropped."""
    if not len(before):
        return Summary(added=len(after))
    equal, keys = (
        _numbered(_under(*(_comparable(rows, layout, name) for rows in (before, after))) for name in names)
        for names in (layout.columns, layout.row_key)
    )
    size = len(before)
    stood = np.isin(equal[size:], equal[:size])
    known = np.isin(keys[size:], keys[:size])
    replaced, unchanged = int((known & ~stood).sum()), int((known & stood).sum())
    return Summary(
        added=int((~known).sum()),
        replaced=replaced,
        unchanged=unchanged,
        withdrawn=max(size - replaced - unchanged, 0),
    )


def origins(rows: pa.Table) -> dict[str, Numbers]:
    """Return, for each submission that rows came with, the numbers of those rows in its file, in order."""
    numbers = rows[FILE_ROW].to_numpy()
    names = rows[SUBMISSION].unify_dictionaries().combine_chunks()
    places = names.indices.to_numpy()
    return {
        name: np.sort(numbers[places == place])
        for place, name in enumerate(names.dictionary.to_pylist())
        if (places == place).any()
    }


def name_of(rows: pa.Table, parts: Mapping[str, Pair]) -> tuple[str, str]:
    """Return the digest of a day's rows, and the submission that they are the whole part of, if they are.

    The digest rests on which rows of which parts stand, so that it can be known without writing the pair,
    and is the same however the rows came to stand.
    """
    came = origins(rows)
    if len(came) == 1:
        (name, numbers) = next(iter(came.items()))
        if len(numbers) == parts[name].rows:
            return parts[name].digest, name
    digest = hashlib.sha256()
    for pair, name in sorted((parts[name].digest, name) for name in came):
        digest.update(f"{pair} {len(came[name])} ".encode())
        digest.update(came[name].tobytes())
    return digest.hexdigest()[:DIGEST], ""


def _comparable(rows: pa.Table, layout: Layout, name: str) -> pa.ChunkedArray:
    kind = layout.columns[name]
    if kind == "id":
        return rows[name]
    values, absent = instants(rows, layout, name) if kind == "instant" else whole(rows[name])
    return pa.chunked_array([pa.array(values if absent is None else np.where(absent, NOTHING, values))])


def _numbered(columns: Iterable[pa.ChunkedArray]) -> Numbers:
    """Return one number a row, equal where the rows are equal; nothing equals nothing.

    The columns may be made one by one, so that few are in memory.
    """
    total: Numbers | None = None
    size = 1
    for column in columns:
        met = column.combine_chunks().dictionary_encode(null_encoding="encode")
        several = max(len(met.dictionary), 1)
        if total is None:
            total, size = met.indices.to_numpy().astype(np.int64), several
            continue
        if size * several >= _MOST:
            _, total = np.unique(total, return_inverse=True)
            size = len(total)
        total = total * several + met.indices.to_numpy()
        size *= several
    return np.empty(0, np.int64) if total is None else total


def _under(one: pa.ChunkedArray, other: pa.ChunkedArray) -> pa.ChunkedArray:
    return pa.chunked_array([*one.chunks, *other.chunks], one.type)


def _where(rows: pa.Table, chosen: Mask) -> pa.Table:
    """Return the chosen rows, without copying where they are all or none."""
    if chosen.all():
        return rows
    return rows.filter(pa.array(chosen)) if chosen.any() else rows.slice(0, 0)
