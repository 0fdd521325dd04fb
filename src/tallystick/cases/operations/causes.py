"""The kind of cause of a case is named, by the code's list of the day."""

import datetime as dt

from django.db import transaction

from tallystick.cases.models import Case
from tallystick.cases.operations.entries import enter, locked_case
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.parties.rulebooks import rulebook_of


class UnableToNameCause(Exception):
    """The code's list of the day has no such kind of cause, or it is not the office that names it."""


@transaction.atomic
@unscoped(BY_AN_ACT)
def name_cause(*, case: Case, cause: str, by: Acting, at: dt.datetime) -> Case:
    """Say what kind of cause a case has; one that has ended too, as it counts in what is told of many.

    Said again, it stands as it was.

    :raises UnableToNameCause: if the list of the day has no such kind, or somebody is not of the office
    """
    held = locked_case(case)
    if by.name not in Role.OFFICE:
        raise UnableToNameCause("The office names the kind of cause of a case.")
    known = rulebook_of(held.code).causes_on(by.day)
    if cause not in known:
        raise UnableToNameCause(f"{cause[:60]!r} is no kind of cause that the code lists today.")
    if held.cause == cause:
        return held
    before = held.cause
    held.cause, held.cause_on = cause, by.day
    held.save(update_fields=["cause", "cause_on"])
    said = f"named the cause of {held.reference}: {known[cause].title}"
    enter("name_cause", held, by, at, said, {"cause": cause, "before": before})
    return held
