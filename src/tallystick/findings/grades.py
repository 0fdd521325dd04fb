"""Grades: two whole numbers against a level, compared exactly and before any rounding.

99% is 99 of 100, so a share reaches it if numerator x 100 >= denominator x 99. Equality reaches a level;
a variance touches the edge of its band when it equals it (H3.24 reads "at or above 110%").
"""

from decimal import Decimal
from fractions import Fraction
from typing import Literal

from tallystick.rulebook.measures import Level

Grade = Literal["met", "below_target", "below_minimum", "not_reported", "no_events", "no_level"]
Direction = Literal["up", "down"]
HUNDRED = 100
WORST_FIRST: tuple[Grade, ...] = (
    "below_minimum",
    "below_target",
    "not_reported",
    "no_level",
    "no_events",
    "met",
)
SHORT = frozenset({"below_target", "below_minimum"})


def grade(numerator: int, denominator: int, level: Level | None, direction: Direction = "up") -> Grade:
    """Return the grade of a share that was counted. 0 of 0 is no share of 0: there were no events."""
    if level is not None and level.most is not None:
        return "met" if numerator <= level.most else "below_target"
    if denominator == 0:
        return "no_events"
    return grade_share(Fraction(numerator, denominator), level, direction)


def grade_share(share: Fraction, level: Level | None, direction: Direction = "up") -> Grade:
    """Return the grade of an exact share, 1 for a whole."""
    if level is None or (level.target is None and level.band is None):
        return "no_level"
    if level.band is not None:
        low, high = (_part(edge) for edge in level.band)
        return "met" if low < share < high else "below_target"
    if level.target is not None and _reaches(share, level.target, direction):
        return "met"
    if level.minimum is None or _reaches(share, level.minimum, direction):
        return "below_target"
    return "below_minimum"


def _reaches(share: Fraction, level: Decimal, direction: Direction) -> bool:
    return share >= _part(level) if direction == "up" else share <= _part(level)


def _part(percent: Decimal) -> Fraction:
    return Fraction(percent) / HUNDRED


# What reports say instead of a number, and what it means. The words of a report win over its number.
_SAID: dict[str, Grade] = {
    "performance measurement not reported": "not_reported",
    "not reported": "not_reported",
    "not_reported": "not_reported",
    "no events": "no_events",
    "no_events": "no_events",
    "above target": "met",
    "above target service level": "met",
    "below target": "below_target",
    "below target service level": "below_target",
    "below minimum": "below_minimum",
    "below minimum service level": "below_minimum",
}


def grade_said(status: str | None) -> Grade | None:
    """Return the grade that a report's own words give, or nothing where they give none."""
    return _SAID.get(" ".join((status or "").lower().split()).rstrip("."))
