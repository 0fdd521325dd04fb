"""The order of rows in a file, so that equal rows make equal bytes.

Rows stand by the columns the stream sorts by, then by the time its days are cut by, then by key. The first
two are packed into one whole number a row, which sorts many times faster than a list of columns; only rows
that tie are compared by key.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tallystick.evidence.layout import FILE_ROW, SUBMISSION, Layout
from tallystick.evidence.values import Whole, instants, whole

_WIDEST = 63
_FAR_APART = 1 << 62


def arranged(rows: pa.Table, layout: Layout) -> pa.Table:
    """Return coded rows in the order a file keeps them."""
    rows = rows.unify_dictionaries().combine_chunks()
    rows = rows.take(pa.array(order(rows, layout)))
    return _first_met(rows)


def order(rows: pa.Table, layout: Layout) -> Whole:
    """Return the places of coded rows in file order."""
    by = [name for name in layout.sort if name != layout.partition]
    if layout.is_divided:
        by.append(layout.partition)
    ranks = [_rank(rows, layout, name) for name in by]
    words = _packed(ranks, len(rows))
    found = np.argsort(words[0]) if len(words) == 1 else np.lexsort(words[::-1])
    return _untied(rows, layout, words, found)


def _packed(ranks: list[Whole], length: int) -> list[Whole]:
    """Return as few numbers a row as will hold the ranks, the first rank counting most."""
    words: list[Whole] = []
    room = 0
    for rank in ranks:
        bits = int(rank.max(initial=0)).bit_length()
        if words and bits <= room:
            words[-1] = (words[-1] << bits) | rank
            room -= bits
        else:
            words.append(rank)
            room = _WIDEST - bits
    return words or [np.zeros(length, np.int64)]


def _rank(rows: pa.Table, layout: Layout, name: str) -> Whole:
    """Return a number from 0 for each value, in the order of the values, nothing coming first."""
    if layout.columns[name] == "id":
        return _alphabetical(rows[name])
    if layout.columns[name] == "instant":
        values, absent = instants(rows, layout, name)
    else:
        values, absent = whole(rows[name])
    present = values if absent is None else values[~absent]
    if not len(present):
        return np.zeros(len(values), np.int64)
    least, most = int(present.min()), int(present.max())
    if most - least >= _FAR_APART:
        _, values = np.unique(values, return_inverse=True)
        least = 0
    return values - least if absent is None else np.where(absent, 0, values - least + 1)


def _alphabetical(column: pa.ChunkedArray) -> Whole:
    met = column.combine_chunks().dictionary_encode()
    ordered = pc.sort_indices(met.dictionary).to_numpy()
    place = np.zeros(len(ordered) + 1, np.int64)
    place[ordered] = np.arange(1, len(ordered) + 1)
    return place[pc.fill_null(met.indices, -1).to_numpy(zero_copy_only=False)]


def _untied(rows: pa.Table, layout: Layout, words: list[Whole], found: Whole) -> Whole:
    """Put rows that tie in the order of their keys, then of the submission and row they came with."""
    same = np.ones(max(len(found) - 1, 0), np.bool_)
    for word in words:
        ranked = word[found]
        same &= ranked[1:] == ranked[:-1]
    if not same.any():
        return found
    tied = np.zeros(len(found), np.bool_)
    tied[1:] |= same
    tied[:-1] |= same
    group = np.concatenate(([0], np.cumsum(~same)))[tied]
    some = found[tied]
    keys = rows.select([*layout.row_key, SUBMISSION, FILE_ROW]).take(pa.array(some))
    names = [f"key{n}" for n in range(keys.num_columns)]
    keys = keys.set_column(len(layout.row_key), SUBMISSION, keys[SUBMISSION].cast(pa.string()))
    keys = keys.rename_columns(names).append_column("group", pa.array(group))
    by = [("group", "ascending"), *((name, "ascending") for name in names)]
    found = found.copy()
    found[tied] = some[pc.sort_indices(keys, sort_keys=by).to_numpy()]
    return found


def _first_met(rows: pa.Table) -> pa.Table:
    """Return the rows with submissions numbered by their first row, whatever order they were merged in."""
    if rows[SUBMISSION].num_chunks and len(rows[SUBMISSION].chunk(0).dictionary) == 1:
        return rows
    place = rows.schema.get_field_index(SUBMISSION)
    met = rows[SUBMISSION].cast(pa.string()).combine_chunks().dictionary_encode()
    return rows.set_column(place, SUBMISSION, met)
