"""What a measure showed before and after a technique was applied, and whether the change is real.

The month in which it was first applied belongs to neither side. The verdict is that of an XmR chart whose
limits are those of the months before; where there are too few months, that is said and nothing else. What
changed after a technique need not have changed by it: that is for whoever reads this to judge.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tallystick.findings.rounding import HUNDRED
from tallystick.findings.spc import FEWEST_POINTS, Direction, Spc, spc, verdict_in_words
from tallystick.rulebook.periods import MONTHS_A_YEAR, Span

FEWEST_BEFORE = 6
MOST_BEFORE = 2 * MONTHS_A_YEAR


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a measure as a whole, in two counts. It has no share where the second is nothing."""

    period: str
    numerator: int
    denominator: int

    @property
    def share(self) -> Fraction | None:
        return Fraction(self.numerator, self.denominator) if self.denominator else None


@dataclass(frozen=True, slots=True)
class Side:
    """The months on one side that have a share, and the sums of their counts."""

    months: tuple[Month, ...]

    @property
    def numerator(self) -> int:
        return sum(one.numerator for one in self.months)

    @property
    def denominator(self) -> int:
        return sum(one.denominator for one in self.months)

    @property
    def share(self) -> Fraction | None:
        return Fraction(self.numerator, self.denominator) if self.denominator else None


@dataclass(frozen=True, slots=True)
class Judged:
    """A measure with what its level asks, in per cent, if it has one, and which way is better."""

    measure: str
    title: str
    target: Decimal | None
    direction: Direction


@dataclass(frozen=True, slots=True)
class Effect:
    """What a measure showed before and after a technique was first applied; `silent` months had no share."""

    of: Judged
    since: dt.date
    before: Side
    after: Side
    silent: int
    verdict: Spc

    @property
    def is_told(self) -> bool:
        return self.verdict.variation != "too_few"

    @property
    def words(self) -> str:
        """Return the verdict in words, or how many months there are where these are too few."""
        if self.is_told:
            last = self.verdict.points[-1].period
            return verdict_in_words(self.verdict, self.of.target, last, self.of.direction)
        had = f"{len(self.before.months)} before and {len(self.after.months)} after"
        return (
            f"Too few months to tell: {had}. "
            f"{FEWEST_BEFORE} before, 1 after and {FEWEST_POINTS} together are needed."
        )


def effect_of(of: Judged, since: dt.date, until: dt.date, months: Sequence[Month]) -> Effect:
    """Return what the months of a measure say of a technique that was first applied on a day.

    :param until: the last day of the account; months that end later are left out
    :param months: the oldest first
    """
    began, last = str(Span.month_of(since)), str(Span.month_of(until))
    first = str(Span.month_of(since).shifted(-MOST_BEFORE))
    known = [one for one in months if first <= one.period <= last and one.period != began]
    told = [one for one in known if one.share is not None]
    before = Side(tuple(one for one in told if one.period < began))
    after = Side(tuple(one for one in told if one.period > began))
    return Effect(of, since, before, after, len(known) - len(told), _verdict(of, before, after))


def _verdict(of: Judged, before: Side, after: Side) -> Spc:
    series = [(one.period, one.share) for one in (*before.months, *after.months) if one.share is not None]
    is_enough = len(before.months) >= FEWEST_BEFORE and bool(after.months)
    return spc(
        series,
        direction=of.direction,
        target=Fraction(of.target) / HUNDRED if of.target is not None else None,
        baseline=len(before.months),
        fewest=FEWEST_POINTS if is_enough else len(series) + 1,
    )
