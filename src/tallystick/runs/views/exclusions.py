"""The doors of exclusions: entered by one person, checked by another."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tallystick.parties.policy.decision import is_granted, may
from tallystick.parties.request import Request
from tallystick.runs import operations, queries
from tallystick.runs.forms import ExclusionForm
from tallystick.runs.installation import rulebook_of
from tallystick.runs.taken import Excluded


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
    shown = {"code": code, "rows": queries.exclusions_of(acting), "form": form, "may_enter": may_enter}
    return render(request, "runs/exclusions.html", shown, status=422 if form.errors else 200)


@require_safe
def exclusion(request: Request, code: str, reference: str) -> HttpResponse:
    """Show one exclusion, and let a second person settle it."""
    row = queries.exclusion(request.acting, reference)
    if row is None:
        raise Http404
    is_other = request.acting.person != row.entered_by
    waits = row.state == row.ENTERED and may(request.acting, "u", row, now=timezone.now())
    return render(
        request, "runs/exclusion.html", {"code": code, "row": row, "waits": waits, "is_other": is_other}
    )


@require_POST
def check(request: Request, code: str, reference: str) -> HttpResponse:
    """Confirm or refuse what another person entered."""
    row = queries.exclusion(request.acting, reference)
    if row is None or request.POST.get("answer") not in ("confirm", "refuse"):
        raise Http404
    agrees = request.POST["answer"] == "confirm"
    try:
        operations.check_exclusion(exclusion=row, agrees=agrees, by=request.acting, at=timezone.now())
    except operations.UnableToCheckExclusion as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, "Confirmed. The next run leaves the row out." if agrees else "Refused. The row stays in."
        )
    return redirect("exclusion", code, reference)
