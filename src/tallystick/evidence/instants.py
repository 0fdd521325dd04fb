"""Times and days as text become numbers, a block at a time.

Only the usual forms are read here, each told from its first cell: the same width, the same separators. A
cell that is not of a usual form, or names no real time, is left undone; `cells` reads it alone and says
what is wrong with it.
"""

import calendar
import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tallystick.evidence.civil_time import SECOND, CivilTime, Mask, Micros
from tallystick.evidence.letters import Bytes, Letters, letters
from tallystick.evidence.limits import EARLIEST_YEAR, LATEST_YEAR

DAY_WIDTH = len("2021-07-01")
SECONDS_WIDTH = len("2021-07-01T09:30:00")
OFFSET_WIDTH = len("+01:00")
MOST_FRACTION = 6
MOST_FORMS = 8
DAY_SECONDS = 86_400
MONTHS, HOURS, SIXTY, TEN = 12, 24, 60, 10
MOST_OFFSET_HOURS = 14

_YEARS = range(EARLIEST_YEAR, LATEST_YEAR + 1)
_MONTHS = [(year, month) for year in _YEARS for month in range(1, 13)]
_EPOCH = dt.date(1970, 1, 1).toordinal()
_MONTH_STARTS = np.array([dt.date(y, m, 1).toordinal() - _EPOCH for y, m in _MONTHS], np.int64)
_MONTH_LENGTHS = np.array([calendar.monthrange(y, m)[1] for y, m in _MONTHS], np.int64)


@dataclass(frozen=True)
class Times:
    """The values of a column and which of them were read; the rest of `values` means nothing."""

    values: Micros
    done: Mask
    repeated: Mask
    missing: Mask


def instants(column: pa.Array, civil: CivilTime) -> Times:
    """Return instants in microseconds since 1970 in UTC; a time without offset is of the civil clock."""
    count = len(column)
    times = Times(np.zeros(count, np.int64), *(np.zeros(count, np.bool_) for _ in range(3)))
    rest = letters(column)
    for _ in range(MOST_FORMS):
        if len(rest.index) == 0:
            break
        width = int(rest.lengths[0])
        same = rest.lengths == width
        _read_form(rest if same.all() else rest.rows_of(same), width, civil, times)
        rest = rest.rows_of(~(times.done[rest.index] | same))
    return times


def days(column: pa.Array) -> Times:
    """Return days since 1970 of a column of days written YYYY-MM-DD."""
    count = len(column)
    times = Times(np.zeros(count, np.int64), *(np.zeros(count, np.bool_) for _ in range(3)))
    cells = letters(column)
    cells = cells.rows_of(cells.lengths == DAY_WIDTH)
    if len(cells.index):
        values, good = _days_of(cells.square(DAY_WIDTH))
        times.values[cells.index] = values
        times.done[cells.index] = good
    return times


def _read_form(cells: Letters, width: int, civil: CivilTime, times: Times) -> None:
    """Read the cells of one width whose form is that of the first."""
    if width < SECONDS_WIDTH:
        return
    square = cells.square(width)
    zone = _zone_width(square)
    fraction = width - SECONDS_WIDTH - zone
    if fraction == 1 or fraction > MOST_FRACTION + 1:
        return
    days_, good = _days_of(square)
    seconds, in_day = _seconds_of(square)
    good &= in_day & ((square[10] == ord("T")) | (square[10] == ord(" ")))
    values = (days_ * DAY_SECONDS + seconds) * SECOND
    if fraction:
        part, digits = _number(square[SECONDS_WIDTH + 1 : SECONDS_WIDTH + fraction])
        good &= digits & (square[SECONDS_WIDTH] == ord("."))
        values += part * 10 ** (MOST_FRACTION + 1 - fraction)
    if zone == 0:
        _put_civil(cells, values, good, civil, times)
        return
    offset, known = _offset_of(square[width - zone :])
    times.values[cells.index] = values - offset * SECOND
    times.done[cells.index] = good & known


def _put_civil(cells: Letters, values: Micros, good: Mask, civil: CivilTime, times: Times) -> None:
    """Put in times of the civil clock; what is no time at all is kept out of the search for offsets."""
    local = civil.localise(np.where(good, values, 0))
    times.values[cells.index] = local.instants
    times.done[cells.index] = good
    times.repeated[cells.index] = good & local.repeated
    times.missing[cells.index] = good & local.missing


def _zone_width(square: Bytes) -> int:
    """Return how many bytes the offset of the first cell takes; 0 where it has none."""
    if square[-1, 0] == ord("Z"):
        return 1
    width = len(square)
    signed = width >= SECONDS_WIDTH + OFFSET_WIDTH and square[-OFFSET_WIDTH, 0] in (ord("+"), ord("-"))
    return OFFSET_WIDTH if signed and square[-3, 0] == ord(":") else 0


def _offset_of(zone: Bytes) -> tuple[Micros, Mask]:
    """Return seconds ahead of UTC, and where they could be read."""
    if len(zone) == 1:
        return np.zeros(zone.shape[1], np.int64), zone[0] == ord("Z")
    hours, in_hours = _number(zone[1:3])
    minutes, in_minutes = _number(zone[4:6])
    east, west = zone[0] == ord("+"), zone[0] == ord("-")
    good = in_hours & in_minutes & (zone[3] == ord(":")) & (east | west)
    good &= (hours * 60 + minutes <= MOST_OFFSET_HOURS * 60) & (minutes < SIXTY)
    return np.where(west, -1, 1) * (hours * 3600 + minutes * 60), good


def _days_of(square: Bytes) -> tuple[Micros, Mask]:
    year, y = _number(square[0:4])
    month, m = _number(square[5:7])
    day, d = _number(square[8:10])
    good = y & m & d & (square[4] == ord("-")) & (square[7] == ord("-"))
    good &= (year >= EARLIEST_YEAR) & (year <= LATEST_YEAR) & (month >= 1) & (month <= MONTHS) & (day >= 1)
    place = np.where(good, (year - EARLIEST_YEAR) * 12 + month - 1, 0)
    good &= day <= _MONTH_LENGTHS[place]
    return _MONTH_STARTS[place] + day - 1, good


def _seconds_of(square: Bytes) -> tuple[Micros, Mask]:
    hour, h = _number(square[11:13])
    minute, m = _number(square[14:16])
    second, s = _number(square[17:19])
    good = h & m & s & (square[13] == ord(":")) & (square[16] == ord(":"))
    good &= (hour < HOURS) & (minute < SIXTY) & (second < SIXTY)
    return hour * 3600 + minute * 60 + second, good


def _number(digits: Bytes) -> tuple[npt.NDArray[np.int64], Mask]:
    """Return the number that lines of digits make, and where they are all digits."""
    value = np.zeros(digits.shape[1], np.int32)
    good = np.ones(digits.shape[1], np.bool_)
    for line in digits:
        digit = line - np.uint8(ord("0"))
        good &= digit < TEN
        value *= 10
        value += digit
    return value.astype(np.int64), good
