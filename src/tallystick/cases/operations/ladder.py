"""Steps of a case that need nothing but what the rule asks: along the ladder, and of the case itself."""

import datetime as dt

from django.db import transaction

from tallystick.cases.facts import facts_of
from tallystick.cases.models import Case
from tallystick.cases.operations.entries import enter, locked_case
from tallystick.cases.operations.steps import has_taken, issue, settle, step_case
from tallystick.decisions.worded import named
from tallystick.parties.acting import Acting
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.processes.carriers import Carrier
from tallystick.processes.guards import PREDICATES
from tallystick.processes.models import Step
from tallystick.processes.operations.carrying import UnableToTakeStep
from tallystick.processes.operations.courses import Taken, take_step
from tallystick.processes.queries import process_of, standing_of
from tallystick.processes.said import words_of
from tallystick.rulebook.guards import INNER

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
@unscoped(BY_AN_ACT)
def take_ladder_step(*, case: Case, taken: Taken, by: Acting, at: dt.datetime, decision: str = "") -> Step:
    """Take one of the next lawful steps, once. Where it skips a stage, `taken` says why.

    :param decision: the reference of what a body decided, where the step carries that out
    :raises UnableToMove: if the rule does not allow it
    :raises UnableToTakeStep: if another act makes the move, or no such decision waits to be carried out
    """
    held = locked_case(case)
    if taken.move in ELSEWHERE:
        raise UnableToTakeStep(f"Use the form to {ELSEWHERE[taken.move]}: more belongs to it than a step.")
    rule = process_of(held.course).moves.get(taken.move)
    if rule is not None and INNER & {*rule.guards}:
        raise UnableToTakeStep("A step is set back by the decision on its challenge, and not by itself.")
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
    told |= named(*words_of(step))
    enter("take_ladder_step", held, by, at, said, told)
    return step


@transaction.atomic
@unscoped(BY_AN_ACT)
def set_step_back(*, step: Step, changed_by: str, by: Acting, at: dt.datetime) -> Step | None:
    """Let a case go back to where it stood before a step, within the act that changed what was decided then.

    Where no way of the rule leads back from where it stands now, or it came back there since, it stays.

    :param changed_by: the reference of the challenge
    """
    case = locked_case(Case.objects.get(course=step.course_id))
    key = f"back-{changed_by}"
    there: Step | None = case.course.steps.filter(key=key).first()
    move = _way_back(case, step, by.day)
    if there is not None or move is None:
        return there
    facts = {**facts_of(case, by.day), "changed_by": changed_by}
    back = take_step(case.course, Taken(move, key), facts, PREDICATES, by=by, at=at)
    settle(case, key, by, at)
    stage = process_of(case.course).stage(back.to_stage).title
    said = f"set {case.reference} back to {stage}, as {changed_by} changed the decision"
    told = {"move": move, "stages": [back.from_stage, back.to_stage], "challenge": changed_by}
    enter("set_step_back", case, by, at, said, told)
    return back


CARRIER = Carrier(Case, locked_case, set_step_back)


def _way_back(case: Case, step: Step, on: dt.date) -> str | None:
    """Return the move that leads back to where a step came from, unless the case came there again since."""
    value, standing = process_of(case.course), standing_of(case.course, on)
    since = case.course.steps.filter(pk__gt=step.pk, to_stage=step.from_stage)
    if value.stage(standing.at[value.main]).ends or since.exists():
        return None
    here = standing.at[step.track]
    back = [(name, rule) for name, rule in value.moves_from(here) if rule.to == step.from_stage]
    return next((name for name, rule in back if INNER & {*rule.guards}), None)
