"""Which body a case is before, and what that body decided about it: by a vote that carried, or without one.

A case is before a body where that body's decision leads on. What was decided since then about the party, and
was not carried out in the case yet, can be carried out once.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value

from tallystick.cases.matter import Matter
from tallystick.cases.models import Case
from tallystick.parties.models import Body, Membership, in_force
from tallystick.parties.once import once
from tallystick.parties.policy.guard import unscoped
from tallystick.processes import decided
from tallystick.processes.decided import Decided
from tallystick.processes.queries import process_of
from tallystick.processes.standing import Standing
from tallystick.rulebook.processes import ProcessValue

LADDER = "ladder"
WHY = "Counts seats and decisions about a case that was found through what somebody may see."


@dataclass(frozen=True)
class Deciding:
    """Who decides on a case: the body it is before, by its key, and the `following` one of the ladder.

    `aside` counts who sits on the first of them and works for the party: they are asked to stand aside.
    """

    key: str | None
    body: Body | None
    following: Body | None
    aside: int
    has_decided: bool


def awaited(value: ProcessValue, standing: Standing) -> str | None:
    """Return the key of the body whose decision leads on from where a case stands, if it is one."""
    keys = {
        rule.body
        for rule in value.moves.values()
        if rule.body is not None
        and standing.at[value.track_of[rule.to]] in rule.from_
        and all(standing.at[track] in stages for track, stages in rule.while_.items())
    }
    return keys.pop() if len(keys) == 1 and not value.stage(standing.at[value.main]).ends else None


def hearing(value: ProcessValue, stage: str) -> str | None:
    """Return the key of the one body whose decision leads on from a stage: to be there is to be escalated."""
    keys = {rule.body for rule in value.moves.values() if stage in rule.from_ and rule.body is not None}
    return keys.pop() if len(keys) == 1 else None


def was_escalated(case: Case, matter: Matter | None = None) -> bool:
    """Tell whether a case was ever before a body."""
    value = process_of(case.course)
    return any(hearing(value, one.stage) is not None for one in (matter or Matter(case)).places)


def undone(case: Case, key: str | None, matter: Matter | None = None) -> list[Decided]:
    """Return what the body decided about the party since the case is before it, and was not carried out."""
    since = came_before(case, key, matter)
    return [] if key is None or since is None else decided.undone(case.course, key, since)


def decided_by(case: Case, on: dt.date, matter: Matter | None = None) -> str | None:
    """Return the key of the body that a case is before, if something it decided waits to be carried out."""
    told = deciding(matter or Matter(case), on)
    return told.key if told.has_decided else None


def came_before(case: Case, key: str | None, matter: Matter | None = None) -> dt.datetime | None:
    """Return when the case came before the body, which it was ever since; None for no body."""
    if key is None:
        return None
    value = process_of(case.course)
    since = None
    for place in reversed((matter or Matter(case)).places):
        if place.track == value.main:
            continue
        if since is not None and hearing(value, place.stage) != key:
            break
        since = place.entered_at
    return since


@once
@unscoped(WHY)
def deciding(matter: Matter, on: dt.date) -> Deciding:
    """Return who decides now, who decides once it is escalated, and how many of them stand aside."""
    case, value, standing = matter.case, process_of(matter.case.course), matter.standing(on)
    here = awaited(value, standing)
    rungs = list(value.tracks[LADDER].stages)
    ahead = rungs[rungs.index(standing.at[LADDER]) + 1 :]
    after = next((key for key in (hearing(value, name) for name in ahead) if key not in (None, here)), None)
    known = _bodies(case, [key for key in (here, after) if key], came_before(case, here, matter), on)
    body, following = (_of_key(known, key, on) for key in (here, after))
    has_decided = any(one.has_decided for one in known if here and one.key.lower() == here.lower())
    first = body or following
    return Deciding(here, body, following, first.aside or 0 if first else 0, has_decided=has_decided)


def _bodies(case: Case, keys: Iterable[str], since: dt.datetime | None, on: dt.date) -> list[Any]:
    """Return bodies by their keys, each with how many work for the party, and whether it `has_decided`."""
    named = [Q(key__iexact=key) for key in keys]
    if not named:
        return []
    terms = Membership.objects.filter(in_force(on), seat__body=OuterRef("pk"), employer=case.party)
    aside = terms.order_by().values("seat__body").annotate(people=Count("person", distinct=True))
    waits: Any = Value(False)
    if since is not None:
        undone_ones = decided.undone_of_any(case.course, since)
        motions, decisions = (found.filter(body=OuterRef("pk")) for found in undone_ones)
        waits = Exists(motions) | Exists(decisions)
    found = Body.objects.filter(reduce(or_, named), code=case.code).order_by("-from_on")
    return list(found.annotate(aside=Subquery(aside.values("people")), has_decided=waits))


def _of_key(known: Iterable[Any], key: str | None, on: dt.date) -> Any:
    return next(
        (one for one in known if key and one.key.lower() == key.lower() and one.is_in_force(on)), None
    )
