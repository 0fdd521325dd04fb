"""What an address of the catalogue or of an application names, and how an act on it is refused."""

from django.http import Http404
from django.urls import reverse
from django.urls.converters import StringConverter

from tallystick.assessments.models import Application, Part
from tallystick.assessments.techniques import catalogue
from tallystick.assessments.techniques import seen as applications
from tallystick.assessments.techniques.begun import UnableToBeginApplication
from tallystick.assessments.techniques.operations.answering import UnableToAnswerPart, UnableToConcludePart
from tallystick.assessments.techniques.operations.applying import UnableToMoveApplication
from tallystick.assessments.techniques.operations.correcting import UnableToCorrectOutcome
from tallystick.assessments.techniques.operations.sampling import UnableToDrawSample, UnableToTally
from tallystick.assessments.techniques.operations.tagging import UnableToTag
from tallystick.assessments.techniques.operations.testing import UnableToCertify, UnableToTest
from tallystick.parties.request import Request
from tallystick.processes.views.asked import About
from tallystick.processes.wishes import UnableToMove

REFUSALS = (
    UnableToMove,
    UnableToBeginApplication,
    UnableToMoveApplication,
    UnableToAnswerPart,
    UnableToConcludePart,
    UnableToCorrectOutcome,
    UnableToDrawSample,
    UnableToTally,
    UnableToTag,
    UnableToTest,
    UnableToCertify,
)


class ApplicationConverter(StringConverter):
    """The reference of an application."""

    regex = "TEC-[0-9]{4}-[0-9]{1,6}"


def technique_found(request: Request, key: str) -> catalogue.Listed:
    """Return a technique of the catalogue.

    :raises Http404: if there is none
    """
    one = catalogue.listed(request.acting, key)
    if one is None:
        raise Http404
    return one


def found(request: Request, reference: str) -> Application:
    """Return an application that whoever is acting may see.

    :raises Http404: if there is none
    """
    one = applications.application(request.acting, reference)
    if one is None:
        raise Http404
    return one


def found_part(request: Request, reference: str, slug: str) -> Part:
    """Return the part of a party that whoever is acting may see.

    :raises Http404: if there is none
    """
    one = applications.part_of(request.acting, found(request, reference), slug)
    if one is None:
        raise Http404
    return one


def about(row: Application) -> About:
    """Return an application as the page of an act names it."""
    href, register = (
        reverse("application", args=[row.code, row.reference]),
        reverse("applications", args=[row.code]),
    )
    return About(row, row.reference, row.title, "", href, ("Techniques applied", register), row.begun_at)


def about_part(part: Part) -> About:
    """Return a part as the page of an act names it."""
    row = part.application
    href = reverse("part", args=[row.code, row.reference, part.party.slug])
    register = (row.reference, reverse("application", args=[row.code, row.reference]))
    return About(part, part.party.name, row.title, "", href, register, row.begun_at)
