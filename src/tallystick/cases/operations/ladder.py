"""Steps of a case that need nothing but what the rule asks: along the ladder, and of the case itself."""

import datetime as dt

from django.db import transaction

from tallystick.cases.models import Case
from tallystick.cases.operations.entries import WHY, enter, locked_case
from tallystick.cases.operations.steps import has_taken, issue, step_case
from tallystick.parties.acting import Acting
from tallystick.parties.policy.guard import unscoped
from tallystick.processes.models import Step
from tallystick.processes.operations.carrying import UnableToTakeStep
from tallystick.processes.operations.courses import Taken
from tallystick.processes.queries import process_of

INFORM = "inform"  # where there are no lines, the party learns of the case by this step itself
# Moves that another act makes, since more belongs to them than a step.
ELSEWHERE = {
    "give_notice": "give notice",
    "reply": "reply to the notice",
    "accept_remedy": "accept the remedy",
    "accept_remedy_at_pab": "accept the remedy",
    "accept_remedy_at_panel": "accept the remedy",
}


@transaction.atomic
@unscoped(WHY)
def take_ladder_step(*, case: Case, taken: Taken, by: Acting, at: dt.datetime, decision: str = "") -> Step:
    """Take one of the next lawful steps, once. Where it skips a stage, `taken` says why.

    :param decision: the reference of what a body decided, where the step carries that out
    :raises UnableToMove: if the rule does not allow it
    :raises UnableToTakeStep: if another act makes the move, or no such decision waits to be carried out
    """
    held = locked_case(case)
    if taken.move in ELSEWHERE:
        raise UnableToTakeStep(f"Use the form to {ELSEWHERE[taken.move]}: more belongs to it than a step.")
    was_done = has_taken(held, taken.key)
    step = step_case(held, taken, by, at, decision)
    if was_done:
        return step
    if step.move == INFORM:
        issue(held)
    title = process_of(held.course).moves[step.move].title
    said = f"took a step of {held.reference}: {title}"
    told = {"move": step.move, "track": step.track, "stages": [step.from_stage, step.to_stage]}
    told |= {"said": step.said, "reason": step.reason, "decision": decision.strip()}
    enter("take_ladder_step", held, by, at, said, told)
    return step
