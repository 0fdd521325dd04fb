"""From the clock on the wall to the instant, many at a time.

Twice a year the wall clock of a zone jumps. A time in the hour that is repeated names two instants, and a
time in the hour that is left out names none; both are told apart here and judged elsewhere.
"""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

SECOND = 1_000_000
DAY = 86_400

Micros = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Changes:
    """The changes of a zone's offset over some years, in seconds; `offsets` has one entry more than `at`."""

    first_year: int
    last_year: int
    at: Micros
    offsets: Micros


@dataclass(frozen=True)
class Localised:
    """Instants in UTC; of a repeated time the earlier is given, of a missing one the time after the jump."""

    instants: Micros
    repeated: Mask
    missing: Mask


class CivilTime:
    """The wall clock of one time zone."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self._changes = _changes(zone, 2015, 2026)

    def localise(self, wall: Micros) -> Localised:
        """Return the instants of wall-clock times given as microseconds since 1970 on that clock."""
        if len(wall) == 0:
            return Localised(wall, np.zeros(0, np.bool_), np.zeros(0, np.bool_))
        changes = self._covering(wall)
        if len(changes.at) == 0:
            none = np.zeros(len(wall), np.bool_)
            return Localised(wall - changes.offsets[0] * SECOND, none, none)
        before, after = changes.offsets[:-1], changes.offsets[1:]
        starts = (changes.at + np.minimum(before, after)) * SECOND
        ends = (changes.at + np.maximum(before, after)) * SECOND
        passed = np.searchsorted(ends, wall, side="right")
        following = np.minimum(passed, len(starts) - 1)
        between = (passed < len(starts)) & (wall >= starts[following])
        repeated = between & (after < before)[following]
        missing = between & (after > before)[following]
        return Localised(wall - changes.offsets[passed] * SECOND, repeated, missing)

    def wall_days(self, instants: Micros) -> npt.NDArray[np.int64]:
        """Return the civil day of each instant as days since 1970."""
        if len(instants) == 0:
            return instants
        changes = self._covering(instants)
        offsets = changes.offsets[np.searchsorted(changes.at * SECOND, instants, side="right")]
        return (instants + offsets * SECOND) // (DAY * SECOND)

    def _covering(self, micros: Micros) -> Changes:
        """Return changes from the year before the first of the times to the year after the last."""
        years = np.array([micros.min(), micros.max()]).astype("datetime64[us]").astype("datetime64[Y]")
        first, last = (int(year) + 1970 for year in years.astype(np.int64))
        known = self._changes
        if first - 1 < known.first_year or last + 1 > known.last_year:
            known = _changes(self.zone, min(first - 1, known.first_year), max(last + 1, known.last_year))
            self._changes = known
        return known


def _changes(zone: ZoneInfo, first_year: int, last_year: int) -> Changes:
    start = int(dt.datetime(first_year, 1, 1, tzinfo=dt.UTC).timestamp())
    end = int(dt.datetime(last_year + 1, 1, 1, tzinfo=dt.UTC).timestamp())
    at: list[int] = []
    offsets = [_offset(zone, start)]
    for morning in range(start, end, DAY):
        if _offset(zone, morning + DAY) != offsets[-1]:
            at.append(_change_between(zone, morning, morning + DAY))
            offsets.append(_offset(zone, morning + DAY))
    return Changes(first_year, last_year, np.array(at, np.int64), np.array(offsets, np.int64))


def _change_between(zone: ZoneInfo, low: int, high: int) -> int:
    """Return the first second at which the later offset holds."""
    before = _offset(zone, low)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _offset(zone, middle) == before else (low, middle)
    return high


def _offset(zone: ZoneInfo, second: int) -> int:
    """Return the whole seconds by which the wall clock is ahead of UTC."""
    local = (dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=second)).astimezone(zone)
    offset = local.utcoffset()
    return int(offset.total_seconds()) if offset is not None else 0
