"""The end of a case: an auditor is satisfied, what the remedy did is verified, and it is closed."""

import datetime as dt

from django.db import transaction

from tallystick.cases.models import Case
from tallystick.cases.operations.entries import enter, locked_case
from tallystick.cases.operations.steps import has_taken, step_case
from tallystick.decisions.worded import named
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.processes.operations.courses import Taken
from tallystick.processes.said import words_of

VERIFY, CLOSE, WITHDRAW = "verify", "close", "withdraw"


class UnableToSatisfyAuditor(Exception):
    """Somebody else than the auditor said so, the case was born in no audit, or it has ended."""


@transaction.atomic
@unscoped(BY_AN_ACT)
def satisfy_auditor(*, case: Case, by: Acting, at: dt.datetime) -> Case:
    """Say, as the auditor, that a case born in an audit may close. Said once, it stands.

    :raises UnableToSatisfyAuditor: if somebody else says so, it was born in no audit, or it has ended
    """
    held = locked_case(case)
    if by.person is None or by.name != Role.AUDITOR:
        raise UnableToSatisfyAuditor("The auditor alone says whether the auditor is satisfied.")
    if held.source != Case.AUDIT:
        raise UnableToSatisfyAuditor(f"{held.reference} was born in no audit.")
    if held.auditor_satisfied_at is not None:
        return held
    if held.closed_at is not None:
        raise UnableToSatisfyAuditor(f"{held.reference} has ended.")
    held.auditor_satisfied_at = at
    held.save(update_fields=["auditor_satisfied_at"])
    enter("satisfy_auditor", held, by, at, f"is satisfied with {held.reference}", {})
    return held


@transaction.atomic
@unscoped(BY_AN_ACT)
def verify_case(*, case: Case, key: str, by: Acting, at: dt.datetime) -> Case:
    """Verify that a remedy did what it promised, by its milestones and its criterion.

    :raises UnableToMove: if they do not say so, the auditor is not satisfied, or it is not for this role
    """
    held = locked_case(case)
    was_done = has_taken(held, key)
    step_case(held, Taken(VERIFY, key), by, at)
    if not was_done:
        enter("verify_case", held, by, at, f"verified that {held.reference} is remedied", {})
    return held


@transaction.atomic
@unscoped(BY_AN_ACT)
def close_case(*, case: Case, effect: str, key: str, by: Acting, at: dt.datetime) -> Case:
    """Close a case that was verified, with a note of what the remedy changed.

    :raises UnableToMove: if it is not verified, nothing is said of the effect, or it is not for this role
    """
    held = locked_case(case)
    was_done = has_taken(held, key)
    step = step_case(held, Taken(CLOSE, key, said={"effect": effect.strip()}), by, at)
    if not was_done:
        told = {"effect": effect.strip(), **named(*words_of(step))}
        enter("close_case", held, by, at, f"closed {held.reference}", told)
    return held


@transaction.atomic
@unscoped(BY_AN_ACT)
def withdraw_case(*, case: Case, key: str, by: Acting, at: dt.datetime) -> Case:
    """Withdraw a case of which no finding holds any more, as after a restatement.

    :raises UnableToMove: if a finding still holds, or it is not for this role
    """
    held = locked_case(case)
    was_done = has_taken(held, key)
    step_case(held, Taken(WITHDRAW, key), by, at)
    if not was_done:
        enter("withdraw_case", held, by, at, f"withdrew {held.reference}, as no finding holds", {})
    return held
