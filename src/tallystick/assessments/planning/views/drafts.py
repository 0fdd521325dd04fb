"""The door by which the office saves a draft of the plan of a year."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tallystick.assessments.models import Draft
from tallystick.assessments.planning import money, sources
from tallystick.assessments.planning import seen as finding
from tallystick.assessments.planning.experience import accepted, answers, tried_before
from tallystick.assessments.planning.forms import DraftForm
from tallystick.assessments.planning.operations.drafts import UnableToSaveDraft, drawn_for, save_draft
from tallystick.assessments.planning.operations.rows import class_for
from tallystick.assessments.planning.terms import terms_of
from tallystick.decisions.views.asked import CONFLICT, is_let, moment
from tallystick.parties.models import Role
from tallystick.parties.policy.decision import facts, needs_factor
from tallystick.parties.request import BOTH, Request
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.views.asked import INCOMPLETE, posted
from tallystick.risks.views.asked import period_of


@require_http_methods(BOTH)
def save(request: Request, code: str, period: str) -> HttpResponse:
    """Save a draft, from the terms of the latest one and the register as it stands.

    :raises Http404: if whoever is acting is not of the office
    """
    acting, status = request.acting, 200
    of = period_of(request, period)
    if acting.name not in Role.OFFICE:
        raise Http404
    form, risks = _form(request, period)
    asked = facts(acting, Draft.TYPE, classification=class_for(acting), state=Draft.DRAFT)
    if request.method == "POST":
        status = INCOMPLETE
        if form.is_valid() and is_let(request, "c", asked):
            try:
                drawn_for(of, form.saving.terms, acting)  # works it out before anything is locked
                made = save_draft(period=of, saving=form.saving, by=acting, at=moment())
            except UnableToSaveDraft as refusal:
                form.add_error(None, str(refusal))
                status = CONFLICT
            else:
                messages.success(request, f"Draft {made.number} is saved. The office and the board read it.")
                return redirect("plan_of", code, of.name)
    shows = {
        "code": code,
        "period": of,
        "form": form,
        "titles": {one.exposed.reference: one.words.title for one in risks},
        "wants_factor": needs_factor(acting, "c", asked, now=timezone.now()),
        "here": request.path,
    }
    return render(request, "assessments/draft_plan.html", shows, status=status)


def _form(request: Request, period: str) -> tuple[DraftForm, list[sources.Stood]]:
    acting, of = request.acting, period_of(request, period)
    rules, risks = rulebook_of(acting.code), sources.standing(acting, of)
    last = next(iter(finding.drafts(acting, of)), None)
    terms = terms_of(last.terms) if last else sources.first_terms(rules)
    terms = replace(terms, effects=accepted(answers(acting, of).values()))
    own = money.read(request.GET.get("budget", ""))
    told: dict[str, Any] = {"terms": terms if own is None else terms.within(own)}
    whys = last.whys if last else {}
    told["before"] = tried_before(acting, of)
    exposed = [one.exposed for one in risks]
    return DraftForm(posted(request), rules=rules, risks=exposed, whys=whys, **told), risks
