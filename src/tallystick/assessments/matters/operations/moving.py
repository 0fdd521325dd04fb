"""A step of a comparison or of a run of charges within an act, and what follows from where it comes to."""

import datetime as dt
from typing import Any

from tallystick.assessments.matters.operations.rows import carry_along, has_taken
from tallystick.assessments.matters.standing import body_of, came_before, facts_of, stage_of
from tallystick.assessments.models import ChargeRun, Publication
from tallystick.parties.acting import Acting
from tallystick.processes import decided
from tallystick.processes.guards import PREDICATES
from tallystick.processes.models import Step
from tallystick.processes.operations.carrying import as_decided, carry_out, decided_so
from tallystick.processes.operations.courses import Taken, take_step
from tallystick.processes.queries import process_of, standing_of

DRAFTS = ("drafted", "computed")


def step(row: Publication | ChargeRun, taken: Taken, by: Acting, at: dt.datetime, decision: str = "") -> Step:
    """Take a step of a matter that is locked, and let all that hangs on it follow.

    :param decision: the reference of what the body decided, where the step carries that out
    :raises UnableToMove: if the rule does not allow it
    :raises UnableToTakeStep: if it carries out a decision that does not stand
    """
    facts, found = dict(facts_of(row, by.day)), None
    if not has_taken(row, taken.key):
        found = decided_so(row.course, taken.move, decision, came_before(row.course), by)
        if found is not None:
            facts |= as_decided(row.course, taken.move)
    made = take_step(row.course, taken, facts, PREDICATES, by=by, at=at)
    if found is not None:
        carry_out(made, found)
    settle(row, by.day, at)
    return made


def settle(row: Publication | ChargeRun, on: dt.date, at: dt.datetime) -> None:
    """Give a matter and all its rows the body and the state that follow from where it stands.

    It is before the body whose decision leads on, and stays before the last one that had it.
    """
    value = process_of(row.course)
    stage = stage_of(value, standing_of(row.course, on))
    key = body_of(value, stage)
    if key is not None:
        row.body = decided.body_of(row.code, key, on)
    if value.stage(stage).ends:
        row.ended_at = row.ended_at or at
        # What was never shown to anybody stays in the office.
        row.publicity = row.publicity if row.publicity == row.DRAFT else row.CLOSED
    elif stage not in DRAFTS:
        row.publicity = row.ISSUED
    row.save(update_fields=["body", "publicity", "ended_at"])
    groups: tuple[Any, ...]
    if isinstance(row, Publication):
        groups = (row.sheets, row.comparedlines, row.printedlines, row.queries)
    else:
        groups = (row.chargesheets, row.chargelines, row.reliefs, row.queries)
    carry_along(row, groups)
