"""Where a matter stands: its stage in each track, its clocks, and whether it is on hold."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

How = Literal["met", "stopped", "passed"]


@dataclass(frozen=True, slots=True)
class Running:
    """A clock from the day it started; it is due until the end of `due_on`.

    While it is paused it has no day: `left` are the days that will count again, the first of them included,
    working days where its rule counts those and days elsewhere. It ended `met` by a move that names it, in
    time; `stopped` by a move that takes away what it was for, in time; or `passed`.
    """

    clock: str
    started_on: dt.date
    due_on: dt.date | None
    paused_on: dt.date | None = None
    left: int | None = None
    ended_on: dt.date | None = None
    how: How | None = None

    @property
    def is_open(self) -> bool:
        return self.ended_on is None

    def is_past(self, on: dt.date) -> bool:
        """Tell whether its time was over before the day; that of one that is paused is not."""
        return self.is_open and self.due_on is not None and self.due_on < on


@dataclass(frozen=True, slots=True)
class Standing:
    """The stage of each track, the clocks in the order they started, and the day of what happened last."""

    at: Mapping[str, str]
    since: dt.date
    clocks: tuple[Running, ...] = ()
    on_hold: bool = False

    def open_clocks(self) -> Iterator[Running]:
        """Yield the clocks that have not ended, paused ones among them."""
        return (one for one in self.clocks if one.is_open)

    def running(self, clock: str) -> Running | None:
        """Return a clock if it has not ended: of each, one runs at a time."""
        return next((one for one in self.open_clocks() if one.clock == clock), None)
