"""What was found of techniques before a period, and the form by which the office answers what is proposed."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tallystick.assessments.models import Application, EffectAnswer
from tallystick.assessments.planning.experience import Experience, answers, experiences
from tallystick.assessments.planning.forms import EffectForm
from tallystick.assessments.planning.operations.effects import UnableToAnswerEffect, answer_effect
from tallystick.assessments.planning.operations.rows import class_for
from tallystick.decisions.views.asked import CONFLICT, is_let, moment
from tallystick.parties.models import Role
from tallystick.parties.once import one_page
from tallystick.parties.policy.decision import facts, needs_factor
from tallystick.parties.readings import note, strictest
from tallystick.parties.request import BOTH, Request
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.views.asked import INCOMPLETE, posted
from tallystick.risks.models import OperatingPeriod
from tallystick.risks.views.asked import period_of


@require_safe
def effects(request: Request, code: str, period: str) -> HttpResponse:
    """Show what was found, by technique and risk, beside the rulebook's word and what was answered."""
    with one_page():
        of = _period(request, period)
        found = _found(request, of)
        standing = answers(request.acting, of)
        shown = {
            "code": code,
            "period": of,
            "rows": [(one, standing.get((one.technique, one.risk))) for one in found],
            "categories": rulebook_of(code).code.categories,
            **_marked(request, found),
        }
        return render(request, "assessments/effects.html", shown)


@require_http_methods(BOTH)
def answer(request: Request, code: str, period: str, technique: str, risk: str) -> HttpResponse:
    """Accept or decline what is proposed of a technique on a risk.

    :raises Http404: if nothing is
    """
    acting, status = request.acting, 200
    of = _period(request, period)
    wanted = (technique, risk)
    one = next((one for one in _found(request, of) if (one.technique, one.risk) == wanted), None)
    if one is None or one.proposed is None:
        raise Http404
    form = EffectForm(posted(request), initial={"shown": one.digest})
    asked = facts(acting, EffectAnswer.TYPE, classification=class_for(acting), state=EffectAnswer.DRAFT)
    if request.method == "POST":
        status = INCOMPLETE
        if form.is_valid() and is_let(request, "c", asked):
            try:
                told = form.answering(technique, risk)
                made = answer_effect(period=of, answering=told, by=acting, at=moment())
            except UnableToAnswerEffect as refusal:
                form.add_error(None, str(refusal))
                status = CONFLICT
            else:
                verb = "counts in what is drawn from now on" if made.is_accepted else "is declined"
                messages.success(request, f"The effect on {made.risk} {verb}.")
                return redirect("plan_effects", code, of.name)
    shown = {
        "code": code,
        "period": of,
        "one": one,
        "form": form,
        "standing": answers(acting, of).get(wanted),
        "categories": rulebook_of(code).code.categories,
        **_marked(request, [one]),
        "wants_factor": needs_factor(acting, "c", asked, now=timezone.now()),
        "here": request.path,
    }
    return render(request, "assessments/answer_effect.html", shown, status=status)


def _period(request: Request, name: str) -> OperatingPeriod:
    """Return a period, for the office.

    :raises Http404: if whoever is acting is not of the office
    """
    of = period_of(request, name)
    if request.acting.name not in Role.OFFICE:
        raise Http404
    return of


def _found(request: Request, period: OperatingPeriod) -> list[Experience]:
    """Return what was found, and note that it was read."""
    found = experiences(request.acting, period)
    note(request, Application.TYPE, [row for one in found for row in one.rows], timezone.now())
    return found


def _marked(request: Request, found: Iterable[Experience]) -> dict[str, str]:
    """Return the class of the strictest of what a page shows, and who may read that."""
    cls, acting = strictest(row for one in found for row in one.rows), request.acting
    return {"cls": cls, "handling": rulebook_of(acting.code).handling.sentence(cls, acting.day).says}
