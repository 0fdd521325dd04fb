"""What an address of a case names, and how an act on it is asked for, let through, refused or done."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from tallystick.cases import queries
from tallystick.cases.filings import UnableToFileRemedy
from tallystick.cases.models import Case
from tallystick.cases.operations.closing import UnableToSatisfyAuditor
from tallystick.cases.operations.milestones import UnableToMeetMilestone
from tallystick.cases.operations.opening import UnableToAddFinding, UnableToNameLeads, UnableToOpenCase
from tallystick.cases.operations.remedies import UnableToAcceptRemedy
from tallystick.cases.operations.sharing import UnableToShareLines
from tallystick.cases.operations.talking import UnableToNote, UnableToSend
from tallystick.decisions.views.asked import CONFLICT, is_let
from tallystick.parties.policy.decision import Facts, facts_of, needs_factor
from tallystick.parties.policy.guard import unscoped
from tallystick.parties.readings import note
from tallystick.parties.request import Request
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.operations.carrying import UnableToTakeStep
from tallystick.processes.wishes import UnableToMove
from tallystick.runs.models import FindingVersion

INCOMPLETE = 422
OF_ONE_SEEN = "Leaves out what was shared before of a case that was found through what somebody may see."
REFUSALS = (
    UnableToMove,
    UnableToTakeStep,
    UnableToSend,
    UnableToNote,
    UnableToOpenCase,
    UnableToAddFinding,
    UnableToNameLeads,
    UnableToShareLines,
    UnableToFileRemedy,
    UnableToAcceptRemedy,
    UnableToMeetMilestone,
    UnableToSatisfyAuditor,
)


class CaseConverter:
    """The reference of a case."""

    regex = "CASE-[0-9A-Za-z-]{1,16}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


@dataclass(frozen=True)
class Act:
    """An act on a case, as its page asks for it: what the page says, its form, and what is then done.

    `do` is called with a form that is valid, and returns what is told afterwards. `part` is the template of
    what the form shows, where that is more than its fields.
    """

    title: str
    says: str
    button: str
    form: forms.Form
    facts: Facts
    act: str
    do: Callable[[], str]
    icon: str = "check"
    part: str = "cases/_fields.html"
    shows: dict[str, Any] | None = None
    then: str = ""


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


def posted(request: Request) -> Any:
    """Return what was sent, or nothing where a page was only asked for."""
    return request.POST if request.method == "POST" else None


def answered(request: Request, case: Case, act: Act) -> HttpResponse:
    """Show the page of an act; or do it and lead back to the case, and say there what was done."""
    if request.method != "POST":
        return _page(request, case, act, 200)
    if not act.form.is_valid():
        return _page(request, case, act, INCOMPLETE)
    if not is_let(request, act.act, act.facts):
        return _page(request, case, act, INCOMPLETE)
    try:
        done = act.do()
    except REFUSALS as refusal:
        act.form.add_error(None, str(refusal))
        return _page(request, case, act, CONFLICT)
    messages.success(request, done)
    return redirect(act.then or reverse("case", args=[case.code, case.reference]))


def banner(case: Case) -> str:
    """Return who may read a case, in the words in force when it was opened."""
    told: str = (
        rulebook_of(case.code)
        .handling.sentence(case.classification, timezone.localtime(case.opened_at).date())
        .says
    )
    return told


def _page(request: Request, case: Case, act: Act, status: int) -> HttpResponse:
    note(request, Case.TYPE, [case], timezone.now())
    shown = {
        "code": case.code,
        "c": case,
        "a": act,
        "form": act.form,
        "handling": banner(case),
        "wants_factor": needs_factor(request.acting, act.act, act.facts, now=timezone.now()),
        "here": request.path,
        **(act.shows or {}),
    }
    return render(request, "cases/act.html", shown, status=status)
