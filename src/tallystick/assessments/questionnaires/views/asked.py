"""What an address of a questionnaire names, and how an act on it is refused."""

from django.http import Http404
from django.urls import reverse

from tallystick.assessments.models import Application, Questionnaire
from tallystick.assessments.questionnaires import seen
from tallystick.assessments.questionnaires.operations.designing import UnableToDesign, UnableToIssue
from tallystick.assessments.questionnaires.operations.reminding import UnableToRemind
from tallystick.assessments.questionnaires.operations.responding import UnableToRespond
from tallystick.parties.request import Request
from tallystick.processes.views.asked import About
from tallystick.processes.wishes import UnableToMove

REFUSALS = (UnableToMove, UnableToDesign, UnableToIssue, UnableToRemind, UnableToRespond)


def found_questionnaire(request: Request, reference: str) -> Questionnaire:
    """Return a questionnaire that whoever is acting may see.

    :raises Http404: if there is none
    """
    one = seen.questionnaire(request.acting, reference)
    if one is None:
        raise Http404
    return one


def about(row: Application, questionnaire: Questionnaire | None = None) -> About:
    """Return a questionnaire as the page of an act names it; without one its application is to have it."""
    register = reverse("questionnaires", args=[row.code])
    href = reverse("questionnaire", args=[row.code, row.reference]) if questionnaire else register
    up = ("Questionnaires", register)
    return About(questionnaire or row, row.reference, row.title, "", href, up, row.begun_at)
