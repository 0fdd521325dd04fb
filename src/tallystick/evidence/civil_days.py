"""Civil days of instants: the day a clock on the wall of the code's time zone showed."""

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

SECOND = 1_000_000
DAY_SECONDS = 86_400
DAY = DAY_SECONDS * SECOND
EPOCH = dt.date(1970, 1, 1)
_FIRST_YEAR, _LAST_YEAR = 1900, 2100

Day = dt.date | None
"""A day of evidence; None stands for a stream that is not kept day by day."""
ALL_TIME = "all"

Instants = npt.NDArray[np.int64]
Days = npt.NDArray[np.int32]


def civil_days(instants: Instants, zone: ZoneInfo) -> Days:
    """Return days since 1970-01-01 of instants in microseconds UTC, right from 1900 to 2100.

    Most tables lie within one stretch of summer or winter time, and often within a day or two of it; these
    need no search row by row.
    """
    if not len(instants):
        return np.empty(0, np.int32)
    starts, offsets = _offsets(zone)
    ends = np.array([instants.min(), instants.max()], np.int64)
    first, last = np.searchsorted(starts, ends, side="right") - 1
    if first != last:
        return _days(instants + offsets[np.searchsorted(starts, instants, side="right") - 1])
    offset = offsets[first]
    lowest, highest = (int(day) for day in _days(ends + offset))
    if lowest == highest:
        return np.full(len(instants), lowest, np.int32)
    if lowest + 1 == highest:
        return np.int32(lowest) + (instants >= highest * DAY - offset).astype(np.int32)
    return _days(instants + offset)


def _days(walls: Instants) -> Days:
    return (walls // DAY).astype(np.int32)


def day_number(day: dt.date) -> int:
    """Return days since 1970-01-01."""
    return (day - EPOCH).days


def day_of(number: int) -> dt.date:
    return EPOCH + dt.timedelta(days=int(number))


@lru_cache(maxsize=16)
def _offsets(zone: ZoneInfo) -> tuple[Instants, Instants]:
    """Return when each offset from UTC starts, and the offset, both in microseconds.

    The zone database gives no list of its changes, so it is asked on every day and the second of a change
    is found by halving.
    """
    start, end = (day_number(dt.date(year, 1, 1)) * DAY_SECONDS for year in (_FIRST_YEAR, _LAST_YEAR + 1))
    starts, offsets = [np.iinfo(np.int64).min], [_offset(start, zone)]
    for second in range(start + DAY_SECONDS, end, DAY_SECONDS):
        offset = _offset(second, zone)
        if offset != offsets[-1]:
            starts.append(_change(second - DAY_SECONDS, second, zone) * SECOND)
            offsets.append(offset)
    return np.array(starts, np.int64), np.array(offsets, np.int64) * SECOND


def _change(before: int, after: int, zone: ZoneInfo) -> int:
    new = _offset(after, zone)
    while after - before > 1:
        middle = (before + after) // 2
        if _offset(middle, zone) == new:
            after = middle
        else:
            before = middle
    return after


def _offset(second: int, zone: ZoneInfo) -> int:
    """Return the offset in whole seconds."""
    offset = dt.datetime.fromtimestamp(second, zone).utcoffset()
    return int(offset.total_seconds()) if offset is not None else 0
