"""Months, quarters and years of civil days, written as people write them: 2021-07, 2021-Q3, 2021."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

MONTHS_A_YEAR = 12
MONTHS_A_QUARTER = 3
FIRST_YEAR, LAST_YEAR = 1900, 2199
_WRITTEN = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})|-Q(?P<quarter>[1-4]))?")


class UnreadablePeriod(ValueError):
    """The text is not a period."""


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """Whole civil months: `months` of them from the month of `first`."""

    first: dt.date
    months: int = 1

    @classmethod
    def parse(cls, text: str) -> "Span":
        """Read 2021-07, 2021-Q3 or 2021.

        :raises UnreadablePeriod: if it is none of them
        """
        found = _WRITTEN.fullmatch(text)
        known = found and FIRST_YEAR <= int(found["year"]) <= LAST_YEAR
        if not found or not known or not 1 <= int(found["month"] or 1) <= MONTHS_A_YEAR:
            raise UnreadablePeriod(f"{text[:20]!r} is not a period. Write a month such as 2021-07.")
        year = int(found["year"])
        if found["quarter"]:
            month = MONTHS_A_QUARTER * (int(found["quarter"]) - 1) + 1
            return cls(dt.date(year, month, 1), MONTHS_A_QUARTER)
        return cls(dt.date(year, int(found["month"] or 1), 1), 1 if found["month"] else MONTHS_A_YEAR)

    @classmethod
    def month_of(cls, day: dt.date) -> "Span":
        return cls(day.replace(day=1))

    @classmethod
    def quarter_of(cls, day: dt.date) -> "Span":
        month = MONTHS_A_QUARTER * ((day.month - 1) // MONTHS_A_QUARTER) + 1
        return cls(dt.date(day.year, month, 1), MONTHS_A_QUARTER)

    @property
    def last(self) -> dt.date:
        """The last day of the period."""
        end = self.shifted(self.months).first
        return end - dt.timedelta(days=1)

    @property
    def length(self) -> int:
        """How many days the period has."""
        return (self.last - self.first).days + 1

    def shifted(self, months: int) -> "Span":
        """Return the period of the same length that starts so many months later (or earlier)."""
        count = self.first.year * MONTHS_A_YEAR + self.first.month - 1 + months
        return Span(dt.date(count // MONTHS_A_YEAR, count % MONTHS_A_YEAR + 1, 1), self.months)

    def days(self) -> list[dt.date]:
        """Return every day of the period."""
        return [self.first + dt.timedelta(days=n) for n in range(self.length)]

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        if self.months == 1:
            return f"{self.first:%Y-%m}"
        if self == Span.quarter_of(self.first):
            return f"{self.first.year}-Q{(self.first.month - 1) // MONTHS_A_QUARTER + 1}"
        if self.months == MONTHS_A_YEAR and self.first.month == 1:
            return str(self.first.year)
        return f"{self.first:%Y-%m}/{self.last:%Y-%m}"

    @property
    def words(self) -> str:
        """The period as a sentence says it, such as July 2021."""
        if self.months == 1:
            return f"{calendar.month_name[self.first.month]} {self.first.year}"
        return str(self).replace("-", " ")
