"""Working days: a cumulative index over every day a calendar covers.

The engine joins the same index (`index_rows`), so that a table and a single day are counted alike.
"""

import bisect
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

WEEKEND = 5
ONE_DAY = dt.timedelta(days=1)


class OutsideCalendar(LookupError):
    """The calendar's days off are not known for that day."""


@dataclass(frozen=True)
class Calendar:
    """The working days from `first` to `last`, both included."""

    key: str
    title: str
    first: dt.date
    last: dt.date
    days_off: frozenset[dt.date]

    @classmethod
    def united(cls, key: str, title: str, calendars: Iterable["Calendar"]) -> "Calendar":
        """Return the calendar whose days off are those of any of the calendars."""
        several = tuple(calendars)
        return cls(
            key,
            title,
            max(one.first for one in several),
            min(one.last for one in several),
            frozenset().union(*(one.days_off for one in several)),
        )

    def is_working(self, day: dt.date) -> bool:
        """Tell whether the day is a Working Day.

        :raises OutsideCalendar: if the calendar does not reach the day
        """
        self._check(day)
        return day.weekday() < WEEKEND and day not in self.days_off

    def count_to(self, day: dt.date) -> int:
        """Return how many working days there are from the calendar's first day to the day, included."""
        self._check(day)
        return bisect.bisect_right(self._working, day)

    def after(self, day: dt.date, count: int, *, inclusive: bool = False) -> dt.date:
        """Return the count-th working day after the day; inclusive, the day itself may be the first."""
        before = self.count_to(day) - (1 if inclusive and self.is_working(day) else 0)
        return self._nth(before + count, day)

    def before(self, day: dt.date, count: int, *, inclusive: bool = False) -> dt.date:
        """Return the count-th working day before the day; inclusive, the day itself may be the first."""
        until = self.count_to(day) - (1 if not inclusive and self.is_working(day) else 0)
        return self._nth(until - count + 1, day)

    def between(self, start: dt.date, end: dt.date) -> int:
        """Return how many working days lie after the start, up to and including the end."""
        return self.count_to(end) - self.count_to(start)

    def index_rows(self) -> Iterator[tuple[dt.date, int, int]]:
        """Yield each day, the working days up to the day before it, and up to and including it."""
        count, day = 0, self.first
        while day <= self.last:
            until_before = count
            count += day.weekday() < WEEKEND and day not in self.days_off
            yield day, until_before, count
            day += ONE_DAY

    @cached_property
    def _working(self) -> list[dt.date]:
        return [day for day, before, count in self.index_rows() if count > before]

    def _nth(self, number: int, asked: dt.date) -> dt.date:
        if not 1 <= number <= len(self._working):
            raise OutsideCalendar(f"Counting from {asked} leaves {self.first} to {self.last} ({self.key}).")
        return self._working[number - 1]

    def _check(self, day: dt.date) -> None:
        if not self.first <= day <= self.last:
            raise OutsideCalendar(f"The calendar {self.key} covers {self.first} to {self.last}, not {day}.")
