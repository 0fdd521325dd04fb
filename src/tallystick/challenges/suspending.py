"""Which challenge suspends what was decided: it has no effect while a query or an appeal of it runs."""

from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery

from tallystick.cases.models import Case
from tallystick.challenges.models import Challenge
from tallystick.decisions.models import Motion
from tallystick.parties.once import once
from tallystick.parties.policy.guard import unscoped
from tallystick.processes.decided import Decided
from tallystick.processes.models import CarriedOut, Place

QUERY, EFFECT = "query", "effect"
RUNS, SUSPENDS, LIFTED = ("queried", "appealed"), "suspends", "lifted"
CHANGED = "changed"
WHY = (
    "Tells what holds a case up that was found before; who may see the challenge is asked where it is shown."
)


def placed(challenges: QuerySet[Challenge]) -> QuerySet[Any]:
    """Return challenges each with its `stage` and the `effect` of what is challenged, as written down."""
    here = Place.objects.filter(course=OuterRef("course"), left_at=None).values("stage")
    found: QuerySet[Any] = challenges.annotate(
        stage=Subquery(here.filter(track=QUERY)[:1]), effect=Subquery(here.filter(track=EFFECT)[:1])
    )
    return found


@once
@unscoped(WHY)
def challenges_of(case: Case) -> tuple[Any, ...]:
    """Return the challenges of what a case carried out, the oldest first.

    Each is `placed`, with the `move` and the `track` of the step that carried it out.
    """
    of_same = Q(motion=OuterRef("motion")) | Q(decision=OuterRef("decision"))
    done = CarriedOut.objects.filter(of_same, course=case.course)
    found = placed(Challenge.objects.filter(code=case.code, party=case.party_id)).annotate(
        move=Subquery(done.values("step__move")[:1]), track=Subquery(done.values("step__track")[:1])
    )
    known = found.exclude(move=None).select_related("course", "motion", "decision")
    return tuple(known.order_by("served_at", "pk"))


@unscoped(WHY)
def challenge_of(decided: Decided) -> Challenge | None:
    """Return the challenge as which a decision was served, if it was."""
    what = {"motion" if isinstance(decided, Motion) else "decision": decided}
    return Challenge.objects.filter(**what).first()


def suspends(one: Any) -> bool:
    """Tell whether a challenge, `placed`, suspends what is challenged."""
    return one.stage in RUNS and one.effect == SUSPENDS


def without_effect(code: str) -> QuerySet[Any]:
    """Return the challenges under a code whose `motion` or `decision` nobody carries out.

    One suspends it, or has changed it.
    """
    found = placed(Challenge.objects.filter(code=code)).annotate(
        is_for_good=ExpressionWrapper(Q(stage=CHANGED), output_field=BooleanField())
    )
    stayed: QuerySet[Any] = found.filter(Q(stage__in=RUNS, effect=SUSPENDS) | Q(stage=CHANGED))
    return stayed
