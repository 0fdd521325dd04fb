"""The first answer to each duty: the same key, at the duty's instant or after it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tallystick.measures.follows_within import DISCHARGED, DISCHARGED_DAY, RESPONSE, RESPONSE_DAY
from tallystick.measures.keys import Keys, Mask, Numbers, each, keys

WORD = 64
PART = 1 << 17
NEVER = np.iinfo(np.int64).max
NO_DAY = np.iinfo(np.int32).max

Instants = npt.NDArray[np.int64]
Days = npt.NDArray[np.int32]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Found:
    """For each duty the instant and the day of an answer, or `NEVER` and `NO_DAY`."""

    instants: Instants
    days: Days

    @classmethod
    def nothing(cls, size: int) -> "Found":
        return cls(np.full(size, NEVER), np.full(size, NO_DAY, np.int32))

    @classmethod
    def of(cls, places: Places, answers: pa.Table) -> "Found":
        """Return the answers at some places, where the place is not -1."""
        there = places >= 0
        chosen = places[there]
        found = cls.nothing(len(places))
        found.instants[there] = answers[RESPONSE].to_numpy()[chosen]
        found.days[there] = answers[RESPONSE_DAY].cast(pa.int32()).to_numpy()[chosen]
        return found

    def spread(self, which: Mask) -> "Found":
        """Return the same of more duties, of which these are the marked ones."""
        found = Found.nothing(len(which))
        found.instants[which] = self.instants
        found.days[which] = self.days
        return found

    @classmethod
    def standing(cls, duties: pa.Table) -> "Found":
        """Return what discharged some kept duties."""
        instants = pc.fill_null(duties[DISCHARGED], NEVER).to_numpy()
        return cls(instants, pc.fill_null(duties[DISCHARGED_DAY].cast(pa.int32()), NO_DAY).to_numpy())

    def without(self, lost: Mask) -> "Found":
        return Found(np.where(lost, NEVER, self.instants), np.where(lost, NO_DAY, self.days))

    def or_earlier(self, other: "Found") -> "Found":
        """Return the earlier answer of each duty."""
        earlier = other.instants < self.instants
        return Found(
            np.where(earlier, other.instants, self.instants), np.where(earlier, other.days, self.days)
        )

    def written_to(self, duties: pa.Table) -> pa.Table:
        """Return the duties with these answers."""
        instants = pa.array(self.instants, mask=self.instants == NEVER)
        days = pa.array(self.days, mask=self.days == NO_DAY).cast(pa.date32())
        bare = duties.drop([name for name in (DISCHARGED, DISCHARGED_DAY) if name in duties.column_names])
        return bare.append_column(DISCHARGED, instants).append_column(DISCHARGED_DAY, days)


def first_after(duties: pa.Table, answers: pa.Table) -> Places:
    """Return for each duty the place of the first answer of its key, at its instant or after; -1 for none.

    Both tables have the columns of the key, and then an instant. An absent value is equal to none.
    """
    found = np.full(len(duties), -1, np.int64)
    if not len(duties) or not len(answers):
        return found
    both = pa.concat_tables([duties, answers])
    key = keys(both.columns[:-1])
    rows = _there(key.absent, both[-1])
    if rows is not None:
        both, key = (
            both.select([both.num_columns - 1]).take(pa.array(rows)),
            Keys(key.numbers[rows], key.bits),
        )
    instants = both[-1].to_numpy()

    def search(part: tuple[Places, Numbers]) -> None:
        _search(found, instants, rows, *part)

    each(search, _parts(key))
    return found


def _there(absent: Mask | None, instants: pa.ChunkedArray) -> Places | None:
    """Return the places of rows with key and instant, or nothing where all have both."""
    if instants.null_count:
        timeless = pc.is_null(instants).to_numpy()
        absent = timeless if absent is None else absent | timeless
    return None if absent is None else np.flatnonzero(~absent)


def _search(found: Places, instants: Instants, rows: Places | None, order: Places, group: Numbers) -> None:
    """Write down the answers to some duties: `order` are the places of all rows of some keys."""
    order = _timely(order, group, instants[order])
    if rows is not None:
        order = rows[order]
    is_duty = order < len(found)
    mine, theirs = np.flatnonzero(is_duty), np.flatnonzero(~is_duty)
    # as many answers stand before a duty as it has places that are no duty's before it
    nearest = mine - np.arange(len(mine))
    mine, nearest = mine[nearest < len(theirs)], nearest[nearest < len(theirs)]
    next_ = theirs[nearest]
    same = group[next_] == group[mine]
    found[order[mine[same]]] = order[next_[same]] - len(found)


def _timely(order: Places, group: Numbers, at: Instants) -> Places:
    """Return the places of rows by key and instant, those of one instant as they stand.

    Rows come nearly in the order of their instants; only keys whose rows do not are sorted by them.
    """
    same = group[1:] == group[:-1]
    back = np.flatnonzero(same & (at[1:] < at[:-1]))
    if not len(back):
        return order
    number = np.cumsum(np.append(False, ~same))
    mixed = np.zeros(int(number[-1]) + 1, np.bool_)
    mixed[number[back]] = True
    some = np.flatnonzero(mixed[number])
    order[some] = order[some][np.lexsort((at[some], number[some]))]
    return order


def _parts(key: Keys) -> "_Parts":
    """Return the places of rows and their keys, by key; those of one key as they stand."""
    bits = max(len(key.numbers) - 1, 0).bit_length()
    if key.bits + bits > WORD:
        order = np.argsort(key.numbers, kind="stable")
        return _Parts(key.numbers[order], 0, order)
    # key and place in one number: sorting these is many times faster than finding the order of keys
    words = key.numbers << np.uint64(bits)
    for start in range(0, len(words), PART):
        part = words[start : start + PART]
        part |= np.arange(start, start + len(part), dtype=np.uint64)
    words.sort()
    return _Parts(words, bits)


class _Parts(Sequence[tuple[Places, Numbers]]):
    """Places of rows and keys, in parts small enough for a processor's own memory; no key is cut in two.

    Words are keys with the place in the last bits, or keys alone and the places beside.
    """

    def __init__(self, words: Numbers, bits: int, order: Places | None = None) -> None:
        self._words = words
        self._bits = np.uint64(bits)
        self._order = order
        firsts = np.arange(PART, len(words), PART)
        starts = np.searchsorted(words, (words[firsts] >> self._bits) << self._bits)
        self._ends = np.unique([0, *starts.tolist(), len(words)])

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> tuple[Places, Numbers]:  # type: ignore[override]
        start, end = self._ends[number], self._ends[number + 1]
        words = self._words[start:end]
        if self._order is not None:
            return self._order[start:end], words
        places = words & np.uint64((1 << int(self._bits)) - 1)
        return places.view(np.int64), words >> self._bits
