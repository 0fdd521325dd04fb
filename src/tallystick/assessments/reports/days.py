"""The days of an account: a quarter of an operating period, or all of it.

What was applied before the first register was opened has its account too: years are counted back from it.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from tallystick.risks.models import OperatingPeriod
from tallystick.rulebook.periods import MONTHS_A_QUARTER, MONTHS_A_YEAR, Span


@dataclass(frozen=True, slots=True)
class Year:
    """An operating period whose register was opened, or a year before the first of them."""

    name: str
    from_on: dt.date
    until_on: dt.date


@dataclass(frozen=True, slots=True)
class Reach:
    """The days from `first` until `last`, both included; `quarter` is 0 for the whole period."""

    period: Year
    quarter: int
    first: dt.date
    last: dt.date

    def has(self, day: dt.date | None) -> bool:
        """Tell whether a day is one of them."""
        return day is not None and self.first <= day <= self.last

    @property
    def title(self) -> str:
        return f"{self.period.name}, quarter {self.quarter}" if self.quarter else self.period.name


def years_of(periods: Sequence[OperatingPeriod], applied_from: dt.date | None) -> list[Year]:
    """Return the years that may have an account, the latest first: none before a register was opened.

    :param applied_from: the first day on which anything was applied
    """
    found = [Year(one.name, one.from_on, one.until_on) for one in periods]
    found.sort(key=lambda one: one.from_on, reverse=True)
    while found and applied_from is not None and applied_from < found[-1].from_on:
        found.append(_year_before(found[-1].from_on))
    return found


def _year_before(day: dt.date) -> Year:
    month = Span.month_of(day).shifted(-MONTHS_A_YEAR).first
    first = month.replace(day=min(day.day, Span.month_of(month).last.day))
    last = day - dt.timedelta(days=1)
    name = str(first.year) if first.year == last.year else f"{first.year}-{last:%y}"
    return Year(name, first, last)


def quarters_of(period: Year) -> int:
    """Return how many quarters an operating period has; the last may be shorter."""
    first, last = period.from_on, period.until_on
    months = (last.year - first.year) * MONTHS_A_YEAR + last.month - first.month + 1
    return -(-months // MONTHS_A_QUARTER)


def reach_of(period: Year, quarter: int = 0) -> Reach | None:
    """Return the days of a quarter, counted from 1, or of the whole period; nothing of one that is none."""
    if not quarter:
        return Reach(period, 0, period.from_on, period.until_on)
    if not 0 < quarter <= quarters_of(period):
        return None
    ahead = (quarter - 1) * MONTHS_A_QUARTER
    months = Span(Span.month_of(period.from_on).first, MONTHS_A_QUARTER).shifted(ahead)
    return Reach(period, quarter, max(period.from_on, months.first), min(period.until_on, months.last))
