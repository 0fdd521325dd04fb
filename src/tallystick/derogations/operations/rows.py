"""A step of a derogation within an act: by whose decision, and what else changes with where it stands."""

import datetime as dt

from tallystick.derogations.facts import (
    ACTIVE,
    TERM,
    body_of,
    came_before,
    facts_of,
    running_until,
    stage_of,
)
from tallystick.derogations.models import Derogation
from tallystick.derogations.operations.entries import day
from tallystick.parties.acting import Acting
from tallystick.processes import decided
from tallystick.processes.guards import PREDICATES, SUSPENSION
from tallystick.processes.models import Step
from tallystick.processes.operations.carrying import UnableToTakeStep, as_decided, carry_out, decided_so
from tallystick.processes.operations.courses import Taken, follow, take_step
from tallystick.processes.queries import process_of, standing_of
from tallystick.processes.wishes import UnableToMove, not_done
from tallystick.rulebook.processes import Move

LAST_DAYS = {"lapse": dt.timedelta(), "revoke": dt.timedelta(days=-1)}


def has_taken(row: Derogation, key: str) -> bool:
    """Tell whether the form took a step of the derogation before."""
    return bool(row.course.steps.filter(key=key).exists())


def step(row: Derogation, taken: Taken, by: Acting, at: dt.datetime, decision: str = "") -> Step:
    """Take a step of a derogation that is locked, and let all that hangs on it follow.

    :param decision: the reference of the motion or the decision that it carries out, where it is a body's
    :raises UnableToMove: if the rule does not allow it
    :raises UnableToTakeStep: if its last day is over, or it carries out a decision that does not stand
    """
    standing = standing_of(row.course, by.day)
    facts = dict(facts_of(row, by.day, standing, taken.stated.get(TERM)))
    found = None
    if not has_taken(row, taken.key):
        until = running_until(standing, TERM)
        if stage_of(process_of(row.course), standing) == ACTIVE and until is not None and until < by.day:
            raise UnableToTakeStep(
                f"{row.reference} ended on {day(until)}, its last day. Nothing prolongs it: it expires by "
                "itself, and another is asked for."
            )
        _check_suspension(process_of(row.course).moves.get(taken.move), facts["suspended_by"])
        found = decided_so(row.course, taken.move, decision, came_before(row.course), by)
    if found is not None:
        facts |= as_decided(row.course, taken.move)
    made = take_step(row.course, taken, facts, PREDICATES, by=by, at=at)
    if found is not None:
        carry_out(made, found)
    if taken.move in LAST_DAYS and row.last_on is None:
        row.last_on = by.day + LAST_DAYS[taken.move]
        row.save(update_fields=["last_on"])
    settle(row, by.day, at)
    return made


def _check_suspension(rule: Move | None, suspended_by: str | None) -> None:
    """Name the challenge in the refusal, which the condition of the move does not."""
    if rule is not None and suspended_by is not None and SUSPENSION in rule.guards:
        why = f"{suspended_by} suspends what was decided last."
        raise UnableToMove(not_done(rule.title), why, "It opens once that is decided, or no longer suspends.")


def settle(row: Derogation, on: dt.date, at: dt.datetime) -> None:
    """Give a derogation the state and the body that follow from where it stands.

    Once a body had it before it, it keeps it: what came of its decision is its own to read.
    """
    value, before = process_of(row.course), (row.body_id, row.publicity)
    stage = stage_of(value, standing_of(row.course, on))
    key = body_of(value, stage)
    if key is not None and row.body is None:
        row.body = decided.body_of(row.code, key, on)
    if value.stage(stage).ends:
        row.ended_at = row.ended_at or at
        # What was never submitted stays between its party and the office.
        row.publicity = Derogation.DRAFT if row.publicity == Derogation.DRAFT else Derogation.CLOSED
    elif stage != value.begins[value.main]:
        row.publicity = Derogation.ISSUED
    row.save(update_fields=["body", "publicity", "ended_at"])
    if (row.body_id, row.publicity) != before:
        follow(row.course, row)
