"""What an address of questionnaires, exercises and security names, and how an act on them is refused."""

from django.http import Http404
from django.urls import reverse

from tallystick.assessments import exercises, questionnaires
from tallystick.assessments.models import Application, Exercise, Questionnaire
from tallystick.assessments.operations.assuring import UnableToAssure
from tallystick.assessments.operations.debriefing import (
    UnableToDebrief,
    UnableToNoteLesson,
    UnableToObserve,
    UnableToSettleLesson,
)
from tallystick.assessments.operations.designing import UnableToDesign, UnableToIssue
from tallystick.assessments.operations.exercising import (
    UnableToAnnounceExercise,
    UnableToPrepareExercise,
    UnableToTakePart,
)
from tallystick.assessments.operations.reminding import UnableToRemind
from tallystick.assessments.operations.responding import UnableToRespond
from tallystick.parties.classified import Classified
from tallystick.parties.request import Request
from tallystick.processes.views.asked import About
from tallystick.processes.wishes import UnableToMove

REFUSALS = (
    UnableToMove,
    UnableToDesign,
    UnableToIssue,
    UnableToRemind,
    UnableToRespond,
    UnableToPrepareExercise,
    UnableToAnnounceExercise,
    UnableToTakePart,
    UnableToObserve,
    UnableToNoteLesson,
    UnableToSettleLesson,
    UnableToDebrief,
    UnableToAssure,
)


class AppliedConverter:
    """The reference of an application."""

    regex = "TEC-[0-9]{4}-[0-9]{1,6}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def found_questionnaire(request: Request, reference: str) -> Questionnaire:
    """Return a questionnaire that whoever is acting may see.

    :raises Http404: if there is none
    """
    one = questionnaires.questionnaire(request.acting, reference)
    if one is None:
        raise Http404
    return one


def found_exercise(request: Request, reference: str) -> Exercise:
    """Return an exercise that whoever is acting may see.

    :raises Http404: if there is none
    """
    one = exercises.exercise(request.acting, reference)
    if one is None:
        raise Http404
    return one


def about(kind: str, application: Application, row: Classified | None = None, who: str = "") -> About:
    """Return a questionnaire or an exercise as the page of an act names it.

    :param kind: the name of its page; that of the register is its plural
    :param row: what is acted on; without one it is not there yet
    """
    register = reverse(f"{kind}s", args=[application.code])
    href = reverse(kind, args=[application.code, application.reference]) if row else register
    titles = {"questionnaire": "Questionnaires", "exercise": "Exercises"}
    return About(
        row or application,
        application.reference,
        application.title,
        who,
        href,
        (titles[kind], register),
        application.begun_at,
    )
