"""What a remedy changed: the months before and after it was accepted, and whether the change is real.

The month in which it was accepted belongs to neither side. The verdict is that of an XmR chart whose limits
are those of the months before; where there are too few months, that is said and nothing else.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tallystick.cases.trajectory import Criterion, Month
from tallystick.findings.rounding import HUNDRED
from tallystick.findings.spc import FEWEST_POINTS, Spc, spc, verdict_in_words
from tallystick.rulebook.periods import Span

FEWEST_BEFORE = 6


@dataclass(frozen=True)
class Side:
    """The months on one side of the acceptance that have a share, and how many of them `reached` the level.

    `numerator` and `denominator` are the sums of their counts, where every month has some.
    """

    months: tuple[Month, ...]
    reached: int
    numerator: int | None
    denominator: int | None

    @property
    def share(self) -> Fraction | None:
        if not self.denominator or self.numerator is None:
            return None
        return Fraction(self.numerator, self.denominator)


@dataclass(frozen=True)
class Effect:
    """One remedy: what its measure showed before and after. `silent` months have no share to compare."""

    reference: str
    criterion: Criterion
    accepted_on: dt.date
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
            level: Decimal = self.criterion.level
            return verdict_in_words(self.verdict, level, last, self.criterion.direction)
        had = f"{len(self.before.months)} before and {len(self.after.months)} after"
        return (
            f"Too few months to tell: {had}. "
            f"{FEWEST_BEFORE} before, 1 after and {FEWEST_POINTS} together are needed."
        )


def effect_of(reference: str, criterion: Criterion, accepted_on: dt.date, months: Sequence[Month]) -> Effect:
    """Return what the months of a measure say of the remedy that was accepted on a day."""
    accepted = str(Span.month_of(accepted_on))
    before = _side([one for one in months if one.period < accepted])
    after = _side([one for one in months if one.period > accepted])
    return Effect(
        reference=reference,
        criterion=criterion,
        accepted_on=accepted_on,
        before=before,
        after=after,
        silent=sum(one.share is None and one.period != accepted for one in months),
        verdict=_verdict(criterion, before, after),
    )


def _side(months: Sequence[Month]) -> Side:
    told = tuple(one for one in months if one.share is not None)
    has_counts = all(one.denominator for one in told) and bool(told)
    return Side(
        months=told,
        reached=sum(one.told == "reached" for one in told),
        numerator=sum(one.numerator or 0 for one in told) if has_counts else None,
        denominator=sum(one.denominator or 0 for one in told) if has_counts else None,
    )


def _verdict(criterion: Criterion, before: Side, after: Side) -> Spc:
    series = [(one.period, one.share) for one in (*before.months, *after.months) if one.share is not None]
    is_enough = len(before.months) >= FEWEST_BEFORE and bool(after.months)
    return spc(
        series,
        direction=criterion.direction,
        target=Fraction(criterion.level) / HUNDRED,
        baseline=len(before.months),
        fewest=FEWEST_POINTS if is_enough else len(series) + 1,
    )
