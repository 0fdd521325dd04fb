"""What a derogation makes of a figure: pure answers from terms, a level and two whole numbers.

Nothing is graded anew: the state that was computed stands, and beside it the one under the level allowed. A
share that reaches that level is met under it; one that does not stays what it is.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from tallystick.findings.grades import Direction, Grade, grade
from tallystick.rulebook.measures import Level
from tallystick.rulebook.periods import Span

MET: Grade = "met"


@dataclass(frozen=True)
class Granted:
    """A term as it was granted, both of its days included; `level` in per cent, None for leave in words."""

    number: int
    from_on: dt.date
    until_on: dt.date
    conditions: str
    level: Decimal | None = None


def granted_on(terms: Iterable[Granted], last_on: dt.date | None, day: dt.date) -> Granted | None:
    """Return the term that stands on a day: of those whose days it is one of, the one granted last.

    :param last_on: the last day that anything stood, where it ended before its time
    """
    if last_on is not None and day > last_on:
        return None
    standing = [one for one in terms if one.from_on <= day <= one.until_on]
    return max(standing, key=lambda one: one.number, default=None)


def granted_over(
    terms: Sequence[Granted], last_on: dt.date | None, span: Span, direction: Direction = "up"
) -> Granted | None:
    """Return what stands on every day of a period: the last of its terms, at the strictest level of any.

    One that it covers in part alone is not under it: its figure counts days on which nothing was allowed.
    """
    found = [granted_on(terms, last_on, day) for day in span.days()]
    standing = [one for one in found if one is not None]
    if len(standing) < len(found):
        return None
    levels = [one.level for one in standing if one.level is not None]
    if len(levels) < len(standing):
        return replace(standing[-1], level=None)
    return replace(standing[-1], level=max(levels) if direction == "up" else min(levels))


def state_under(
    state: str, counts: tuple[int | None, int | None], allowed: Decimal | None, direction: Direction = "up"
) -> str:
    """Return the state of a figure under the level allowed: met where its share reaches that.

    :param state: the one that was computed, which stands where the level is not reached or none is allowed
    :param counts: numerator and denominator; what nobody reported or nothing happened in is as it was
    """
    numerator, denominator = counts
    if allowed is None or numerator is None or not denominator:
        return state
    reached = grade(numerator, denominator, Level(target=allowed, source="granted"), direction)
    return MET if reached == MET else state


def is_weaker(allowed: Decimal, target: Decimal, direction: Direction = "up") -> bool:
    """Tell whether a level asks for less than the target does."""
    return allowed < target if direction == "up" else allowed > target
