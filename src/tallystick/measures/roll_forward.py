"""What was open, was opened, was resolved and stayed open, and how much of that is old."""

import datetime as dt
from dataclasses import dataclass

import ibis

from tallystick.measures.limits import MICROSECONDS
from tallystick.measures.source import Source
from tallystick.rulebook.measures import RollForward
from tallystick.rulebook.periods import Span
from tallystick.rulebook.rulebook import Rulebook

HOURS_A_DAY = 24


@dataclass(frozen=True)
class Roll:
    """A month of a register: open at the start + opened - resolved = open at the end.

    `aged` is how many of those open at the end were opened longer ago than the ageing limit, or None
    where the measure names none.
    """

    open_at_start: int
    opened: int
    resolved: int
    open_at_end: int
    aged: int | None = None


def roll_forward(rows: Source, measure: RollForward, rulebook: Rulebook, span: Span) -> Roll:
    """Count a register over a span, from the day each row was opened and resolved."""
    here = rows.over(rows.table.filter(rows.meets(measure.where) & ~rows.excluded(measure.at)))
    opened, resolved = here.day(measure.opened), here.day(measure.resolved)
    first, last = ibis.literal(span.first), ibis.literal(span.last)
    still_open = (opened <= last) & (resolved.isnull() | (resolved > last))
    oldest = _ageing_day(measure, rulebook, span)
    counts = here.table.aggregate(
        open_at_start=here.table.count(where=(opened < first) & (resolved.isnull() | (resolved >= first))),
        opened=here.table.count(where=(opened >= first) & (opened <= last)),
        resolved=here.table.count(where=((resolved >= first) & (resolved <= last)).fill_null(False)),
        open_at_end=here.table.count(where=still_open),
        aged=here.table.count(where=still_open & (opened < ibis.literal(oldest or span.first))),
    )
    (counted,) = counts.to_pyarrow().to_pylist()
    if oldest is None:
        counted["aged"] = None
    return Roll(**counted)


def _ageing_day(measure: RollForward, rulebook: Rulebook, span: Span) -> dt.date | None:
    """Return the day before whose start a row is aged at the end of the span."""
    if measure.ageing is None:
        return None
    parameter = rulebook.parameters[measure.ageing.parameter]
    value = parameter.value_on(span.last).value
    if value is None:
        return None
    if parameter.unit == "working_day":
        return rulebook.calendar().before(span.last, int(value))
    hours = MICROSECONDS["hour"] * HOURS_A_DAY
    days = int(value) if parameter.unit == "day" else int(value * MICROSECONDS[parameter.unit]) // hours
    return span.last - dt.timedelta(days=days)
