"""The page of a decision without a vote, and the objections to it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from tallystick.decisions import queries
from tallystick.decisions.forms import ObjectForm
from tallystick.decisions.models import Decision
from tallystick.decisions.operations.records import UnableToObject
from tallystick.decisions.operations.records import object_to as objected
from tallystick.decisions.rights import objection_facts
from tallystick.decisions.views.asked import is_let, moment
from tallystick.parties.policy.decision import is_granted, may, needs_factor
from tallystick.parties.readings import note
from tallystick.parties.request import Request
from tallystick.parties.rulebooks import rulebook_of

REFUSED = 422


@require_safe
def decision(request: Request, code: str, reference: str) -> HttpResponse:
    """Show a decision without a vote, with who objected."""
    return _page(request, _found(request, reference), ObjectForm())


@require_POST
def object_to(request: Request, code: str, reference: str) -> HttpResponse:
    """Object to a decision; it stands, and the objection with it."""
    one, form = _found(request, reference), ObjectForm(request.POST)
    if not is_let(request, "c", objection_facts(request.acting, one)) or not form.is_valid():
        return _page(request, one, form)
    try:
        objected(decision=one, words=form.cleaned_data["words"], by=request.acting, at=moment())
    except UnableToObject as refusal:
        form.add_error("words", str(refusal))
        return _page(request, one, form)
    messages.success(request, "Your objection is recorded. The decision stands.")
    return redirect("decision", code, reference)


def _page(request: Request, one: Decision, form: ObjectForm) -> HttpResponse:
    note(request, "decision", [one], timezone.now())
    acting, now = request.acting, timezone.now()
    facts, objections = objection_facts(acting, one), queries.objections(acting, one)
    is_member = acting.person is not None and acting.body is not None and acting.body.pk == one.body_id
    has_objected = any(row.person_id == acting.person.pk for row in objections if acting.person)
    shown = {
        "code": acting.code,
        "d": one,
        "motion": queries.motion(acting, one.motion.reference) if one.motion else None,
        "form": form,
        "objections": objections,
        "may_name": is_granted(acting, "ballot", "r"),
        "may_object": is_member and not has_objected and may(acting, "c", facts, now=now),
        "wants_factor": is_member and not has_objected and needs_factor(acting, "c", facts, now=now),
        "handling": rulebook_of(acting.code).handling.sentence(one.classification, one.on).says,
    }
    return render(request, "decisions/decision.html", shown, status=REFUSED if form.is_bound else 200)


def _found(request: Request, reference: str) -> Decision:
    one = queries.decision(request.acting, reference)
    if one is None:
        raise Http404
    return one
