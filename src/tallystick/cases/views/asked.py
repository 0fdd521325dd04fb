"""What an address of a case names, and how an act on it is asked for, let through, refused or done."""

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.urls.converters import StringConverter

from tallystick.cases import queries
from tallystick.cases.attached import UnableToAttach
from tallystick.cases.filings import UnableToFileRemedy
from tallystick.cases.models import Case
from tallystick.cases.operations.causes import UnableToNameCause
from tallystick.cases.operations.closing import UnableToSatisfyAuditor
from tallystick.cases.operations.milestones import UnableToMeetMilestone
from tallystick.cases.operations.opening import UnableToAddFinding, UnableToNameLeads, UnableToOpenCase
from tallystick.cases.operations.remedies import UnableToAcceptRemedy
from tallystick.cases.operations.sharing import UnableToShareLines
from tallystick.cases.operations.talking import UnableToNote, UnableToSend
from tallystick.parties.policy.decision import Facts, facts_of
from tallystick.parties.policy.guard import unscoped
from tallystick.parties.request import Request
from tallystick.processes.operations.carrying import UnableToTakeStep
from tallystick.processes.operations.holds import UnableToHold, UnableToLift
from tallystick.processes.views import asked
from tallystick.processes.views.asked import INCOMPLETE, About, Act, handed, posted
from tallystick.processes.wishes import UnableToMove
from tallystick.runs.models import FindingVersion

OF_ONE_SEEN = "Leaves out what was shared before of a case that was found through what somebody may see."
__all__ = ["INCOMPLETE", "Act", "answered", "banner", "facts_as", "found", "handed", "posted", "to_share"]
REFUSALS = (
    UnableToMove,
    UnableToTakeStep,
    UnableToSend,
    UnableToAttach,
    UnableToNote,
    UnableToOpenCase,
    UnableToAddFinding,
    UnableToNameLeads,
    UnableToNameCause,
    UnableToShareLines,
    UnableToFileRemedy,
    UnableToAcceptRemedy,
    UnableToMeetMilestone,
    UnableToSatisfyAuditor,
    UnableToHold,
    UnableToLift,
)


class CaseConverter(StringConverter):
    """The reference of a case."""

    regex = "CASE-[0-9A-Za-z-]{1,16}"


def found(request: Request, reference: str) -> Case:
    """Return a case that whoever is acting may see.

    :raises Http404: if there is none
    """
    one = queries.case(request.acting, reference)
    if one is None:
        raise Http404
    return one


def facts_as(request: Request, case: Case, kind: str = Case.TYPE) -> Facts:
    """Return the policy's facts of a case, or of a thing of another kind that belongs to it."""
    facts = facts_of(request.acting, case)
    return facts if kind == Case.TYPE else replace(facts, type=kind, state=Case.ISSUED)


def to_share(request: Request, case: Case) -> list[FindingVersion]:
    """Return what can be shared of a case's findings, as far as whoever is acting may see it."""
    with unscoped(OF_ONE_SEEN):
        return queries.versions_to_share(request.acting, case)


def answered(request: Request, case: Case, act: Act) -> HttpResponse:
    """Show the page of an act on a case; or do it and lead back to the case, and say there what was done."""
    with_case = replace(act, shows={"c": case, **(act.shows or {})})
    return asked.answered(request, about(case), with_case, REFUSALS)


def about(case: Case) -> About:
    """Return a case as the page of an act names it."""
    href, register = reverse("case", args=[case.code, case.reference]), reverse("cases", args=[case.code])
    return About(case, case.reference, case.title, case.party.name, href, ("Cases", register), case.opened_at)


def banner(case: Case) -> str:
    """Return who may read a case, in the words in force when it was opened."""
    return about(case).handling
