"""What an address of the plan and its documents names, and how an act on one is asked for or refused."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.urls.converters import StringConverter

from tallystick.assessments.models import Document
from tallystick.assessments.planning import seen as finding
from tallystick.assessments.planning.facts import decisions_of, facts_of
from tallystick.assessments.planning.operations.commenting import UnableToComment, UnableToReply
from tallystick.assessments.planning.operations.documents import UnableToDraftDocument
from tallystick.assessments.planning.operations.drafts import UnableToSaveDraft
from tallystick.decisions.operations.motions import UnableToPutMotion
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tallystick.parties.policy.decision import may
from tallystick.parties.policy.guard import unscoped
from tallystick.parties.request import Request
from tallystick.processes import decided
from tallystick.processes.engine import Offer
from tallystick.processes.guards import PREDICATES
from tallystick.processes.operations.carrying import UnableToTakeStep
from tallystick.processes.queries import Rows, offered, process_of
from tallystick.processes.views.asked import About
from tallystick.processes.wishes import UnableToMove

OF_A_BODY = "Offers what a body decided; each is asked of the policy before it is shown."
REFUSALS = (
    UnableToMove,
    UnableToTakeStep,
    UnableToSaveDraft,
    UnableToDraftDocument,
    UnableToComment,
    UnableToReply,
    UnableToPutMotion,
)
# Who carries out what a body decided.
CARRYING = (Role.CHAIR, Role.SECRETARY)


class PeriodConverter(StringConverter):
    """The name of an operating period, such as 2022-23."""

    regex = "[0-9][0-9A-Za-z-]{0,19}"


class DocumentConverter(PeriodConverter):
    """The reference of a document."""

    regex = "DOC-[0-9A-Za-z-]{1,16}"


def found(request: Request, reference: str) -> Document:
    """Return a document that whoever is acting may see.

    :raises Http404: if there is none
    """
    one = finding.document(request.acting, reference)
    if one is None:
        raise Http404
    return one


def about(row: Document) -> About:
    """Return a document as the page of an act names it."""
    href = reverse("plan_document", args=[row.code, row.reference])
    register = reverse("plan_documents", args=[row.code, row.period.name])
    return About(row, row.reference, row.title, "", href, ("Documents", register), row.drafted_at)


def offers_for(
    acting: Acting, row: Document, rows: Rows, known: Mapping[str, Any] | None = None
) -> tuple[list[Offer], list[Offer]]:
    """Return what somebody may do on a document now, and what once conditions hold that do not yet.

    :param known: its facts today, where they are
    """
    standing = rows.standing(row.course, process_of(row.course), acting.day)
    facts = facts_of(row, acting.day) if known is None else known
    if acting.name in CARRYING:
        since = max(one.entered_at for one in rows.places)
        facts = {**facts, **decisions_of(row, standing, since)}
    now, later = offered(row.course, facts, PREDICATES, acting, standing)
    return [one for one in now if _is_own(one, acting)], [one for one in later if _is_own(one, acting)]


def offer_of(request: Request, row: Document, move: str, rows: Rows) -> Offer:
    """Return a move that whoever is acting may make, now or later; one that was sent, whatever it is.

    :raises Http404: if it is none of those
    """
    now, later = offers_for(request.acting, row, rows)
    offer = next((one for one in (*now, *later) if one.move == move), None)
    rule = process_of(row.course).moves.get(move)
    if rule is None or (offer is None and request.method != "POST"):
        raise Http404
    return offer or Offer(move, rule.title, rule.asks, needs_reason=bool(rule.skips), body=rule.body)


def put_to(acting: Acting, row: Document, now: list[Offer], later: list[Offer]) -> tuple[Offer, str] | None:
    """Return the step of a document that waits for a body's decision and nothing else, and the body's key.

    None where whoever is acting carries out nothing for it, or it has decided already.
    """
    if acting.name not in CARRYING or any(one.body for one in now):
        return None
    moves = process_of(row.course).moves
    for one in later:
        if one.body and moves[one.move].outcome == "agreed" and len(one.opens_once) == 1:
            return one, one.body
    return None


def decided_for(acting: Acting, row: Document, offer: Offer, rows: Rows) -> list[tuple[str, str]]:
    """Return what the body of a move decided that waits to be carried out, as far as somebody may read it."""
    if offer.body is None:
        return []
    since = max(one.entered_at for one in rows.places)
    outcome = process_of(row.course).moves[offer.move].outcome
    with unscoped(OF_A_BODY):
        ones = decided.undone(row.course, offer.body, since, outcome)
        return [(one.reference, f"{one.reference}: {one.title}") for one in ones if may(acting, "r", one)]


def _is_own(offer: Offer, acting: Acting) -> bool:
    if offer.body is None or acting.name != Role.CHAIR:
        return True
    return acting.body is not None and acting.body.key.lower() == offer.body
