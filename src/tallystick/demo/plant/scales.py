"""How much is planted, and when it is sent."""

import datetime as dt
from dataclasses import dataclass

from tallystick.demo.plant.clock import days_between, instant, last_day_of, month_after

# A year, and before it the month that the last one is set against.
MONTHS = tuple(month_after("2020-07", n) for n in range(13))
FOCUS = "2021-07"
KNOWN_ON = dt.date(2021, 8, 20)
EARLIER = dt.date(2021, 8, 13)  # after July was sent, before anything was restated
LAST_SENT = instant(dt.date(2021, 8, 18), 9)
THIN = (1, 10, 19, 28)  # the days of past months that a small year has events on, besides the last
HISTORY = "history"


@dataclass(frozen=True)
class Cut:
    """The months that one file of a stream is about, and when the file reaches the administrator.

    `period` is None where the sender vouches for the days of its rows only.
    """

    name: str
    period: str | None
    months: tuple[str, ...]

    @property
    def first(self) -> dt.date:
        """The first day it is about."""
        return dt.date.fromisoformat(f"{self.months[0]}-01")

    @property
    def last(self) -> dt.date:
        """The last day it is about."""
        return last_day_of(self.months[-1])

    @property
    def received_at(self) -> int:
        """The twelfth of the month after, at nine."""
        return instant(self.last + dt.timedelta(days=12), 9)


@dataclass(frozen=True)
class Scale:
    """Rows a day of each busy stream, and how many times the small number of duties.

    `thin`: past months have events on a few days only, so that the small year is quick to take in.
    """

    name: str
    requests: int
    firmware: int
    commands: int
    tests: int
    alerts: int
    certificates: int
    documents: int
    duties: int
    thin: bool
    cuts: tuple[Cut, ...]
    packed: bool

    def register_period(self, cut: Cut) -> str | None:
        """Return the period that a register's file states: none, unless every file of the year states one.

        A register that names days is missing on all others.
        """
        return cut.period if all(each.period for each in self.cuts) else None

    def days(self, month: str) -> list[dt.date]:
        """Return the days of a month that have events."""
        first, last = dt.date.fromisoformat(f"{month}-01"), last_day_of(month)
        every = days_between(first, last)
        if self.thin and month != FOCUS:
            return [day for day in every if day.day in THIN or day == last]
        return every


SCALES = {
    "small": Scale(
        "small",
        400,
        10,
        18,
        8,
        14,
        30,
        14,
        1,
        True,
        (Cut(HISTORY, None, MONTHS[:-1]), Cut(FOCUS, FOCUS, MONTHS[-1:])),
        False,
    ),
    "medium": Scale(
        "medium", 4600, 60, 300, 36, 400, 380, 200, 12, False, tuple(Cut(m, m, (m,)) for m in MONTHS), True
    ),
}
