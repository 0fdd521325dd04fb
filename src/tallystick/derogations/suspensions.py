"""What a challenge does to leave: what takes leave away, or lets it go on otherwise, waits while it runs.

What a body granted goes on although it is challenged: a challenge of it takes nothing away from the party
that asked for it.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from tallystick.derogations.models import Derogation
from tallystick.parties.acting import Acting
from tallystick.parties.once import once
from tallystick.processes.decided import Stay, seen_by, stays_of
from tallystick.processes.models import Course

VARY, REVOKE = "vary", "revoke"
# The steps that a challenge suspends, as notes name them.
SUSPENDED = {VARY: "the variation", REVOKE: "the revocation", "refuse": "the refusal"}
Stays = Mapping[int, list[Stay]]


@once
def stays_of_leave(code: str) -> Stays:
    """Return the steps of derogations of a code that have no effect, by their courses."""
    found: dict[int, list[Stay]] = {}
    for one in stays_of(Course.objects.filter(process=Derogation.TYPE, code=code), code):
        if one.move in SUSPENDED:
            found.setdefault(one.course, []).append(one)
    return found


def stays_seen(acting: Acting) -> Stays:
    """Return the same as somebody may read it: without a reference that is not theirs to see."""
    stays = stays_of_leave(acting.code)
    seen = seen_by(acting, {one.by for told in stays.values() for one in told}) if stays else frozenset()
    return {
        course: [one if one.by in seen else replace(one, by="") for one in told]
        for course, told in stays.items()
    }


def suspended_by(row: Derogation) -> str | None:
    """Return the reference of the challenge that suspends a step of a derogation, if one does."""
    found = running(stays_of_leave(row.code).get(row.course_id, ()))
    return found.by if found is not None else None


def counting(terms: Iterable[Any], stays: Iterable[Stay]) -> list[Any]:
    """Return the terms that count: a variation that is suspended, or was changed, does not."""
    without = {one.step for one in stays if one.move == VARY}
    return [one for one in terms if one.step_id not in without]


def ended_on(row: Derogation, stays: Iterable[Stay]) -> dt.date | None:
    """Return the last day of a derogation that has ended; none while what revoked it is suspended."""
    is_suspended = any(one.move == REVOKE and not one.is_for_good for one in stays)
    return None if is_suspended else row.last_on


def running(stays: Iterable[Stay]) -> Stay | None:
    """Return what a challenge suspends that runs now, if one does."""
    return next((one for one in stays if not one.is_for_good), None)
