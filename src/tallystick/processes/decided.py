"""What bodies decided about a matter, which waits to be carried out: by a vote that closed, or without one.

What was decided about the party since a matter is before a body, and was not carried out in it yet, can be
carried out once, unless a challenge suspends or has changed it. What came of a motion that was put about
another matter is carried out there alone. A body that did not let what was asked of it has decided as well: a
motion was not carried, or it REJECTED.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import (
    BooleanField,
    Exists,
    Expression,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.utils import timezone
from django.utils.module_loading import import_string

from tallystick.decisions.models import Decision, Motion
from tallystick.parties.acting import Acting
from tallystick.parties.models import Body
from tallystick.parties.policy.guard import unscoped
from tallystick.processes.models import CarriedOut, Course, PutAbout
from tallystick.rulebook.processes import Outcome

Decided = Motion | Decision
WHY = "Tells what has no effect of matters that were found before; who may see what says so is asked of it."
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

    What was put about the matter itself comes first.

    :param body: by the key that the rulebook has
    """
    motions, decisions = undone_of_any(course, since, outcome)
    of_body = Q(body__key__iexact=body)
    is_own = Exists(PutAbout.objects.filter(course=course, motion=OuterRef("pk")))
    return [
        *motions.filter(of_body).order_by(is_own.desc(), "closed_at", "pk"),
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
    of_another = PutAbout.objects.exclude(course=course).values("motion")
    motions, decisions = motions.exclude(pk__in=of_another), decisions.exclude(motion__in=of_another)
    for found in (done, *stayed):
        motions = motions.exclude(pk__in=found.filter(motion__isnull=False).values("motion"))
        decisions = decisions.exclude(pk__in=found.filter(decision__isnull=False).values("decision"))
    return motions, decisions


def bodies_of(course: Course, since: dt.datetime) -> dict[Outcome, set[str]]:
    """Return which bodies decided so about a matter, as `undone` lists it, by the rulebook's keys.

    All in one query, for a page that only offers what there is.
    """
    parts = [
        rows.annotate(so=Value(outcome)).values_list("so", "body__key")
        for outcome in VOTES
        for rows in undone_of_any(course, since, outcome)
    ]
    found: dict[Outcome, set[str]] = {outcome: set() for outcome in VOTES}
    for outcome, key in parts[0].union(*parts[1:]):
        found[outcome].add(key.lower())
    return found


def under_way(acting: Acting, course: Course) -> list[Motion]:
    """Return the motions about a matter that have not ended, as far as somebody may see them."""
    found: QuerySet[Motion] = Motion.objects.visible_to(acting).filter(put_about__course=course)
    running = found.exclude(state__in=Motion.ENDED).select_related("body")
    return list(running.order_by("put_at", "pk"))


def without_effect(code: str) -> list[Any]:
    """Return what leaves decisions under a code without effect: queries of rows with `motion`, `decision`.

    Each has its `reference`, and `is_for_good` where it has changed the decision and does not only suspend
    it. Rooms above know of them, which the settings name.
    """
    return [import_string(name)(code) for name in settings.DECISIONS_WITHOUT_EFFECT]


def stayed_by(code: str, reference: str) -> str | None:
    """Return the reference of what leaves a decision without effect, if anything does."""
    is_it = Q(motion__reference=reference) | Q(decision__reference=reference)
    found = (one.filter(is_it).values_list("reference", flat=True).first() for one in without_effect(code))
    return next((one for one in found if one is not None), None)


@dataclass(frozen=True)
class Stay:
    """That what a step carried out has no effect: while a challenge of it runs, or for good.

    `by` is the reference of the challenge.
    """

    course: int
    step: int
    move: str
    track: str
    by: str
    is_for_good: bool


@unscoped(WHY)
def stays_of(courses: Iterable[Course], code: str) -> list[Stay]:
    """Return which steps of courses under a code have no effect, the first first.

    A decision may be challenged before or after it was carried out, and be carried out in several matters:
    it has no effect in any of them.
    """
    done = CarriedOut.objects.filter(course__in=courses)
    of_same = Q(motion=OuterRef("motion")) | Q(decision=OuterRef("decision"))
    names = ("course_id", "step_id", "step__move", "step__track", "by", "for_good")
    found: list[Stay] = []
    for one in without_effect(code):
        of_step = one.filter(of_same).order_by("pk")
        told = done.annotate(
            by=Subquery(of_step.values("reference")[:1]), for_good=Subquery(of_step.values("is_for_good")[:1])
        )
        found += [Stay(*stay) for stay in told.filter(by__isnull=False).order_by("pk").values_list(*names)]
    return found


def is_stayed(code: str, course: str) -> Expression:
    """Return, as a column of rows under a code, whether some step of their course has no effect.

    :param course: the way from a row to its course, as queries write it
    """
    of_same = Q(motion=OuterRef("motion")) | Q(decision=OuterRef("decision"))
    stayed = Q(pk__in=[])
    for one in without_effect(code):
        stayed |= Q(Exists(CarriedOut.objects.filter(Exists(one.filter(of_same)), course=OuterRef(course))))
    return ExpressionWrapper(stayed, output_field=BooleanField())


def seen_by(acting: Acting, references: Iterable[str]) -> frozenset[str]:
    """Return which of the challenges that leave something without effect somebody may see."""
    named = Q(reference__in=list(references))
    return frozenset(
        reference
        for one in without_effect(acting.code)
        for reference in one.visible_to(acting).filter(named).values_list("reference", flat=True)
    )
