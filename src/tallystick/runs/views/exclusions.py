"""The doors of exclusions: entered by one person, checked by another."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tallystick.parties.acting import Acting
from tallystick.parties.policy.decision import is_granted, masked, may, needs_factor
from tallystick.parties.readings import note
from tallystick.parties.request import Request
from tallystick.runs import operations, queries
from tallystick.runs.forms import ExclusionForm
from tallystick.runs.installation import rulebook_of
from tallystick.runs.models import Exclusion
from tallystick.runs.taken import Excluded

FACTOR_IS_OLD = "Show your second factor again, then give the second check."


@require_http_methods(["GET", "HEAD", "POST"])
def exclusions(request: Request, code: str) -> HttpResponse:
    """List exclusions, and enter one."""
    acting = request.acting
    form = ExclusionForm(request.POST or None, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if told["stream"] not in rulebook_of(code).streams:
            form.add_error("stream", "The code has no such stream.")
        else:
            row = Excluded(told["stream"], told["row_key"], told["measure"], str(told["period"] or ""))
            try:
                entered = operations.enter_exclusion(
                    row=row, reason=told["reason"], party=None, by=acting, at=timezone.now()
                )
            except operations.UnableToExclude as refusal:
                form.add_error(None, str(refusal))
            else:
                return redirect("exclusion", code, entered.reference)
    may_enter = is_granted(acting, "exclusion", "c")
    rows = queries.exclusions_of(acting)
    note(request, "exclusion", rows, timezone.now())
    shown = {
        "code": code,
        "rows": rows,
        "named": named(acting, rows),
        "form": form,
        "may_enter": may_enter,
    }
    return render(request, "runs/exclusions.html", shown, status=422 if form.errors else 200)


@require_safe
def exclusion(request: Request, code: str, reference: str) -> HttpResponse:
    """Show one exclusion, and let a second person settle it."""
    row = queries.exclusion(request.acting, reference)
    if row is None:
        raise Http404
    note(request, "exclusion", [row], timezone.now())
    acting, now = request.acting, timezone.now()
    is_open = row.state == row.ENTERED
    shown = {
        "code": code,
        "row": row,
        "named": named(acting, [row]),
        "waits": is_open and may(acting, "u", row, now=now),
        "wants_factor": is_open and needs_factor(acting, "u", row, now=now),
        "is_other": acting.person != row.entered_by,
    }
    return render(request, "runs/exclusion.html", shown)


@require_POST
def check(request: Request, code: str, reference: str) -> HttpResponse:
    """Confirm or refuse what another person entered."""
    row = queries.exclusion(request.acting, reference)
    if row is None or request.POST.get("answer") not in ("confirm", "refuse"):
        raise Http404
    agrees, acting, now = request.POST["answer"] == "confirm", request.acting, timezone.now()
    if needs_factor(acting, "u", row, now=now):
        messages.error(request, FACTOR_IS_OLD)
        return redirect("exclusion", code, reference)
    if not may(acting, "u", row, now=now):
        raise PermissionDenied
    try:
        operations.check_exclusion(exclusion=row, agrees=agrees, by=acting, at=now)
    except operations.UnableToCheckExclusion as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, "Confirmed. The next run leaves the row out." if agrees else "Refused. The row stays in."
        )
    return redirect("exclusion", code, reference)


def named(acting: Acting, rows: Iterable[Exclusion]) -> set[str]:
    """Return the references of exclusions whose enterer and checker may be named to whoever is acting."""
    return {row.reference for row in rows if not masked(acting, "exclusion", "entered_by", row)}
