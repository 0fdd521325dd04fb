"""The clocks of matters, each with how it was counted."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tallystick.processes.clocks import unit_of
from tallystick.processes.models import Course
from tallystick.processes.queries import Rows, calendars_of, process_of
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


def clocks(courses: Iterable[Course], rows: Mapping[int, Rows], on: dt.date) -> list[Shown]:
    """Return the clocks of courses: running ones first, by their day; then those ended.

    :param rows: what is written down of each course, by its key
    """
    found = [
        _shown(one, running, on)
        for one in courses
        for running in rows[one.pk].standing(one, process_of(one), on).clocks
    ]
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
