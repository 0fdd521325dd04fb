"""The steps of a challenge: it is queried, answered, appealed and decided, and what it suspends is lifted."""

import datetime as dt

from django.db import transaction

from tallystick.challenges.models import Challenge
from tallystick.challenges.operations.entries import enter, locked_challenge
from tallystick.challenges.operations.steps import has_taken, step
from tallystick.decisions.worded import named
from tallystick.parties.acting import Acting
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.processes.models import Step
from tallystick.processes.operations.carrying import set_back
from tallystick.processes.operations.courses import Taken
from tallystick.processes.queries import process_of
from tallystick.processes.said import words_of

CHANGED = "changed"


@transaction.atomic
@unscoped(BY_AN_ACT)
def step_challenge(
    *, challenge: Challenge, taken: Taken, by: Acting, at: dt.datetime, decision: str = ""
) -> Step:
    """Take one of the next lawful steps of a challenge, once.

    Where it changes what was decided, every matter that carried it out goes back, by an entry of its own.

    :param decision: the reference of what a body decided, where the step carries that out
    :raises UnableToMove: if the rule does not allow it
    :raises UnableToTakeStep: if no such decision waits to be carried out
    """
    held = locked_challenge(challenge)
    was_done = has_taken(held, taken.key)
    made = step(held, taken, by, at, decision)
    if was_done:
        return made
    back = []
    if made.to_stage == CHANGED:
        back = set_back(held.decided, held.reference, by, at)
    title = process_of(held.course).moves[made.move].title
    facts = {"move": made.move, "stages": [made.from_stage, made.to_stage], "said": made.said}
    facts |= {"decision": decision.strip(), "set_back": [[one.from_stage, one.to_stage] for one in back]}
    facts |= named(*words_of(made))
    enter("step_challenge", held, by, at, f"took a step of {held.reference}: {title}", facts)
    return made
