"""The clocks of a case and of its remedy, each with how it was counted."""

import datetime as dt
from dataclasses import dataclass

from tallystick.cases.matter import Matter
from tallystick.cases.models import Case
from tallystick.processes.clocks import unit_of
from tallystick.processes.models import Course
from tallystick.processes.queries import calendars_of, process_of
from tallystick.processes.standing import Running
from tallystick.rulebook.due import Due
from tallystick.rulebook.processes import Clock

UNITS = {"working_day": "working day", "day": "day", "month": "month"}


@dataclass(frozen=True)
class Shown:
    """A clock: due on a day, or paused with `left` days in `unit`; ended met, stopped or passed, or running.

    `counted` says in words how its day follows, `is_verified` whether that stands in the code.
    """

    clock: str
    title: str
    owner: str
    started_on: dt.date
    due_on: dt.date | None
    left: int | None
    unit: str
    ended_on: dt.date | None
    how: str
    is_past: bool
    counted: str
    is_verified: bool

    @property
    def is_open(self) -> bool:
        return self.ended_on is None

    @property
    def is_paused(self) -> bool:
        return self.is_open and self.due_on is None


def clocks(case: Case, on: dt.date, matter: Matter | None = None) -> list[Shown]:
    """Return the clocks of a case and of its remedies: running ones first, by their day; then those ended.

    :param matter: the rows of the case, where they are read already
    """
    rows = matter or Matter(case)
    found = [_shown(course, one, on) for course in rows.courses for one in rows.standing(on, course).clocks]
    return sorted(found, key=_order)


def _order(one: Shown) -> tuple[bool, bool, dt.date]:
    return not one.is_open, one.due_on is None, one.due_on or one.started_on


def _shown(course: Course, running: Running, on: dt.date) -> Shown:
    rule = process_of(course).clocks[running.clock]
    return Shown(
        clock=running.clock,
        title=rule.title,
        owner=rule.owner,
        started_on=running.started_on,
        due_on=running.due_on,
        left=running.left,
        unit=unit_of(rule),
        ended_on=running.ended_on,
        how=running.how or "",
        is_past=running.is_past(on),
        counted=_counted(course, rule, running),
        is_verified=rule.verified,
    )


def _counted(course: Course, rule: Clock, running: Running) -> str:
    """Return how a clock was counted: `10 working days after 6 September 2021, England and Wales`."""
    start = f"{running.started_on.day} {running.started_on:%B %Y}"
    if not isinstance(rule.due, Due):
        return f"a day that was stated on {start}"
    word = UNITS[rule.due.unit]
    count = f"{rule.due.count} {word}{'' if rule.due.count == 1 else 's'}"
    start = f"{start}, that day included" if rule.due.counting == "inclusive" else start
    if rule.due.unit != "working_day":
        return f"{count} after {start}"
    return f"{count} after {start}, {calendars_of(course)(rule.due.calendar).title}"
