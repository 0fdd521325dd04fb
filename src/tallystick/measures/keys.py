"""Keys as whole numbers: equal numbers for equal keys, and for no others.

Numbers are sorted and compared many times faster than words. Ids are mostly of one length and differ only in
some bits of some letters: those bits, put together, are the number. Where they need more than a number has,
words are numbered as they are met.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial, reduce
from operator import or_
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

THREADS = 2
MOST_BITS = 63
MANY = 4_000_000
_WORD = 8

Numbers = npt.NDArray[np.uint64]
Mask = npt.NDArray[np.bool_]
_T = TypeVar("_T")
_U = TypeVar("_U")


@dataclass(frozen=True)
class Keys:
    """A number for each row, the bits that the largest takes, and which rows have no key, if any has none."""

    numbers: Numbers
    bits: int
    absent: Mask | None = None

    def beside(self, other: "Keys") -> "Keys":
        """Return a number for each pair; a pair of which either is absent is absent."""
        mine, theirs = self, other
        if mine.bits + theirs.bits > MOST_BITS:
            mine, theirs = mine.renumbered(), theirs.renumbered()  # less than 2**31 rows have room
        absent = theirs.absent if mine.absent is None else mine.absent
        if mine.absent is not None and theirs.absent is not None:
            absent = mine.absent | theirs.absent
        pairs = (mine.numbers << np.uint64(theirs.bits)) | theirs.numbers
        return Keys(pairs, mine.bits + theirs.bits, absent)

    def renumbered(self) -> "Keys":
        """Return the same keys with numbers that have no gaps."""
        met, numbers = np.unique(self.numbers, return_inverse=True)
        return Keys(numbers.astype(np.uint64), len(met).bit_length(), self.absent)


def keys(columns: Sequence[pa.ChunkedArray]) -> Keys:
    """Return the keys of rows whose columns these are: ids, codes, counts or days."""
    found = None
    for column in columns:
        one = _spelt(column) or _met(column) if pa.types.is_string(column.type) else _whole(column)
        found = one if found is None else found.beside(one)
    if found is None:
        raise ValueError("A key has one column or more.")
    return found


def _whole(column: pa.ChunkedArray) -> Keys:
    """Return whole numbers, or days, counted from the least."""
    narrow = column.cast(pa.int32()) if pa.types.is_date32(column.type) else column
    values = pc.fill_null(narrow.cast(pa.int64()), 0).to_numpy()
    numbers = (values - values.min(initial=0)).view(np.uint64)  # wraps round, as it should
    return Keys(numbers, int(numbers.max(initial=0)).bit_length(), _absent(column))


def _met(column: pa.ChunkedArray) -> Keys:
    """Return words as numbers in the order they are met."""
    said = column.combine_chunks().dictionary_encode()
    numbers = pc.fill_null(said.indices, 0).to_numpy(zero_copy_only=False).astype(np.uint64)
    return Keys(numbers, len(said.dictionary).bit_length(), _absent(column))


def _absent(column: pa.ChunkedArray) -> Mask | None:
    return pc.is_null(column).to_numpy() if column.null_count else None


@dataclass(frozen=True)
class _Block:
    """Words of one length, one after another."""

    data: npt.NDArray[np.uint8]
    length: int

    @classmethod
    def of(cls, chunk: pa.Array, length: int) -> "_Block | None":
        """Return the words of a chunk, or nothing where one is of another length."""
        _, offsets, data = chunk.buffers()
        ends = np.frombuffer(offsets, np.int32)[chunk.offset : chunk.offset + len(chunk) + 1]
        if chunk.null_count or bool((np.diff(ends) != length).any()):
            return None
        return cls(np.frombuffer(data, np.uint8)[ends[0] : ends[-1]], length)

    @property
    def count(self) -> int:
        return len(self.data) // self.length

    def eight(self, start: int) -> Numbers:
        """Return eight letters of each word as a number, or all where words are shorter."""
        if self.length < _WORD:
            wide = np.zeros((self.count, _WORD), np.uint8)
            wide[:, : self.length] = self.data.reshape(-1, self.length)
            return wide.view("<u8")[:, 0]
        return np.ndarray((self.count,), "<u8", self.data, start, (self.length,)).astype(np.uint64)

    def varying(self, start: int, first: np.uint64) -> int:
        """Return the bits in which some of eight letters are not those of a first word."""
        return int(np.bitwise_or.reduce(self.eight(start) ^ first))


def _spelt(column: pa.ChunkedArray) -> Keys | None:
    """Return the bits of words in which any two differ, or nothing where these are too many."""
    chunks = [chunk for chunk in column.chunks if len(chunk)]
    length = len(chunks[0][0].as_buffer()) if chunks and chunks[0][0].is_valid else 0
    if not length or length > MOST_BITS:
        return None
    blocks: list[_Block] = []
    together = len(column) > MANY
    for block in each(lambda chunk: _Block.of(chunk, length), chunks, together=together):
        if block is None:
            return None
        blocks.append(block)
    masks = _varying(blocks, length, together=together)
    bits = sum(mask.bit_count() for mask in masks.values())
    if bits > MOST_BITS:
        return None
    numbers = each(lambda block: _packed(block, masks), blocks, together=together)
    return Keys(np.concatenate(numbers), bits)


def _varying(blocks: Sequence[_Block], length: int, *, together: bool) -> dict[int, int]:
    """Return, for every eight letters from the first on, the bits in which words differ.

    The last eight may begin among the eight before; those letters are looked at once.
    """
    masks = {}
    starts = list(range(0, length - _WORD + 1, _WORD)) or [0]
    if length > _WORD and length % _WORD:
        starts.append(length - _WORD)
    for start in starts:
        seen = (_WORD - length % _WORD) * 8 if start % _WORD else 0
        vary = partial(_Block.varying, start=start, first=blocks[0].eight(start)[0])
        masks[start] = reduce(or_, each(vary, blocks, together=together)) >> seen << seen
    return masks


def _packed(block: _Block, masks: dict[int, int]) -> Numbers:
    """Return the bits of the masks, one beside another."""
    packed = np.zeros(block.count, np.uint64)
    at = 0
    for start, mask in masks.items():
        eight = block.eight(start) if mask else packed
        for skipped, run in _runs(mask):
            packed |= ((eight >> np.uint64(skipped)) & np.uint64((1 << run) - 1)) << np.uint64(at)
            at += run
    return packed


def _runs(mask: int) -> Iterator[tuple[int, int]]:
    """Yield where each run of set bits starts, and its length."""
    for found in re.finditer("1+", f"{mask:064b}"[::-1]):
        yield found.start(), found.end() - found.start()


def each(work: Callable[[_T], _U], several: Sequence[_T], *, together: bool = True) -> list[_U]:
    """Return what comes of each, two at a time: numpy and Arrow let go of the interpreter meanwhile.

    Where each takes less time than handing it over, they are better not worked at `together`.
    """
    if len(several) == 1 or not together:
        return [work(one) for one in several]
    with ThreadPoolExecutor(THREADS) as threads:
        return list(threads.map(work, several))
