"""What an address of a challenge or of a dispute names, and how an act on it is refused or done."""

from django.http import Http404, HttpResponse
from django.urls import reverse

from tallystick.challenges import queries
from tallystick.challenges.listed import title_of
from tallystick.challenges.matter import Row
from tallystick.challenges.models import Challenge, Dispute
from tallystick.challenges.operations.disputing import UnableToCorrect, UnableToDispute
from tallystick.challenges.operations.serving import UnableToServe
from tallystick.decisions.operations.motions import UnableToPutMotion
from tallystick.parties.request import Request
from tallystick.processes.operations.carrying import UnableToTakeStep
from tallystick.processes.views import asked
from tallystick.processes.views.asked import About, Act
from tallystick.processes.wishes import UnableToMove

REFUSALS = (
    UnableToMove,
    UnableToTakeStep,
    UnableToServe,
    UnableToDispute,
    UnableToCorrect,
    UnableToPutMotion,
)


class _Converter:
    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class ChallengeConverter(_Converter):
    """The reference of a challenge."""

    regex = "CHA-[0-9A-Za-z-]{1,16}"


class DisputeConverter(_Converter):
    """The reference of a dispute."""

    regex = "DIS-[0-9A-Za-z-]{1,16}"


def found_challenge(request: Request, reference: str) -> Challenge:
    """Return a challenge that whoever is acting may see.

    :raises Http404: if there is none
    """
    one = queries.challenge(request.acting, reference)
    if one is None:
        raise Http404
    return one


def found_dispute(request: Request, reference: str) -> Dispute:
    """Return a dispute that whoever is acting may see.

    :raises Http404: if there is none
    """
    one = queries.dispute(request.acting, reference)
    if one is None:
        raise Http404
    return one


def about(row: Row) -> About:
    """Return a matter as the page of an act names it."""
    register = ("Challenges", reverse("challenges", args=[row.code]))
    since = row.served_at if isinstance(row, Challenge) else row.raised_at
    href = reverse(row.TYPE, args=[row.code, row.reference])
    return About(row, row.reference, title_of(row), row.party.name, href, register, since)


def answered(request: Request, row: Row, act: Act) -> HttpResponse:
    """Show the page of an act on a matter; or do it and lead back to it, and say there what was done."""
    return asked.answered(request, about(row), act, REFUSALS)
