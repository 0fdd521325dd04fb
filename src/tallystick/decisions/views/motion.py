"""The page of a motion: where it stands, how that follows, and what whoever is acting may do with it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tallystick.decisions import panel, queries, saved
from tallystick.decisions.forms import BecauseForm, DeclareForm
from tallystick.decisions.frozen import Rule
from tallystick.decisions.models import Ballot, Motion
from tallystick.decisions.rights import ballot_facts, matter_facts
from tallystick.decisions.views import own
from tallystick.decisions.views.asked import as_file, found, moment
from tallystick.decisions.views.own import NOTHING_SENT, Sent
from tallystick.decisions.views.register import due_of
from tallystick.journal.subjects import Subject
from tallystick.parties.once import one_page
from tallystick.parties.policy.decision import facts as facts_of_type
from tallystick.parties.policy.decision import is_granted, may, needs_factor, own_body
from tallystick.parties.readings import note, note_class
from tallystick.parties.request import Request
from tallystick.parties.rulebooks import rulebook_of

STANDS = "stands"
REFUSED = 422
RUNNING = (Motion.DRAFT, Motion.OPEN)


@require_safe
def motion(request: Request, code: str, reference: str) -> HttpResponse:
    """Show a motion; or ask whoever has to declare themselves first, and show nothing of it."""
    with one_page():
        one = queries.motion(request.acting, reference)
        if one is None:
            return to_declare(request, reference, DeclareForm())
        if request.htmx.target != STANDS:
            return _page(request, one, NOTHING_SENT, 200)
        note(request, "motion", [one], timezone.now())
        return render(request, "decisions/_stands.html", {"code": code, "m": one, **_stands(request, one)})


@require_safe
def motion_as(request: Request, code: str, reference: str, form: str) -> HttpResponse:
    """Give a motion and its vote as a file."""
    with one_page():
        one, acting = found(request, reference), request.acting
        note(request, "motion", [one], timezone.now())
        shown, seats = queries.standing(one, acting), queries.seats(one, acting)
        told = saved.motion_as(form, one, shown, seats, _cast(request, one))
    return as_file(told, saved.KINDS[form], f"{one.reference}.{form}")


def to_declare(request: Request, reference: str, form: DeclareForm) -> HttpResponse:
    """Ask whether somebody has a conflict in a matter of which they may read nothing before they say so.

    :raises Http404: if there is nothing that they have to declare
    """
    asked = queries.undeclared(request.acting, reference)
    if not asked:
        raise Http404
    acting, now = request.acting, timezone.now()
    note_class(request, Subject(acting.code, "motion", "", Motion.AMBER), now)
    facts = facts_of_type(acting, "ballot", classification=Motion.AMBER, body=own_body(acting))
    shown = {
        "code": acting.code,
        "asked": asked[0],
        "form": form,
        "wants_factor": needs_factor(acting, "c", facts, now=now),
    }
    return render(request, "decisions/declare.html", shown, status=REFUSED if form.is_bound else 200)


def page(request: Request, one: Motion, sent: Sent = NOTHING_SENT, status: int = 200) -> HttpResponse:
    """Show a motion that whoever is acting may see, with the forms that came back to them."""
    with one_page():
        return _page(request, one, sent, status)


def _page(request: Request, one: Motion, sent: Sent, status: int) -> HttpResponse:
    note(request, "motion", [one], timezone.now())
    acting = request.acting
    rule = own.rule_of(request, one)
    handling = rulebook_of(acting.code).handling
    shown: dict[str, Any] = {
        "code": acting.code,
        "m": one,
        "rule": rule,
        "handling": handling.sentence(one.classification, one.put_at.date()).says,
        "due": due_of(request, one),
        "is_over": one.closes_at is not None and one.closes_at <= moment(),
        "choices": own.offered(rule, one.does) if rule else [],
        "own": own.own_seats(request, one, rule, sent),
        "other_roles": own.other_roles(request, one),
        "casting": own.casting_of(request, one, rule, sent),
        "aside": queries.stood_aside(one, acting) if one.rule else [],
        "may_name": is_granted(acting, "ballot", "r"),
        **_stands(request, one),
        **_running(request, one, sent),
    }
    return render(request, "decisions/motion.html", shown, status=status)


def _stands(request: Request, one: Motion) -> dict[str, Any]:
    """Return where a vote stands; nothing before it opened, or where it ended without a count."""
    if not one.rule or one.state == Motion.WITHDRAWN:
        return {"panel": None, "marks": panel.MARKS, "ballots": [], "undeclared": []}
    shown, seats = queries.standing(one, request.acting), queries.seats(one, request.acting)
    cast = [seat.ballot for seat in seats if seat.ballot] if one.state == Motion.CLOSED else []
    casting = _cast(request, one) if one.state == Motion.CLOSED else None
    rule = Rule.of_row(one.rule)
    return {
        "rule": rule,
        "panel": panel.panel_of(rule, shown, seats),
        "marks": panel.MARKS,
        "ballots": [*cast, casting] if casting else cast,
        "undeclared": [seat for seat in seats if seat.must_declare],
    }


def _cast(request: Request, one: Motion) -> Ballot | None:
    """Return the casting vote, where the scheme has one and somebody may read it."""
    has_one = bool(one.rule) and one.rule["counts"]["tie"] == "casting"
    return queries.casting_vote(one, request.acting) if has_one else None


def _running(request: Request, one: Motion, sent: Sent) -> dict[str, Any]:
    """Return what somebody may do with the vote, and where a second factor is all that is wanting."""
    acting, now = request.acting, timezone.now()
    matter, is_near = matter_facts(acting, one), own.is_near(request, one) and one.state in RUNNING
    return {
        "may_run": is_near and may(acting, "t", matter, now=now),
        "run_wants_factor": is_near and needs_factor(acting, "t", matter, now=now),
        "vote_wants_factor": needs_factor(acting, "c", ballot_facts(acting, one), now=now),
        "opening": sent.opening or own.opening_form(request, one),
        "because": {name: sent.because.get(name) or BecauseForm() for name in ("close", "withdraw")},
    }
