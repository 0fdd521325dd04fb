"""The days of an account: a quarter of an operating period, or all of it."""

import datetime as dt
from dataclasses import dataclass

from tallystick.risks.models import OperatingPeriod
from tallystick.rulebook.periods import MONTHS_A_QUARTER, MONTHS_A_YEAR, Span


@dataclass(frozen=True, slots=True)
class Reach:
    """The days from `first` until `last`, both included; `quarter` is 0 for the whole period."""

    period: OperatingPeriod
    quarter: int
    first: dt.date
    last: dt.date

    def has(self, day: dt.date | None) -> bool:
        """Tell whether a day is one of them."""
        return day is not None and self.first <= day <= self.last

    @property
    def title(self) -> str:
        return f"{self.period.name}, quarter {self.quarter}" if self.quarter else self.period.name


def quarters_of(period: OperatingPeriod) -> int:
    """Return how many quarters an operating period has; the last may be shorter."""
    first, last = period.from_on, period.until_on
    months = (last.year - first.year) * MONTHS_A_YEAR + last.month - first.month + 1
    return -(-months // MONTHS_A_QUARTER)


def reach_of(period: OperatingPeriod, quarter: int = 0) -> Reach | None:
    """Return the days of a quarter, counted from 1, or of the whole period; nothing of one that is none."""
    if not quarter:
        return Reach(period, 0, period.from_on, period.until_on)
    if not 0 < quarter <= quarters_of(period):
        return None
    ahead = (quarter - 1) * MONTHS_A_QUARTER
    months = Span(Span.month_of(period.from_on).first, MONTHS_A_QUARTER).shifted(ahead)
    return Reach(period, quarter, max(period.from_on, months.first), min(period.until_on, months.last))
