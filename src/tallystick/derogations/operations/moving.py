"""Steps of a derogation that grant nothing: submitted, assessed, refused, withdrawn, revoked, closed."""

import datetime as dt

from django.db import transaction

from tallystick.decisions.worded import named
from tallystick.derogations.drafts import UnableToDraftDerogation, check_obligation
from tallystick.derogations.models import Derogation
from tallystick.derogations.operations.entries import day, enter, locked_derogation
from tallystick.derogations.operations.rows import has_taken, step
from tallystick.parties.acting import Acting
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.models import Step
from tallystick.processes.operations.carrying import UnableToTakeStep
from tallystick.processes.operations.courses import Taken
from tallystick.processes.queries import process_of
from tallystick.processes.said import words_of

# Moves that another act makes, since more belongs to them than a step.
GRANTING = {"grant": "grant it", "vary": "vary it", "extend": "extend it"}
SUBMIT = "submit"


@transaction.atomic
@unscoped(BY_AN_ACT)
def submit_derogation(*, derogation: Derogation, key: str, by: Acting, at: dt.datetime) -> Step:
    """Submit a derogation as it was drafted: the office and its party read it from now on as it stands.

    :raises UnableToTakeStep: if its last day is over, or the obligation can no more be derogated
    :raises UnableToMove: if it was submitted before, or is not for this role
    """
    held = locked_derogation(derogation)
    was_done = has_taken(held, key)
    if not was_done:
        _check(held, by.day)
    taken = Taken(SUBMIT, key, {"justification": held.justification, "control": held.control})
    made = step(held, taken, by, at)
    if not was_done:
        said = f"submitted {held.reference}: {held.party.name} asks for a derogation from {held.obligation}"
        told = {"move": made.move, "stages": [made.from_stage, made.to_stage]}
        told |= named(*words_of(made))
        enter("submit_derogation", held, by, at, said, told)
    return made


@transaction.atomic
@unscoped(BY_AN_ACT)
def take_derogation_step(
    *, derogation: Derogation, taken: Taken, by: Acting, at: dt.datetime, decision: str = ""
) -> Step:
    """Take a step that grants nothing, once. What is revoked stands no more from today on.

    :param decision: the reference of what the body decided, where the step carries that out
    :raises UnableToMove: if the rule does not allow it
    :raises UnableToTakeStep: if another act makes the move, its last day is over, or nothing was decided so
    """
    held = locked_derogation(derogation)
    if taken.move == SUBMIT or taken.move in GRANTING:
        what = GRANTING.get(taken.move, "submit it")
        raise UnableToTakeStep(f"Use the form to {what}: more belongs to it than a step.")
    was_done = has_taken(held, taken.key)
    made = step(held, taken, by, at, decision)
    if was_done:
        return made
    title = process_of(held.course).moves[made.move].title
    said = f"took a step of {held.reference}: {title}"
    told = {"move": made.move, "stages": [made.from_stage, made.to_stage], "said": made.said}
    told |= {"decision": decision.strip(), **named(*words_of(made))}
    enter("take_derogation_step", held, by, at, said, told)
    return made


def _check(row: Derogation, on: dt.date) -> None:
    """Stop what may have changed since it was drafted.

    :raises UnableToTakeStep: saying what
    """
    if row.until_on <= on:
        raise UnableToTakeStep(f"It asks for leave until {day(row.until_on)}, which is over. Draft another.")
    try:
        check_obligation(rulebook_of(row.code), row.obligation)
    except UnableToDraftDerogation as refusal:
        raise UnableToTakeStep(str(refusal)) from refusal
