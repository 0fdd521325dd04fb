"""What holds at the end of a simulated year of derogations, forbearance and challenges, told by hand."""

import datetime as dt
import json
from collections.abc import Iterator
from itertools import chain

from django.db.models import Q

from tallystick.challenges.models import Challenge
from tallystick.decisions.matters import Barred
from tallystick.decisions.models import Ballot
from tallystick.derogations.models import Derogation, Forbearance
from tallystick.derogations.queries import in_force
from tallystick.journal.models import Payload
from tallystick.processes.models import CarriedOut, Course, Step
from tests.simulation.by_hand import (
    carried_out_of,
    challenges_of,
    deciders,
    stood_in,
    suspends_then,
    took_part,
)
from tests.simulation.law import ONE, Law
from tests.simulation.town import BEGINS

GRANTS = ("grant", "vary", "extend")
EVERY = 3
LAST = dt.datetime.max.replace(tzinfo=dt.UTC)
OWNERS = {"party", "analyst", "secretary", "auditor", "chair", "pab", "panel"}


def aftermath(last: dt.date) -> Iterator[str]:
    """Yield all that is not as it has to be."""
    checks = (in_force_by_hand(last), renewed(), reviewed(last), suspended(), barred(), owned())
    return chain.from_iterable(checks)


def in_force_by_hand(last: dt.date) -> Iterator[str]:
    """Compare what was in force, day by day, with what the steps of each derogation say by hand."""
    spans = {
        row.reference: days_of(row) for row in Derogation.objects.select_related("course").order_by("pk")
    }
    for number in range(0, (last - BEGINS).days + 1, EVERY):
        day = BEGINS + number * ONE
        found = {one.derogation.reference for one in in_force("sec", day)}
        wanted = {one for one, span in spans.items() if span and span[0] <= day <= span[1]}
        for one in found ^ wanted:
            yield f"{one} {'stands' if one in found else 'does not stand'} on {day}, and by hand {spans[one]}"
    for row in Derogation.objects.select_related("course"):
        span, stage = spans[row.reference], _stage(row.course, "drafted")
        if stage == "active" and span and span[1] < last:
            yield f"{row.reference} is in force, and its last day was {span[1]}"


def days_of(row: Derogation) -> tuple[dt.date, dt.date] | None:
    """Return the first day and the last that a derogation stands on, by its steps and those of its case."""
    first, until, granted = None, dt.date.max, dt.date.max
    for step in row.course.steps.order_by("pk"):
        first = max(row.from_on, step.on) if step.move == "grant" else first
        if step.move in ("grant", "extend"):
            until = granted = dt.date.fromisoformat(step.stated["term"])
        elif step.move == "revoke":
            until = min(until, step.on - ONE) if _has_effect(step) else granted
        elif step.move == "lapse":
            until = min(until, step.on)
    done = _work_done(row)
    return None if first is None else (first, min(until, done) if done else until)


def _has_effect(step: Step) -> bool:
    """Tell whether what a step carried out has effect in the end: nothing suspends or has changed it."""
    own = list(challenges_of(CarriedOut.objects.get(step=step)))
    return not any(suspends_then(one, LAST) or stood_in(one, LAST)[0] == "changed" for one in own)


def _work_done(row: Derogation) -> dt.date | None:
    """Return the day on which the work was done that a derogation waits for, or its case ended."""
    if row.remedy_id is None or row.case is None:
        return None
    done = Step.objects.filter(course__in=row.case.remedies.values("course"), to_stage="done")
    ended = Step.objects.filter(course=row.case.course_id, to_stage__in=("closed", "withdrawn"), track="case")
    return min((one.on for one in chain(done, ended)), default=None)


def renewed() -> Iterator[str]:
    """Check that each term of leave was decided for itself by the board, and in time."""
    for row in Derogation.objects.select_related("course").order_by("pk"):
        steps = [one for one in row.course.steps.order_by("pk") if one.move in GRANTS]
        decided = {step.pk: of for step, of in carried_out_of(row.course)}
        terms = list(row.terms.order_by("number").values_list("step", flat=True))
        if terms != [one.pk for one in steps]:
            yield f"{row.reference} has terms of the steps {terms}, and was granted by others"
        until = dt.date.max
        for step in steps:
            of = decided.get(step.pk)
            if of is None or of.body.key != "PAB" or of.party_id != row.party_id:
                yield f"{row.reference} was granted by nobody: {step.move}"
            if step.on > until:
                yield f"{row.reference} was prolonged on {step.on}, and had ended on {until}"
            until = dt.date.fromisoformat(step.stated["term"]) if "term" in step.stated else until
        if len({of.pk for of in decided.values()}) != len(decided):
            yield f"{row.reference} carried out a decision twice"


def reviewed(last: dt.date) -> Iterator[str]:
    """Check that forbearance is looked at again from the day after that of its review."""
    for row in Forbearance.objects.select_related("course").order_by("pk"):
        if _stage(row.course, "proposed") == "in_force" and (row.review_on is None or row.review_on < last):
            yield f"{row.reference} is not looked at again since {row.review_on}"
        told = Payload.objects.filter(text__contains=row.reference, entry__act__contains="forbearance")
        days = [json.loads(one.text)["facts"].get("review_on") for one in told.order_by("entry__seq")]
        if row.review_on is not None and row.review_on.isoformat() not in days:
            yield f"the journal tells another review of {row.reference} than {row.review_on}"


def suspended() -> Iterator[str]:
    """Check that nothing was carried out while a challenge suspended it, or after one had changed it."""
    challenges = list(Challenge.objects.select_related("course").order_by("pk"))
    for done in CarriedOut.objects.select_related("step__course").order_by("pk"):
        own = (one for one in challenges if _is_of(one, done))
        for one in own:
            at, course = done.step.at, done.step.course
            if suspends_then(one, at) or stood_in(one, at)[0] == "changed":
                yield f"{one.decided} was carried out by {course.process} {done.step.move} against {one}"


def _is_of(one: Challenge, done: CarriedOut) -> bool:
    return (one.motion_id, one.decision_id) == (done.motion_id, done.decision_id)


def barred() -> Iterator[str]:
    """Check that nobody who decided first voted on the appeal, and nobody who was barred at all."""
    for bar in Barred.objects.select_related("motion").order_by("pk"):
        if Ballot.objects.filter(
            Q(cast_by=bar.person) | Q(seat__holder__person=bar.person), motion=bar.motion
        ):
            yield f"{bar.person} voted on {bar.motion}, and was barred"
    for one in Challenge.objects.select_related("course").order_by("pk"):
        for step, of in carried_out_of(one.course):
            if step.from_stage == "appealed" and deciders(one, step.at) & took_part(of):
                yield f"{of} decided on {one} by some who had decided before"


def owned() -> Iterator[str]:
    """Check that somebody owns each clock of each matter that goes on."""
    for course in Course.objects.order_by("pk"):
        law = Law.of(course.process, course.value_day)
        for name in set(course.timers.values_list("clock", flat=True)):
            if law.clocks[name].get("owner") not in OWNERS:
                yield f"nobody owns {name} of {course.process}"


def _stage(course: Course, begins: str) -> str:
    """Return where a matter of one track stands, by the last step."""
    return course.steps.order_by("-pk").values_list("to_stage", flat=True).first() or begins
