"""Clocks of cases and of their remedies pass: each once, as whoever looks after the house lets them."""

import datetime as dt
import logging

from django.db import transaction

from tallystick.cases.facts import facts_of
from tallystick.cases.models import Case, Remedy
from tallystick.cases.operations.entries import enter, locked_case
from tallystick.cases.operations.steps import settle
from tallystick.parties.acting import Acting
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.processes.guards import PREDICATES
from tallystick.processes.models import Course
from tallystick.processes.operations.courses import pass_clock
from tallystick.processes.queries import passed_clocks, process_of
from tallystick.processes.wishes import UnableToMove

BY_ITSELF = "Worker"

log = logging.getLogger(__name__)


@transaction.atomic
@unscoped(BY_AN_ACT)
def pass_clock_of(*, case: Case, course: Course, clock: str, by: Acting, at: dt.datetime) -> bool:
    """Let a clock of a case or of its remedy pass, if its time is over; return whether it passed now.

    :param course: that of the case, or of a version of its remedy
    :raises UnableToMove: if what it does when it passes is not allowed
    """
    held = locked_case(case)
    fresh = Course.objects.get(pk=course.pk)
    if (fresh, clock) not in passed_clocks([fresh], by.day):
        return False
    step = pass_clock(fresh, clock, facts_of(held, by.day), PREDICATES, on=by.day, at=at)
    if step is not None and fresh.pk == held.course_id:
        settle(held, step.key, by, at)
    title = process_of(fresh).clocks[clock].title
    said = f"saw the time pass on {held.reference}: {title}"
    move = {"move": step.move, "stages": [step.from_stage, step.to_stage]} if step else {}
    enter("pass_clock_of", held, by, at, said, {"clock": clock, "process": fresh.process, **move})
    return True


def pass_due(at: dt.datetime, on: dt.date) -> int:
    """Let every clock of open cases pass whose time was over before the day; return how many did.

    One that cannot pass yet waits for the next time, and the log says why.
    """
    passed = 0
    for case, course, clock in _due(on):
        by = Acting(case.code, on, stands_for=BY_ITSELF)
        try:
            passed += pass_clock_of(case=case, course=course, clock=clock, by=by, at=at)
        except UnableToMove as refusal:
            log.info("%s, %s: %s", case.reference, clock, refusal)
    return passed


@unscoped(BY_AN_ACT, of_everybody=True)
def _due(day: dt.date) -> list[tuple[Case, Course, str]]:
    cases = list(Case.objects.filter(closed_at=None).select_related("course").order_by("pk"))
    remedies = Remedy.objects.filter(case__in=cases, course__ended_on=None).select_related("course")
    of = {one.course_id: one for one in cases}
    courses = [one.course for one in cases]
    by_key = {one.pk: one for one in cases}
    for one in remedies.order_by("pk"):
        of[one.course_id] = by_key[one.case_id]
        courses.append(one.course)
    return [(of[course.pk], course, clock) for course, clock in passed_clocks(courses, day)]
