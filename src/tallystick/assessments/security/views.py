"""The security of parties: Red pages, for a party its own, for the body that assures it all.

To all others none of it is there, whether anything is kept of a party or not: the register is empty.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tallystick.assessments.models import Assurance
from tallystick.assessments.security import seen as found
from tallystick.assessments.security.forms import LetterForm, StatusForm, VerificationForm
from tallystick.assessments.security.operations import (
    UnableToAssure,
    record_letter,
    record_verification,
    set_status,
)
from tallystick.assessments.security.words import KINDS, LETTERS, OUTCOMES, PILLS, STATUSES
from tallystick.decisions.views.asked import CONFLICT, is_let, moment
from tallystick.parties.models import Organisation
from tallystick.parties.once import one_page
from tallystick.parties.policy.decision import facts, needs_factor
from tallystick.parties.readings import note
from tallystick.parties.request import BOTH, Request
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.views.asked import INCOMPLETE, posted

WORDS = {"statuses": STATUSES, "kinds": KINDS, "outcomes": OUTCOMES, "letters": LETTERS, "pills": PILLS}


@require_safe
def register(request: Request, code: str) -> HttpResponse:
    """Show the statuses that somebody may see: all to the body and its secretary, a party its own."""
    with one_page():
        rows = found.secured(request.acting)
        note(request, Assurance.TYPE, [one.head for one in rows], timezone.now())
        known = {one.head.party_id for one in rows}
        without = [one for one in found.parties(request.acting) if one.pk not in known]
        shown = {"code": code, "rows": rows, "without": without, "handling": _handling(request), **WORDS}
        return render(request, "assessments/security.html", shown)


@require_safe
def party(request: Request, code: str, slug: str) -> HttpResponse:
    """Show the security of a party.

    :raises Http404: if nothing of it is theirs to see
    """
    with one_page():
        one = next(iter(found.secured(request.acting, slug)), None)
        if one is None:
            raise Http404
        note(request, Assurance.TYPE, [one.head], timezone.now())
        may_record = found.may_record(request.acting)
        shown = {"code": code, "one": one, "may_record": may_record, "handling": _handling(request), **WORDS}
        return render(request, "assessments/security_status.html", shown)


@require_http_methods(BOTH)
def status(request: Request, code: str, slug: str) -> HttpResponse:
    """Set the status of a party."""
    form, of = StatusForm(posted(request)), _party(request, slug)
    says = "As the body decided it. The party reads it at once; those before stay."

    def do() -> str:
        set_status(party=of, told=form.told, by=request.acting, at=moment())
        return "The status is set."

    return _acted(request, of, ("Set a security status", says, "Set it"), (form, do))


@require_http_methods(BOTH)
def verification(request: Request, code: str, slug: str) -> HttpResponse:
    """Record an assessment of a party."""
    form, of = VerificationForm(posted(request)), _party(request, slug)
    says = (
        "The party reads it at once. Where it is or may be non-compliant, the Panel is to be told (SEC-VA)."
    )

    def do() -> str:
        record_verification(party=of, told=form.told, by=request.acting, at=moment())
        return "The assessment is recorded."

    return _acted(request, of, ("Record an assessment", says, "Record it"), (form, do))


@require_http_methods(BOTH)
def letter(request: Request, code: str, slug: str) -> HttpResponse:
    """Record a director's letter of a party."""
    form, of = LetterForm(posted(request)), _party(request, slug)
    says = "The letter in which a director answers for the party's security. The party reads it at once."

    def do() -> str:
        record_letter(party=of, told=form.told, by=request.acting, at=moment())
        return "The letter is recorded."

    return _acted(request, of, ("Record a director's letter", says, "Record it"), (form, do))


def _party(request: Request, slug: str) -> Organisation:
    """Return a party whose security may be recorded.

    :raises Http404: to all but the secretary of the body
    """
    one = next((one for one in found.parties(request.acting) if one.slug == slug), None)
    if one is None:
        raise Http404
    return one


def _handling(request: Request) -> str:
    code, day = request.acting.code, request.acting.day
    told: str = rulebook_of(code).handling.sentence(Assurance.RED, day).says
    return told


def _acted(
    request: Request,
    of: Organisation,
    said: tuple[str, str, str],
    doing: tuple[Any, Callable[[], str]],
) -> HttpResponse:
    """Show the form of what is recorded of a party, or record it and lead to the party's page."""
    (title, says, button), (form, do) = said, doing
    acting = request.acting
    asked = facts(acting, Assurance.TYPE, party=of, body=acting.body.pk if acting.body else None)
    shown = {
        "code": acting.code,
        "party": of,
        "form": form,
        "title": title,
        "says": says,
        "button": button,
        "handling": _handling(request),
        "wants_factor": needs_factor(acting, "c", asked, now=timezone.now()),
        "here": request.path,
    }
    code = 200
    if request.method == "POST":
        code = INCOMPLETE
        if form.is_valid() and is_let(request, "c", asked):
            try:
                messages.success(request, do())
                return redirect("security_status", acting.code, of.slug)
            except UnableToAssure as refusal:
                form.add_error(None, str(refusal))
                code = CONFLICT
    return render(request, "assessments/security_act.html", shown, status=code)
