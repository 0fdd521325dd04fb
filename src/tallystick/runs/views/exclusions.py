"""The doors of exclusions: entered by one person, checked by another."""

from collections.abc import Iterable

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tallystick.parties.acting import Acting
from tallystick.parties.policy.decision import is_granted, masked, may, needs_factor
from tallystick.parties.readings import note
from tallystick.parties.request import BOTH, Request
from tallystick.runs import excluded, operations
from tallystick.runs.forms import ExclusionForm
from tallystick.runs.installation import rulebook_of
from tallystick.runs.models import Exclusion
from tallystick.runs.taken import Excluded
from tallystick.runs.views import second_checks

CHOICES = ("state", "measure", "period")


@require_http_methods(BOTH)
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
    rows = _chosen(request, excluded.exclusions_of(acting))
    note(request, "exclusion", rows, timezone.now())
    shown = {
        "code": code,
        "rows": rows,
        "asked_about": excluded.asked_about(acting),
        "states": Exclusion.STATES_OF_ONE,
        "chosen": {name: request.GET.get(name, "") for name in CHOICES},
        "then": request.GET.get("from", ""),
        "named": named(acting, rows),
        "form": form,
        "may_enter": may_enter,
        **second_checks.block(request, _chosen(request, excluded.exclusions_to_check(acting))),
    }
    return render(request, "runs/exclusions.html", shown, status=422 if form.errors else 200)


@require_safe
def exclusion(request: Request, code: str, reference: str) -> HttpResponse:
    """Show one exclusion, and let a second person settle it."""
    row = excluded.exclusion(request.acting, reference)
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
        "questions": excluded.questions_on(acting, row),
    }
    return render(request, "runs/exclusion.html", shown)


@require_POST
def check(request: Request, code: str, reference: str) -> HttpResponse:
    """Confirm or refuse what another person entered."""
    row = excluded.exclusion(request.acting, reference)
    if row is None or request.POST.get("answer") not in ("confirm", "refuse"):
        raise Http404
    return second_checks.checked(request, code, [row], agrees=request.POST["answer"] == "confirm")


def _chosen(request: Request, rows: Iterable[Exclusion]) -> list[Exclusion]:
    """Return the rows that the address chooses: of a state, a measure, a month."""
    wanted = {name: request.GET[name] for name in CHOICES if request.GET.get(name)}
    return [row for row in rows if all(getattr(row, name) == value for name, value in wanted.items())]


def named(acting: Acting, rows: Iterable[Exclusion]) -> set[str]:
    """Return the references of exclusions whose enterer and checker may be named to whoever is acting."""
    return {row.reference for row in rows if not masked(acting, "exclusion", "entered_by", row)}
