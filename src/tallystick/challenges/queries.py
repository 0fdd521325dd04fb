"""Challenges and disputes, found through what somebody may see, and what may be done on each."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from tallystick.cases.models import Case
from tallystick.challenges.facts import facts_of
from tallystick.challenges.matter import Matter
from tallystick.challenges.models import Challenge, Dispute
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tallystick.parties.policy.guard import unscoped
from tallystick.processes.engine import Offer
from tallystick.processes.guards import PREDICATES
from tallystick.processes.models import CarriedOut
from tallystick.processes.queries import offered
from tallystick.runs.models import Finding

WHY = "Finds what a body decided on cases that were found through what somebody may see."


def challenges_of(acting: Acting) -> QuerySet[Challenge]:
    """Return the challenges that somebody may see: open ones first, then the latest."""
    found: QuerySet[Challenge] = Challenge.objects.visible_to(acting).select_related(
        *("party", "body", "course", "served_by", "motion__body", "decision__body")
    )
    return found.order_by(F("closed_at").desc(nulls_first=True), "-served_at", "-pk")


def challenge(acting: Acting, reference: str) -> Challenge | None:
    """Return a challenge by its reference, if somebody may see it; what they may not see is not there."""
    return challenges_of(acting).filter(reference=reference).first()


def disputes_of(acting: Acting) -> QuerySet[Dispute]:
    """Return the disputes that somebody may see: open ones first, then the latest."""
    found: QuerySet[Dispute] = Dispute.objects.visible_to(acting).select_related(
        "party", "body", "course", "finding", "run", "corrected_by", "raised_by"
    )
    return found.order_by(F("closed_at").desc(nulls_first=True), "-raised_at", "-pk")


def dispute(acting: Acting, reference: str) -> Dispute | None:
    """Return a dispute by its reference, if somebody may see it; what they may not see is not there."""
    return disputes_of(acting).filter(reference=reference).first()


def disputes_about(acting: Acting, finding: Finding) -> list[Dispute]:
    """Return the disputes about a finding that somebody may see, the latest first."""
    return list(disputes_of(acting).filter(finding=finding))


def offers_for(
    acting: Acting, matter: Matter, facts: Mapping[str, Any] | None = None
) -> tuple[list[Offer], list[Offer]]:
    """Return what somebody may do on a matter now, and what once conditions hold that do not yet.

    A chair carries out what the own body decided, and no other's.
    """
    known = facts_of(matter, acting.day) if facts is None else facts
    now, later = offered(matter.row.course, known, PREDICATES, acting, matter.standing(acting.day))
    return [one for one in now if _is_own(one, acting)], [one for one in later if _is_own(one, acting)]


def not_served(cases: QuerySet[Case], body: str) -> QuerySet[CarriedOut]:
    """Return what a body decided on cases and was carried out there, and was not served yet.

    :param cases: those that somebody may see
    :param body: by the key that the rulebook has
    """
    of_body = Q(motion__body__key__iexact=body) | Q(decision__body__key__iexact=body)
    of_same = Q(motion=OuterRef("motion")) | Q(decision=OuterRef("decision"))
    served = Challenge.objects.filter(of_same)
    found: QuerySet[CarriedOut] = CarriedOut.objects.filter(
        of_body, ~Exists(served), course__in=cases.values("course")
    )
    return found


@unscoped(WHY)
def unserved(cases: QuerySet[Case], body: str) -> list[CarriedOut]:
    """Return them with what was decided, the first first."""
    told = not_served(cases, body).select_related("course", "step", "motion__body", "decision__body")
    return list(told.order_by("step__at", "pk"))


def _is_own(offer: Offer, acting: Acting) -> bool:
    if offer.body is None or acting.name != Role.CHAIR:
        return True
    return acting.body is not None and acting.body.key.lower() == offer.body
