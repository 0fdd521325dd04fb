"""The doors of whoever runs a vote: it opens, it closes, or the motion is withdrawn."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from tallystick.decisions.forms import BecauseForm
from tallystick.decisions.models import Motion
from tallystick.decisions.operations.closing import UnableToCloseVote
from tallystick.decisions.operations.closing import close_vote as close
from tallystick.decisions.operations.motions import (
    UnableToOpenMotion,
    UnableToWithdrawMotion,
    open_motion,
    withdraw_motion,
)
from tallystick.decisions.rights import matter_facts
from tallystick.decisions.views.asked import CONFLICT, found, is_let, moment
from tallystick.decisions.views.motion import REFUSED, page
from tallystick.decisions.views.own import Sent, is_near, opening_form
from tallystick.parties.request import Request


@require_POST
def open_vote(request: Request, code: str, reference: str) -> HttpResponse:
    """Open the vote on a draft until a moment."""
    one = found(request, reference)
    form = opening_form(request, one, request.POST)
    if not _may_run(request, one):
        return page(request, one, Sent(opening=form), REFUSED)
    if not form.is_valid():
        return page(request, one, Sent(opening=form), REFUSED)
    until = form.cleaned_data["closes_at"]
    try:
        open_motion(motion=one, closes_at=until, weights=form.weights, by=request.acting, at=moment())
    except UnableToOpenMotion as refusal:
        form.add_error(None, str(refusal))
        return page(request, one, Sent(opening=form), CONFLICT)
    messages.success(request, "The vote is open. It waits on everybody who holds a seat.")
    return redirect("motion", code, reference)


@require_POST
def close_vote(request: Request, code: str, reference: str) -> HttpResponse:
    """Close a vote: its time is over, everybody has voted, or the chair says why."""

    def act(one: Motion, because: str) -> str:
        done = close(motion=one, because=because, by=request.acting, at=moment())
        return f"The vote is closed. {done.told['headline']}"

    return _ended(request, reference, "close", act)


@require_POST
def withdraw(request: Request, code: str, reference: str) -> HttpResponse:
    """Withdraw a motion, with a reason."""

    def act(one: Motion, because: str) -> str:
        withdraw_motion(motion=one, because=because, by=request.acting, at=moment())
        return "The motion is withdrawn. Nothing was counted."

    return _ended(request, reference, "withdraw", act)


def _ended(request: Request, reference: str, name: str, act: Callable[[Motion, str], str]) -> HttpResponse:
    """Do what ends a vote. Done twice, as by a second press of the button, it is done once."""
    one, form = found(request, reference), BecauseForm(request.POST)
    if one.state == (Motion.CLOSED if name == "close" else Motion.WITHDRAWN):
        return redirect("motion", one.code, reference)
    if not _may_run(request, one) or not form.is_valid():
        return page(request, one, Sent(because={name: form}), REFUSED)
    try:
        said = act(one, form.cleaned_data["because"])
    except (UnableToCloseVote, UnableToWithdrawMotion) as refusal:
        form.add_error("because", str(refusal))
        return page(request, found(request, reference), Sent(because={name: form}), CONFLICT)
    messages.success(request, said)
    return redirect("motion", one.code, reference)


def _may_run(request: Request, one: Motion) -> bool:
    if not is_near(request, one):
        raise PermissionDenied
    return is_let(request, "t", matter_facts(request.acting, one))
