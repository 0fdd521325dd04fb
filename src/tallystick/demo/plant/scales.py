"""How much is planted, and when it is sent."""

import datetime as dt
from dataclasses import dataclass

from tallystick.demo.plant.clock import days_between, instant, last_day_of, month_after

YEAR = tuple(month_after("2020-08", n) for n in range(12))
FOCUS = "2021-07"
KNOWN_ON = dt.date(2021, 8, 20)
EARLIER = dt.date(2021, 8, 13)  # after July was sent, before anything was restated
LAST_SENT = instant(dt.date(2021, 8, 18), 9)
THIN = (1, 6, 11, 16, 21, 25, 28)  # the days of past months that a small year has events on
SMALL_CUTS = {"2020": "2020-12", "2021-Q1": "2021-03", "2021-Q2": "2021-06", FOCUS: FOCUS}


@dataclass(frozen=True)
class Cut:
    """The months that one file of a stream is about, and when the file reaches the administrator."""

    period: str
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

    def days(self, month: str) -> list[dt.date]:
        """Return the days of a month that have events."""
        first, last = dt.date.fromisoformat(f"{month}-01"), last_day_of(month)
        every = days_between(first, last)
        if self.thin and month != FOCUS:
            return [day for day in every if day.day in THIN or day == last]
        return every


def _small_cuts() -> tuple[Cut, ...]:
    cuts, started = [], 0
    for period, last in SMALL_CUTS.items():
        until = YEAR.index(last) + 1
        cuts.append(Cut(period, YEAR[started:until]))
        started = until
    return tuple(cuts)


SCALES = {
    "small": Scale("small", 100, 8, 14, 5, 10, 20, 10, 1, True, _small_cuts(), False),
    "medium": Scale(
        "medium", 4600, 60, 300, 36, 400, 380, 200, 12, False, tuple(Cut(m, (m,)) for m in YEAR), True
    ),
}
