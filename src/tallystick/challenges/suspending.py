"""Which challenge suspends a step of a case: it has no effect while a query or an appeal of it runs."""

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from tallystick.cases.models import Case
from tallystick.challenges.models import Challenge
from tallystick.parties.once import once
from tallystick.parties.policy.guard import unscoped
from tallystick.processes.models import Place
from tallystick.processes.queries import process_of

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
    """Return the challenges of steps of a case, the oldest first, each `placed`."""
    found = placed(Challenge.objects.filter(case=case)).select_related("step", "motion", "decision")
    return tuple(found.order_by("served_at", "pk"))


def suspended_by(case: Case) -> str | None:
    """Return the reference of the challenge that suspends a step of the ladder of a case, if one does.

    What was decided on the remedy itself holds nobody up: another version may be filed.
    """
    main = process_of(case.course).main
    suspending = (one for one in challenges_of(case) if suspends(one) and one.step.track != main)
    return next((one.reference for one in suspending), None)


def suspends(one: Any) -> bool:
    """Tell whether a challenge, `placed`, suspends what is challenged."""
    return one.stage in RUNS and one.effect == SUSPENDS


def without_effect(code: str) -> QuerySet[Any]:
    """Return the challenges under a code whose `motion` or `decision` nobody carries out.

    One suspends it, or has changed it.
    """
    found = placed(Challenge.objects.filter(code=code))
    return found.filter(Q(stage__in=RUNS, effect=SUSPENDS) | Q(stage=CHANGED))
