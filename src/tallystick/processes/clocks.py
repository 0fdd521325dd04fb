"""How a clock counts: from the day it starts to the day it is due, and over a hold.

A hold is half-open, as every span of days here: the day it begins on is the first that does not count, and
the day it ends on counts again. So what is left is counted from the day it begins, that day included, and is
laid down again from the day it ends, that day included. What is counted in working days keeps its working
days; days, months and days that were stated keep their days. A clock that was due before the hold began is
past, and does not stand still.
"""

import calendar as months
import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from tallystick.processes.standing import How, Running
from tallystick.rulebook.due import Due
from tallystick.rulebook.processes import Clock
from tallystick.rulebook.working_days import ONE_DAY, Calendar

# Gives a calendar by its key, and the code's own for none.
Calendars = Callable[[str | None], Calendar]
MONTHS_A_YEAR = 12


def due_on(due: Due, on: dt.date, calendars: Calendars) -> dt.date:
    """Return the day on which something is due that is counted from a move; never before the move.

    A month after the 31st is the last day of a shorter month. Inclusive counting takes the day of the move
    for the first, so that what is due after a month is due on the day before the same date.

    :raises OutsideCalendar: if the calendar does not reach so far
    """
    inclusive = due.counting == "inclusive"
    if due.unit == "working_day":
        return max(on, calendars(due.calendar).after(on, due.count, inclusive=inclusive))
    last = on + due.count * ONE_DAY if due.unit == "day" else _months_after(on, due.count)
    return max(on, last - inclusive * ONE_DAY)


def _months_after(on: dt.date, count: int) -> dt.date:
    years, month = divmod(on.month - 1 + count, MONTHS_A_YEAR)
    year = on.year + years
    return dt.date(year, month + 1, min(on.day, months.monthrange(year, month + 1)[1]))


def started(name: str, clock: Clock, on: dt.date, stated: dt.date | None, calendars: Calendars) -> Running:
    """Return a clock that starts on the day; `stated` is the day that the act said, if the rule asks."""
    if isinstance(clock.due, Due):
        return Running(name, on, due_on(clock.due, on, calendars))
    return Running(name, on, stated)


def ended(running: Running, on: dt.date, *, is_met: bool) -> Running:
    """Return the clock as it ends on the day; late, it passed whatever ended it."""
    how: How = "passed" if running.is_past(on) else "met" if is_met else "stopped"
    return replace(running, ended_on=on, how=how)


def paused(running: Running, clock: Clock, on: dt.date, calendars: Calendars) -> Running:
    """Return the clock as it stands still from the day on, if it is one that does and is not past."""
    if not clock.pauses or running.due_on is None or running.is_past(on) or not running.is_open:
        return running
    working = _working(clock, calendars)
    if working is None:
        left = (running.due_on - on).days + 1
    else:
        left = working.between(on, running.due_on) + working.is_working(on)
    return replace(running, due_on=None, paused_on=on, left=left)


def resumed(running: Running, clock: Clock, on: dt.date, calendars: Calendars) -> Running:
    """Return the clock as it counts again from the day on, if it stood still."""
    if running.left is None or not running.is_open:
        return running
    working = _working(clock, calendars)
    if working is None:
        due = on + (running.left - 1) * ONE_DAY
    else:
        due = working.after(on, running.left, inclusive=True)
    return replace(running, due_on=max(on, due), paused_on=None, left=None)


def reminder_days(running: Running, clock: Clock, calendars: Calendars) -> tuple[dt.date, ...]:
    """Return the days on which the owner of a clock is told, the earliest first; none while it is paused."""
    if running.due_on is None or not running.is_open:
        return ()
    calendar = calendars(clock.due.calendar if isinstance(clock.due, Due) else None)
    days = {calendar.before(running.due_on, count) if count else running.due_on for count in clock.reminds}
    return tuple(sorted(days))


def unit_of(clock: Clock) -> str:
    """Return what the days that are left of a clock are counted in."""
    return "working_day" if isinstance(clock.due, Due) and clock.due.unit == "working_day" else "day"


def _working(clock: Clock, calendars: Calendars) -> Calendar | None:
    """Return the calendar by which a clock counts, if it counts working days."""
    counts = isinstance(clock.due, Due) and clock.due.unit == "working_day"
    return calendars(clock.due.calendar) if counts and isinstance(clock.due, Due) else None
