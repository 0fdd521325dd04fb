"""A number for each row's key, to find the few rows that may have the same one.

Equal keys have equal numbers. Rows whose numbers are equal are compared afterwards value by value, so a
chance or a contrived meeting costs time and changes nothing.
"""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tallystick.evidence.letters import letters

Hashes = npt.NDArray[np.uint64]

_MULTIPLIERS = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))
_SHIFT = np.uint64(29)
_EMPTY = np.uint64(0xD6E8FEB86659FD93)
_WORD = 8


def key_hashes(columns: Iterable[pa.Array], count: int) -> Hashes:
    """Return a 64-bit number for each of the `count` rows, made of the columns in their order."""
    hashes = np.zeros(count, np.uint64)
    for column in columns:
        if pa.types.is_string(column.type):
            _add_words(hashes, column)
        else:
            _add_numbers(hashes, column)
    return hashes


def _add_numbers(hashes: Hashes, column: pa.Array) -> None:
    whole = (column.cast(pa.int32()) if pa.types.is_date32(column.type) else column).cast(pa.int64())
    values = whole.fill_null(0).to_numpy(zero_copy_only=False).view(np.uint64)
    if whole.null_count:
        values = np.where(whole.is_valid().to_numpy(zero_copy_only=False), values, _EMPTY)
    hashes[:] = _mixed(hashes, values)


def _add_words(hashes: Hashes, column: pa.Array) -> None:
    added = np.full(len(hashes), _EMPTY, np.uint64)
    cells = letters(column)
    lengths = cells.lengths
    for length in np.flatnonzero(np.bincount(lengths)).tolist() if len(lengths) else ():
        same = lengths == length
        chosen = cells if same.all() else cells.rows_of(same)
        words = np.full(len(chosen.index), np.uint64(length), np.uint64)
        if length:
            wide = np.zeros((len(chosen.index), -(-length // _WORD) * _WORD), np.uint8)
            wide[:, :length] = chosen.square(length).T
            for word in wide.view(np.uint64).T:
                words = _mixed(words, word)
        added[chosen.index] = words
    hashes[:] = _mixed(hashes, added)


def _mixed(hashes: Hashes, values: Hashes) -> Hashes:
    """Return the hashes stirred with the values; multiplication wraps round, as it should."""
    mixed = (hashes ^ values) * _MULTIPLIERS[0]
    mixed ^= mixed >> _SHIFT
    mixed *= _MULTIPLIERS[1]
    mixed ^= mixed >> _SHIFT
    mixed += hashes
    return mixed
