"""The methods by which a code scores, as scores name them, and where a score stands by its own method."""

import datetime as dt
from decimal import Decimal

from tallystick.parties.rulebooks import rulebook_of
from tallystick.risks.models import OperatingPeriod, Score
from tallystick.risks.scoring.grid import Stands, stands
from tallystick.rulebook.scoring import Grid, Money, Tail

Method = Grid | Money | Tail
TITLES: dict[Stands, str] = {"above": "Above appetite", "watch": "Watch", "within": "Within"}


def value_of(code: str, method: str, day: dt.date) -> tuple[dt.date, Method] | None:
    """Return a method's value on a day with the first day that it is in force, if it has one."""
    known = rulebook_of(code).scoring.get(method)
    if known is None or min(known.values) > day:
        return None
    return max(one for one in known.values if one <= day), known.value_on(day)


def value_of_period(period: OperatingPeriod) -> tuple[dt.date, Method] | None:
    """Return the value by which the risks of a period are scored: that of the day on which it was opened."""
    return value_of(period.code, period.method, period.opened_on)


def method_of(score: Score) -> Method | None:
    """Return the value of the method that a score names; nothing where the rulebook has it no more."""
    known = rulebook_of(score.code).scoring.get(score.method)
    return known.values.get(score.method_on) if known is not None else None


def position_of(score: Score) -> Stands | None:
    """Return where a score stands by its own method, if the rulebook has that still."""
    method = method_of(score)
    return stands(method, score.net, score.appetite) if method is not None else None


def amount(method: Method | None, score: Decimal) -> str:
    """Return a score as people write it: steps multiplied, or pounds, without pence where there are none."""
    sign = "" if method is None or isinstance(method, Grid) else "£"
    return f"{sign}{score:,.2f}".removesuffix(".00")


def title_of(code: str, method: str, value: Method | None) -> str:
    """Return what a method is called, with its version."""
    known = rulebook_of(code).scoring.get(method)
    title = known.title if known is not None else method
    return f"{title}, {value.version}" if value is not None else title
