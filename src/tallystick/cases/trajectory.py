"""Whether a party keeps to what a remedy promises, month by month, from two whole numbers each.

A month reaches the level, falls short of it, had no events, or was not reported. Months that reach count
while they follow each other. One without events says nothing and is passed over: nothing could go wrong in
it. One that was not reported ends the row, since whoever kept a bad month back would gain by it otherwise;
once it is reported the row is counted again, as it is for a month that is restated.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Literal

from tallystick.findings.grades import HUNDRED, Direction
from tallystick.rulebook.periods import Span

Told = Literal["reached", "short", "no_events", "not_reported"]
UNSAID = frozenset({"not_reported", "withheld"})
UNSETTLED = frozenset({"provisional", "incomplete"})


@dataclass(frozen=True)
class Criterion:
    """When a remedy has done: the measure shows the level, in per cent, in so many months running.

    Where the measure is better the lower it is, `down`, the level is a most.
    """

    measure: str
    level: Decimal
    months: int
    direction: Direction = "up"

    def is_reached_by(self, share: Fraction) -> bool:
        """Compare exactly and before any rounding; equality reaches it."""
        level = Fraction(self.level) / HUNDRED
        return share >= level if self.direction == "up" else share <= level


@dataclass(frozen=True)
class Reading:
    """What the current run of a month says of the party; `share` is a percentage, for where no counts are."""

    period: str
    numerator: int | None
    denominator: int | None
    share: str = ""
    state: str = ""
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Month:
    """One month beside the level, 1 for a whole. `in_a_row` are the months that reached it, by its end.

    One that does not `count` is of before the promise. One that is `unsettled` has events still open, or
    days that were not received: it counts as it stands, and may come to stand otherwise.
    """

    period: str
    told: Told
    numerator: int | None
    denominator: int | None
    share: Fraction | None
    counts: bool
    in_a_row: int
    is_restated: bool = False
    is_unsettled: bool = False


@dataclass(frozen=True)
class Measured:
    """A criterion with the months that tell of it; months count from `since` on."""

    criterion: Criterion
    since: Span
    months: tuple[Month, ...] = ()

    @property
    def in_a_row(self) -> int:
        """The months that reached the level by the end of the last, following each other."""
        return self.months[-1].in_a_row if self.months else 0

    @property
    def reached_on(self) -> dt.date | None:
        """The last day of the first month by whose end it had held for as long as it asks."""
        return next((Span.parse(one.period).last for one in self.months if self._is_enough(one)), None)

    @property
    def earliest(self) -> dt.date:
        """The first day on which it held, or can at the earliest: if every month to come reaches it."""
        if self.reached_on is not None:
            return self.reached_on
        last = [Span.parse(one.period).shifted(1) for one in self.months[-1:]]
        wanting = self.criterion.months - self.in_a_row
        return max([self.since, *last]).shifted(wanting - 1).last

    @property
    def is_told(self) -> bool:
        """Tell whether any month that counts says something."""
        return any(one.counts and one.told != "not_reported" for one in self.months)

    def _is_enough(self, month: Month) -> bool:
        return month.counts and month.in_a_row >= self.criterion.months


def trajectory(
    criterion: Criterion, readings: Iterable[Reading], since: Span, until: Span | None
) -> tuple[Month, ...]:
    """Return the months up to the last that was computed, the oldest first, none left out.

    :param since: the first month that counts
    :param until: the last month that was computed for anybody, if any was
    """
    known = {one.period: one for one in readings}
    if until is None:
        return ()
    month = min([since, *(Span.parse(period) for period in known)])
    found: list[Month] = []
    while month <= until:
        before = found[-1].in_a_row if found else 0
        found.append(_month(criterion, str(month), known.get(str(month)), before, counts=month >= since))
        month = month.shifted(1)
    return tuple(found)


def _month(criterion: Criterion, period: str, reading: Reading | None, before: int, *, counts: bool) -> Month:
    if reading is None:
        return Month(period, "not_reported", None, None, None, counts, 0)
    share = _share(reading)
    told = _told(criterion, reading, share)
    in_a_row = {"reached": before + 1, "no_events": before}.get(told, 0) if counts else 0
    return Month(
        period=period,
        told=told,
        numerator=reading.numerator,
        denominator=reading.denominator,
        share=share,
        counts=counts,
        in_a_row=in_a_row,
        is_restated="restated" in reading.flags,
        is_unsettled=bool(reading.flags & UNSETTLED),
    )


def _told(criterion: Criterion, reading: Reading, share: Fraction | None) -> Told:
    if reading.state in UNSAID:
        return "not_reported"
    if reading.denominator == 0 or reading.state == "no_events":
        return "no_events"
    if share is None:
        return "not_reported"
    return "reached" if criterion.is_reached_by(share) else "short"


def _share(reading: Reading) -> Fraction | None:
    """Return the exact share of a month: of its counts, else the percentage that was reported."""
    if reading.denominator:
        return None if reading.numerator is None else Fraction(reading.numerator, reading.denominator)
    if reading.denominator == 0 or not reading.share:
        return None
    try:
        return Fraction(Decimal(reading.share.rstrip("% "))) / HUNDRED
    except InvalidOperation:
        return None
