"""The kind of cause of a case, as the code's list of its day calls it."""

import datetime as dt

from tallystick.cases.models import Case
from tallystick.parties.rulebooks import rulebook_of
from tallystick.rulebook.causes import Cause


def cause_of(case: Case) -> Cause | None:
    """Return the kind of cause that was named, by the list of the day on which it was; none while none is."""
    if not case.cause or case.cause_on is None:
        return None
    return rulebook_of(case.code).causes_on(case.cause_on).get(case.cause)


def causes_to_choose(code: str, day: dt.date) -> list[tuple[str, str]]:
    """Return the kinds of cause of a code on the day by name, with their titles."""
    return [(name, one.title) for name, one in rulebook_of(code).causes_on(day).items()]
