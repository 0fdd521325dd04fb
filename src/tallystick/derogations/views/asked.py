"""What an address of this room names, and how an act on it is asked for, let through, refused or done."""

from django.http import Http404
from django.urls import reverse
from django.urls.converters import StringConverter

from tallystick.derogations import queries
from tallystick.derogations.drafts import UnableToDraftDerogation
from tallystick.derogations.models import Derogation, Forbearance
from tallystick.derogations.operations.forbearing import UnableToProposeForbearance
from tallystick.derogations.operations.granting import UnableToGrantDerogation
from tallystick.parties.acting import Acting
from tallystick.parties.policy.decision import may
from tallystick.parties.policy.guard import unscoped
from tallystick.parties.request import Request
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes import decided
from tallystick.processes.engine import Offer
from tallystick.processes.operations.carrying import UnableToTakeStep
from tallystick.processes.queries import Rows, process_of
from tallystick.processes.views.asked import About
from tallystick.processes.wishes import UnableToMove

OF_A_BODY = "Offers what a body decided; each is asked of the policy before it is shown."
REFUSALS = (
    UnableToMove,
    UnableToTakeStep,
    UnableToDraftDerogation,
    UnableToGrantDerogation,
    UnableToProposeForbearance,
)


class DerogationConverter(StringConverter):
    """The reference of a derogation."""

    regex = "DER-[0-9A-Za-z-]{1,16}"


class ForbearanceConverter(StringConverter):
    """The reference of forbearance."""

    regex = "FOR-[0-9A-Za-z-]{1,16}"


def found(request: Request, reference: str) -> Derogation:
    """Return a derogation that whoever is acting may see.

    :raises Http404: if there is none
    """
    one = queries.derogation(request.acting, reference)
    if one is None:
        raise Http404
    return one


def found_forbearance(request: Request, reference: str) -> Forbearance:
    """Return forbearance that whoever is acting may see.

    :raises Http404: if there is none
    """
    one = queries.forbearance(request.acting, reference)
    if one is None:
        raise Http404
    return one


def about(row: Derogation) -> About:
    """Return a derogation as the page of an act names it."""
    href, register = (
        reverse("derogation", args=[row.code, row.reference]),
        reverse("derogations", args=[row.code]),
    )
    title = f"Derogation from {row.obligation}"
    return About(row, row.reference, title, row.party.name, href, ("Derogations", register), row.drafted_at)


def about_forbearance(row: Forbearance) -> About:
    """Return forbearance as the page of an act names it."""
    href, register = (
        reverse("forbearance", args=[row.code, row.reference]),
        reverse("derogations", args=[row.code]),
    )
    title = f"Not pursuing {row.obligation}"
    return About(row, row.reference, title, "", href, ("Derogations", register), row.proposed_at)


def offer_of(request: Request, row: Derogation | Forbearance, move: str, rows: Rows) -> Offer:
    """Return a move that whoever is acting may make, now or later; one that was sent, whatever it is.

    :raises Http404: if it is none of those
    """
    now, later = queries.offers_for(request.acting, row, rows)
    offer = next((one for one in (*now, *later) if one.move == move), None)
    rule = process_of(row.course).moves.get(move)
    if rule is None or (offer is None and request.method != "POST"):
        raise Http404
    states = tuple(one for one in rule.starts if process_of(row.course).clocks[one].due == "stated")
    return offer or Offer(move, rule.title, rule.asks, body=rule.body, states=states)


def decided_for(
    acting: Acting, row: Derogation | Forbearance, offer: Offer, rows: Rows
) -> list[tuple[str, str]]:
    """Return what the body of a move decided that waits to be carried out, as far as somebody may read it."""
    if offer.body is None:
        return []
    since = max(one.entered_at for one in rows.places)
    outcome = process_of(row.course).moves[offer.move].outcome
    with unscoped(OF_A_BODY):
        ones = decided.undone(row.course, offer.body, since, outcome)
        return [(one.reference, f"{one.reference}: {one.title}") for one in ones if may(acting, "r", one)]


def title_of(code: str, obligation: str) -> str:
    """Return what an obligation is called, by its key where the rulebook has it no more."""
    owed = rulebook_of(code).obligations.get(obligation)
    return owed.title if owed else obligation
