"""Clocks of challenges and of disputes pass: each once, as whoever looks after the house lets them."""

import datetime as dt
import logging

from django.db import transaction

from tallystick.cases.operations.clocks import BY_ITSELF
from tallystick.challenges.facts import facts_of
from tallystick.challenges.matter import Matter, Row
from tallystick.challenges.models import Challenge, Dispute
from tallystick.challenges.operations.entries import enter, locked_challenge, locked_dispute
from tallystick.challenges.operations.steps import settle
from tallystick.parties.acting import Acting
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.processes.guards import PREDICATES
from tallystick.processes.operations.courses import pass_clock
from tallystick.processes.queries import passed_clocks, process_of
from tallystick.processes.wishes import UnableToMove

log = logging.getLogger(__name__)


@transaction.atomic
@unscoped(BY_AN_ACT)
def pass_clock_of(*, row: Row, clock: str, by: Acting, at: dt.datetime) -> bool:
    """Let a clock of a challenge or a dispute pass, if its time is over; return whether it passed now.

    :raises UnableToMove: if what it does when it passes is not allowed
    """
    held = locked_challenge(row) if isinstance(row, Challenge) else locked_dispute(row)
    if (held.course, clock) not in passed_clocks([held.course], by.day):
        return False
    facts = facts_of(Matter(held), by.day)
    step = pass_clock(held.course, clock, facts, PREDICATES, on=by.day, at=at)
    if step is not None:
        settle(held, by.day, at)
    title = process_of(held.course).clocks[clock].title
    move = {"move": step.move, "stages": [step.from_stage, step.to_stage]} if step else {}
    said = f"saw the time pass on {held.reference}: {title}"
    enter("pass_clock_of", held, by, at, said, {"clock": clock, **move})
    return True


def pass_due(at: dt.datetime, on: dt.date) -> int:
    """Let every clock pass whose time was over before the day; return how many did.

    One that cannot pass yet waits for the next time, and the log says why.
    """
    passed = 0
    for row, clock in _due(on):
        by = Acting(row.code, on, stands_for=BY_ITSELF)
        try:
            passed += pass_clock_of(row=row, clock=clock, by=by, at=at)
        except UnableToMove as refusal:
            log.info("%s, %s: %s", row.reference, clock, refusal)
    return passed


@unscoped(BY_AN_ACT, of_everybody=True)
def _due(day: dt.date) -> list[tuple[Row, str]]:
    challenges = Challenge.objects.filter(closed_at=None)
    rows: list[Row] = [
        *challenges.select_related("course", "motion", "decision").order_by("pk"),
        *Dispute.objects.filter(closed_at=None).select_related("course").order_by("pk"),
    ]
    of = {one.course_id: one for one in rows}
    return [(of[course.pk], clock) for course, clock in passed_clocks([one.course for one in rows], day)]
