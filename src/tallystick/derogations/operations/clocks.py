"""Clocks of derogations and of forbearance pass, and what was leave until some work is done ends with it.

Each is let by whoever looks after the house, once.
"""

import datetime as dt
import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction

from tallystick.derogations.facts import (
    ACTIVE,
    TERM,
    done_on,
    facts_of,
    facts_of_forbearance,
    running_until,
    stage_of,
    with_work,
)
from tallystick.derogations.models import Derogation, Forbearance
from tallystick.derogations.operations.entries import day, enter, locked_derogation, locked_forbearance
from tallystick.derogations.operations.rows import settle
from tallystick.parties.acting import Acting
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.processes.guards import PREDICATES
from tallystick.processes.operations.courses import pass_clock
from tallystick.processes.operations.earlier import due_earlier
from tallystick.processes.queries import passed_clocks, process_of, standing_of
from tallystick.processes.wishes import UnableToMove

BY_ITSELF = "Worker"

log = logging.getLogger(__name__)


@transaction.atomic
@unscoped(BY_AN_ACT)
def pass_clock_of_derogation(*, derogation: Derogation, clock: str, by: Acting, at: dt.datetime) -> bool:
    """Let a clock of a derogation pass, if its time is over; return whether it passed now.

    It expires on the day after its last one, and nothing else follows that: there is no silent renewal.
    """
    held = locked_derogation(derogation)
    if (held.course, clock) not in passed_clocks([held.course], by.day):
        return False
    until = running_until(standing_of(held.course, by.day), clock)
    facts = facts_of(held, by.day, standing_of(held.course, by.day))
    made = pass_clock(held.course, clock, facts, PREDICATES, on=by.day, at=at)
    if made is not None and clock == TERM:
        _end(held, until, by, at)
    title = process_of(held.course).clocks[clock].title
    move = {"move": made.move, "stages": [made.from_stage, made.to_stage]} if made else {}
    said = f"saw the time pass on {held.reference}: {title}"
    enter("pass_clock_of_derogation", held, by, at, said, {"clock": clock, **move})
    return True


@transaction.atomic
@unscoped(BY_AN_ACT)
def end_with_work(*, derogation: Derogation, by: Acting, at: dt.datetime) -> bool:
    """End a derogation whose work was done before today: that day was its last. Tell whether it ended now."""
    held = locked_derogation(derogation)
    done = done_on(with_work(Derogation.objects.filter(pk=held.pk)).get())
    standing = standing_of(held.course, by.day)
    until = running_until(standing, TERM)
    is_active = stage_of(process_of(held.course), standing) == ACTIVE and until is not None
    if done is None or done >= by.day or not is_active:
        return False
    due_earlier(held.course, TERM, done, on=by.day, at=at)
    last = running_until(standing_of(held.course, by.day), TERM)
    if last is None or last >= by.day:
        return False
    facts = facts_of(held, by.day, standing)
    pass_clock(held.course, TERM, facts, PREDICATES, on=by.day, at=at)
    _end(held, min(last, done), by, at)
    said = f"saw {held.reference} end on {day(done)}, when the work was done that it waited for"
    enter("end_with_work", held, by, at, said, {"done_on": done.isoformat(), "was_until": str(until)})
    return True


@transaction.atomic
@unscoped(BY_AN_ACT)
def pass_clock_of_forbearance(*, forbearance: Forbearance, clock: str, by: Acting, at: dt.datetime) -> bool:
    """Let the day of its review pass, from which on forbearance is looked at again; tell whether it did."""
    held = locked_forbearance(forbearance)
    if (held.course, clock) not in passed_clocks([held.course], by.day):
        return False
    facts = facts_of_forbearance(held, by.day, standing_of(held.course, by.day))
    made = pass_clock(held.course, clock, facts, PREDICATES, on=by.day, at=at)
    title = process_of(held.course).clocks[clock].title
    move = {"move": made.move, "stages": [made.from_stage, made.to_stage]} if made else {}
    said = f"saw the time pass on {held.reference}: {title}"
    enter("pass_clock_of_forbearance", held, by, at, said, {"clock": clock, **move})
    return True


def pass_due(at: dt.datetime, on: dt.date) -> int:
    """Let everything end and pass whose time was over before the day; return how much did.

    What cannot pass yet waits for the next time, and the log says why.
    """

    def pass_of(row: Any, clock: str, by: Acting) -> bool:
        if isinstance(row, Derogation):
            return pass_clock_of_derogation(derogation=row, clock=clock, by=by, at=at)
        return pass_clock_of_forbearance(forbearance=row, clock=clock, by=by, at=at)

    ended = sum(_let(row, on, partial(_ended, row=row, at=at)) for row in _waiting())
    due = [*_due(Derogation, on), *_due(Forbearance, on)]
    return ended + sum(_let(row, on, partial(pass_of, row, clock)) for row, clock in due)


def _ended(by: Acting, *, row: Derogation, at: dt.datetime) -> bool:
    return end_with_work(derogation=row, by=by, at=at)


def _let(row: Any, on: dt.date, act: Callable[[Acting], bool]) -> bool:
    try:
        return act(Acting(row.code, on, stands_for=BY_ITSELF))
    except UnableToMove as refusal:
        log.info("%s: %s", row.reference, refusal)
        return False


@unscoped(BY_AN_ACT, of_everybody=True)
def _waiting() -> list[Derogation]:
    """Return the derogations whose work is done, and that still stand."""
    going = Derogation.objects.filter(ended_at=None, last_on=None, remedy__isnull=False)
    return [row for row in with_work(going).order_by("pk") if done_on(row) is not None]


@unscoped(BY_AN_ACT, of_everybody=True)
def _due(model: type[Derogation] | type[Forbearance], on: dt.date) -> list[tuple[Any, str]]:
    rows: list[Any] = list(model.objects.filter(ended_at=None).select_related("course").order_by("pk"))
    of = {one.course_id: one for one in rows}
    return [(of[course.pk], clock) for course, clock in passed_clocks([one.course for one in rows], on)]


def _end(row: Derogation, last_on: dt.date | None, by: Acting, at: dt.datetime) -> None:
    row.last_on = row.last_on or last_on
    row.save(update_fields=["last_on"])
    settle(row, by.day, at)
