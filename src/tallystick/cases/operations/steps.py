"""A step of a case within an act: by whose decision, and what else changes with where the case stands."""

import datetime as dt

from tallystick.cases.decided import awaited, came_before
from tallystick.cases.facts import facts_of
from tallystick.cases.models import Attachment, Case
from tallystick.cases.operations.endings import end_remedies
from tallystick.parties.acting import Acting
from tallystick.processes.decided import body_of
from tallystick.processes.guards import PREDICATES, SUSPENSION
from tallystick.processes.models import Step
from tallystick.processes.operations.carrying import as_decided, carry_out, decided_so
from tallystick.processes.operations.courses import Taken, follow, take_step
from tallystick.processes.queries import process_of, standing_of
from tallystick.processes.wishes import UnableToMove, not_done
from tallystick.rulebook.processes import Move


def has_taken(case: Case, key: str) -> bool:
    """Tell whether the form took a step of the case before."""
    return bool(case.course.steps.filter(key=key).exists())


def step_case(case: Case, taken: Taken, by: Acting, at: dt.datetime, decision: str = "") -> Step:
    """Take a step of a case that is locked, and let all that hangs on it follow.

    :param decision: the reference of the motion or the decision that it carries out, where it is a body's
    :raises UnableToMove: if the rule does not allow it
    :raises UnableToTakeStep: if it carries out a decision that does not stand
    """
    facts = dict(facts_of(case, by.day))
    decided = None
    if not has_taken(case, taken.key):
        rule = process_of(case.course).moves.get(taken.move)
        _check_suspension(rule, facts["suspended_by"])
        since = came_before(case, rule.body) if rule is not None else None
        decided = decided_so(case.course, taken.move, decision, since, by)
    if decided is not None:
        facts |= as_decided(case.course, taken.move)
    step = take_step(case.course, taken, facts, PREDICATES, by=by, at=at)
    if decided is not None:
        carry_out(step, decided)
    settle(case, taken.key, by, at)
    return step


def _check_suspension(rule: Move | None, suspended_by: str | None) -> None:
    """Name the challenge in the refusal, which the condition of the move does not."""
    if rule is not None and suspended_by is not None and SUSPENSION in rule.guards:
        why = f"{suspended_by} suspends the step that it follows from."
        raise UnableToMove(not_done(rule.title), why, "It opens once that is decided, or no longer suspends.")


def settle(case: Case, key: str, by: Acting, at: dt.datetime) -> None:
    """Give a case the body it is before now; where it has ended, close it with what stands of its remedy."""
    value, standing = process_of(case.course), standing_of(case.course, by.day)
    before = case.body_id, case.publicity
    if value.stage(standing.at[value.main]).ends:
        end_remedies(case, key, by=by, at=at)
        case.closed_at = case.closed_at or at
        # What the party never heard of stays in the office.
        case.publicity = Case.DRAFT if case.publicity == Case.DRAFT else Case.CLOSED
        case.save(update_fields=["closed_at", "publicity"])
    else:
        case.body = body_of(case.code, awaited(value, standing), by.day)
        if (case.body_id, case.publicity) != before:
            case.save(update_fields=["body"])
    if (case.body_id, case.publicity) != before:
        follow(case.course, case)
        _show_to_its_body(case)


def _show_to_its_body(case: Case) -> None:
    """Let the body that a case is before now see what was filed, said and shared before it came there."""
    for remedy in case.remedies.select_related("course"):
        remedy.body = case.body
        remedy.save(update_fields=["body"])
        follow(remedy.course, remedy)
    attached = Attachment.objects.filter(message__case=case)
    for one in (*case.messages.all(), *attached, *case.shared.all(), *case.line_answers.all()):
        one.body = case.body
        one.save(update_fields=["body"])


def issue(case: Case) -> None:
    """Let the party see the case that it is told of."""
    if case.publicity == Case.DRAFT:
        case.publicity = Case.ISSUED
        case.save(update_fields=["publicity"])
        follow(case.course, case)
