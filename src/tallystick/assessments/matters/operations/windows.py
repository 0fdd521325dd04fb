"""Query windows of comparisons and of charges close by themselves, and times to answer pass."""

import datetime as dt
import logging
from typing import Any

from django.db import transaction

from tallystick.assessments.matters.operations.moving import settle
from tallystick.assessments.matters.operations.rows import enter, locked
from tallystick.assessments.matters.standing import facts_of
from tallystick.assessments.models import ChargeRun, Publication
from tallystick.parties.acting import Acting
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.processes.guards import PREDICATES
from tallystick.processes.operations.courses import pass_clock
from tallystick.processes.queries import passed_clocks, process_of
from tallystick.processes.wishes import UnableToMove

BY_ITSELF = "Worker"

log = logging.getLogger(__name__)


@transaction.atomic
@unscoped(BY_AN_ACT)
def pass_clock_of_matter(*, matter: Publication | ChargeRun, clock: str, by: Acting, at: dt.datetime) -> bool:
    """Let a clock of a comparison or of charges pass, if its time is over; tell whether it passed now."""
    held = locked(matter)
    if (held.course, clock) not in passed_clocks([held.course], by.day):
        return False
    made = pass_clock(held.course, clock, facts_of(held, by.day), PREDICATES, on=by.day, at=at)
    if made is not None:
        settle(held, by.day, at)
    title = process_of(held.course).clocks[clock].title
    move = {"move": made.move, "stages": [made.from_stage, made.to_stage]} if made else {}
    said = f"saw the time pass on {held.reference}: {title}"
    enter("pass_clock_of_matter", held, (by, at), said, {"clock": clock, **move})
    return True


def pass_due(at: dt.datetime, on: dt.date) -> int:
    """Let everything pass whose time was over before the day; return how much did.

    What cannot pass yet waits for the next time, and the log says why.
    """
    return sum(
        _let(row, clock, at, on) for model in (Publication, ChargeRun) for row, clock in _due(model, on)
    )


def _let(row: Any, clock: str, at: dt.datetime, on: dt.date) -> bool:
    try:
        return pass_clock_of_matter(
            matter=row, clock=clock, by=Acting(row.code, on, stands_for=BY_ITSELF), at=at
        )
    except UnableToMove as refusal:
        log.info("%s: %s", row.reference, refusal)
        return False


@unscoped(BY_AN_ACT, of_everybody=True)
def _due(model: type[Any], on: dt.date) -> list[tuple[Any, str]]:
    rows: list[Any] = list(model.objects.filter(ended_at=None).select_related("course").order_by("pk"))
    of = {one.course_id: one for one in rows}
    return [(of[course.pk], clock) for course, clock in passed_clocks([one.course for one in rows], on)]
