"""The doors by which a motion is put to a body, and a decision without a vote is recorded."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tallystick.decisions import queries
from tallystick.decisions.forms import MatterForm, PutForm, RecordForm
from tallystick.decisions.models import Motion
from tallystick.decisions.operations import motions as acts
from tallystick.decisions.operations.motions import Put, UnableToPutMotion
from tallystick.decisions.operations.records import Taken, UnableToRecordDecision
from tallystick.decisions.operations.records import record_decision as record
from tallystick.decisions.views.asked import is_let, moment
from tallystick.parties.acting import Acting
from tallystick.parties.models import Body, Membership, Person, in_force
from tallystick.parties.policy.decision import facts, needs_factor
from tallystick.parties.queries import organisations
from tallystick.parties.request import BOTH, Request
from tallystick.parties.rulebooks import rulebook_of

REFUSED = 422


@require_http_methods(BOTH)
def put_motion(request: Request, code: str) -> HttpResponse:
    """Draft a motion to a body: one's own or, for the office, any."""
    acting = request.acting
    form = PutForm(
        request.POST if request.method == "POST" else None,
        bodies=_bodies(acting),
        parties=organisations(code),
        rulebook=rulebook_of(code),
        day=acting.day,
    )
    if request.method == "POST" and form.is_valid() and _is_let(request, "motion"):
        told = form.cleaned_data
        put = Put(
            title=told["title"],
            question=told["question"],
            does=told["does"],
            body=form.body,
            scheme=form.scheme_key,
            key=told["key"],
            party=form.about,
            classification=told["classification"],
        )
        try:
            one = acts.put_motion(put=put, by=acting, at=moment())
        except UnableToPutMotion as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The motion is drafted. Nobody votes before the vote is opened.")
            return redirect("motion", code, one.reference)
    return _page(request, "motion", "decisions/put.html", form)


@require_http_methods(BOTH)
def record_decision(request: Request, code: str) -> HttpResponse:
    """Record what a body decided without a vote."""
    acting = request.acting
    bodies = _bodies(acting)
    form = RecordForm(
        request.POST if request.method == "POST" else None,
        bodies=bodies,
        parties=organisations(code),
        motions=[one for one in queries.motions(acting) if one.state != Motion.DRAFT],
        members=_members(acting, bodies),
        initial={"on": acting.day},
    )
    if request.method == "POST" and form.is_valid() and _is_let(request, "decision"):
        try:
            one = record(taken=_taken(form), by=acting, at=moment())
        except UnableToRecordDecision as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Recorded: {one.body.name} {one.verb}.")
            return redirect("decision", code, one.reference)
    return _page(request, "decision", "decisions/record.html", form)


def _taken(form: RecordForm) -> Taken:
    told = form.cleaned_data
    return Taken(
        verb=told["verb"],
        title=told["title"],
        text=told["text"],
        body=form.decided_by,
        on=told["on"],
        key=told["key"],
        motion=form.on_motion,
        party=form.about,
        classification=told["classification"],
        objections=form.objections,
    )


def _page(request: Request, kind: str, template: str, form: MatterForm) -> HttpResponse:
    shown: dict[str, Any] = {
        "code": request.acting.code,
        "form": form,
        "wants_factor": needs_factor(request.acting, "c", facts(request.acting, kind), now=timezone.now()),
    }
    return render(request, template, shown, status=REFUSED if form.is_bound else 200)


def _is_let(request: Request, kind: str) -> bool:
    return is_let(request, "c", facts(request.acting, kind))


def _bodies(acting: Acting) -> list[Body]:
    """Return the bodies that somebody may put something to: their own, or all of the code for the office.

    :raises PermissionDenied: if their body is none of the code today
    """
    every = list(Body.objects.filter(in_force(acting.day), code=acting.code).order_by("name"))
    if acting.body is None:
        return every
    own = [one for one in every if one.pk == acting.body.pk]
    if not own:
        raise PermissionDenied
    return own


def _members(acting: Acting, bodies: list[Body]) -> list[Person]:
    """Return the people who sit on the bodies today, by name."""
    terms = Membership.objects.filter(in_force(acting.day), seat__body__in=bodies)
    found = Person.objects.filter(memberships__in=terms)
    return list(found.distinct().order_by("name", "pk"))
