"""What bodies decided about a matter, which waits to be carried out: by a vote that closed, or without one.

What was decided about the party since a matter is before a body, and was not carried out in it yet, can be
carried out once, unless a challenge suspends or has changed it. A body that did not let what was asked of it
has decided as well: a motion was not carried, or it REJECTED.
"""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from tallystick.decisions.models import Decision, Motion
from tallystick.parties.models import Body
from tallystick.processes.models import CarriedOut, Course
from tallystick.rulebook.processes import Outcome

Decided = Motion | Decision
# By outcome: how a vote ends, and the verbs without one.
VOTES: dict[Outcome, str] = {"agreed": "carried", "rejected": "not_carried"}
VERBS: dict[Outcome, tuple[str, ...]] = {
    "agreed": (Decision.AGREED, Decision.APPROVED, Decision.ENDORSED, Decision.REFERRED),
    "rejected": (Decision.REJECTED,),
}


def body_of(code: str, key: str | None, day: dt.date) -> Body | None:
    """Return the body of a code that the rulebook knows by its key, on the day."""
    if key is None:
        return None
    found = Body.objects.filter(code=code, key__iexact=key).order_by("-from_on")
    return next((one for one in found if one.is_in_force(day)), None)


def undone(course: Course, body: str, since: dt.datetime, outcome: Outcome = "agreed") -> list[Decided]:
    """Return what a body decided about the party of a matter since a moment, and was not carried out in it.

    :param body: by the key that the rulebook has
    """
    motions, decisions = undone_of_any(course, since, outcome)
    of_body = Q(body__key__iexact=body)
    return [
        *motions.filter(of_body).order_by("closed_at", "pk"),
        *decisions.filter(of_body).order_by("recorded_at", "pk"),
    ]


def undone_of_any(
    course: Course, since: dt.datetime, outcome: Outcome = "agreed"
) -> tuple[QuerySet[Motion], QuerySet[Decision]]:
    """Return what any body decided about the party of a matter, and was not carried out in it."""
    stayed = without_effect(course.code)
    of_matter, done = Q(code=course.code, party=course.party_id), CarriedOut.objects.filter(course=course)
    motions: QuerySet[Motion] = Motion.objects.filter(
        of_matter, state=Motion.CLOSED, outcome=VOTES[outcome], closed_at__gte=since
    )
    decisions: QuerySet[Decision] = Decision.objects.filter(
        of_matter,
        verb__in=VERBS[outcome],
        recorded_at__gte=since,
        on__gte=timezone.localtime(since).date(),
    )
    for found in (done, *stayed):
        motions = motions.exclude(pk__in=found.filter(motion__isnull=False).values("motion"))
        decisions = decisions.exclude(pk__in=found.filter(decision__isnull=False).values("decision"))
    return motions, decisions


def without_effect(code: str) -> list[QuerySet[Any]]:
    """Return what leaves decisions under a code without effect: rows with a `motion` or a `decision`.

    Each has its `reference`. Rooms above know of them, which the settings name.
    """
    return [import_string(name)(code) for name in settings.DECISIONS_WITHOUT_EFFECT]


def stayed_by(code: str, reference: str) -> str | None:
    """Return the reference of what leaves a decision without effect, if anything does."""
    is_it = Q(motion__reference=reference) | Q(decision__reference=reference)
    found = (one.filter(is_it).values_list("reference", flat=True).first() for one in without_effect(code))
    return next((one for one in found if one is not None), None)
