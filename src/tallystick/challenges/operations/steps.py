"""A step of a challenge or of a dispute within an act: by whose decision, and before whom it is then."""

import datetime as dt

from tallystick.challenges.facts import facts_of
from tallystick.challenges.matter import Matter, Row
from tallystick.challenges.models import Challenge
from tallystick.challenges.suspending import challenge_of
from tallystick.parties.acting import Acting
from tallystick.processes.decided import body_of
from tallystick.processes.guards import PREDICATES
from tallystick.processes.models import Step
from tallystick.processes.operations.carrying import UnableToTakeStep, as_decided, carry_out, decided_so
from tallystick.processes.operations.courses import Taken, follow, take_step
from tallystick.processes.queries import process_of


def has_taken(row: Row, key: str) -> bool:
    """Tell whether the form took a step before."""
    return bool(row.course.steps.filter(key=key).exists())


def step(row: Row, taken: Taken, by: Acting, at: dt.datetime, decision: str = "") -> Step:
    """Take a step of a matter that is locked, and let all that hangs on it follow.

    :param decision: the reference of the motion or the decision that it carries out, where it is a body's
    :raises UnableToMove: if the rule does not allow it
    :raises UnableToTakeStep: if it carries out a decision that does not stand
    """
    matter, decided = Matter(row), None
    if not has_taken(row, taken.key):
        rule = process_of(row.course).moves.get(taken.move)
        is_here = rule is not None and matter.before(by.day) == rule.body
        decided = decided_so(row.course, taken.move, decision, matter.since if is_here else None, by)
        served = challenge_of(decided) if decided is not None and isinstance(row, Challenge) else None
        if served is not None:
            raise UnableToTakeStep(
                f"{decision.strip()} was served by itself, as {served.reference}: it answers no query."
            )
    facts = facts_of(matter, taken.on or by.day, decided)
    if decided is not None:
        facts = {**facts, **as_decided(row.course, taken.move)}
    made = take_step(row.course, taken, facts, PREDICATES, by=by, at=at)
    if decided is not None:
        carry_out(made, decided)
    settle(row, by.day, at)
    return made


def settle(row: Row, day: dt.date, at: dt.datetime) -> None:
    """Give a matter the body it is before now; where it has ended, close it."""
    matter, before = Matter(row), (row.body_id, row.publicity)
    if process_of(row.course).stage(matter.stage(day)).ends:
        row.closed_at, row.publicity = row.closed_at or at, row.CLOSED
        row.save(update_fields=["closed_at", "publicity"])
    else:
        row.body = body_of(row.code, matter.before(day), day)
        if row.body_id != before[0]:
            row.save(update_fields=["body"])
    if (row.body_id, row.publicity) != before:
        follow(row.course, row)
