"""The doors of runs: which there were, how one is getting on, and the asking for another."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tallystick.parties.policy.decision import is_granted
from tallystick.parties.readings import note
from tallystick.parties.request import BOTH, Request
from tallystick.runs import claims, operations, queries
from tallystick.runs.forms import RunForm


@require_http_methods(BOTH)
def runs(request: Request, code: str) -> HttpResponse:
    """List runs, and ask for one."""
    acting = request.acting
    may_run = is_granted(acting, "run", "c")
    form = RunForm(request.POST or None, today=acting.day, initial={"known_on": acting.day})
    if request.method == "POST":
        if not may_run:
            raise Http404
        if form.is_valid():
            try:
                asked = operations.start_run(**form.cleaned_data, by=acting, at=timezone.now())
            except operations.UnableToStartRun as refusal:
                form.add_error(None, str(refusal))
            else:
                return redirect("run", code, asked.reference)
    return render(
        request,
        "runs/runs.html",
        {"code": code, "rows": queries.runs_of(acting), "form": form, "may_run": may_run},
        status=422 if form.errors else 200,
    )


@require_safe
def run(request: Request, code: str, reference: str) -> HttpResponse:
    """Show a run: what it used, how far it is, what it came to. The part that changes is fetched alone."""
    row = queries.run(request.acting, reference)
    if row is None:
        raise Http404
    note(request, "run", [row], timezone.now())
    part = request.htmx.target == "progress"
    shown = {
        "code": code,
        "run": row,
        "is_silent": claims.is_silent(row, timezone.now()),
        "may_run": is_granted(request.acting, "run", "c"),
        "has_history": is_granted(request.acting, "history", "r"),
    }
    return render(request, "runs/_progress.html" if part else "runs/run.html", shown)


@require_POST
def cancel(request: Request, code: str, reference: str) -> HttpResponse:
    """Stop a run that has not ended."""
    row = queries.run(request.acting, reference)
    if row is None:
        raise Http404
    try:
        operations.cancel_run(run=row, by=request.acting, at=timezone.now())
    except operations.UnableToEndRun as refusal:
        messages.error(request, str(refusal))
    return redirect("run", code, reference)
