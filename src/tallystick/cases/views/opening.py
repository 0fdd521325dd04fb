"""The door by which a case is opened: from findings, or by hand."""

from collections.abc import Sequence

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tallystick.cases import queries
from tallystick.cases.causes import causes_to_choose
from tallystick.cases.forms import OpenCaseForm
from tallystick.cases.models import Case, CaseFinding
from tallystick.cases.operations.opening import UnableToOpenCase
from tallystick.cases.operations.opening import open_case as opened
from tallystick.cases.queries import Proposed
from tallystick.cases.views.asked import INCOMPLETE
from tallystick.decisions.marks import class_of
from tallystick.decisions.views.asked import CONFLICT, is_let, moment
from tallystick.parties.acting import Acting
from tallystick.parties.models import Organisation
from tallystick.parties.policy.decision import Facts, facts, needs_factor
from tallystick.parties.policy.guard import unscoped
from tallystick.parties.queries import organisations
from tallystick.parties.readings import note
from tallystick.parties.request import BOTH, Request
from tallystick.parties.rulebooks import rulebook_of
from tallystick.runs.models import Finding

HAS_CASE = "Leaves out findings that have a case; those shown are asked for through what may be seen."


@require_http_methods(BOTH)
def open_case(request: Request, code: str) -> HttpResponse:
    """Open a case; `?finding=` chooses findings beforehand, with all others of their party and area."""
    acting = request.acting
    earlier = list(queries.cases_of(acting).filter(~Q(closed_at=None)))
    proposed = _proposed(acting, earlier)
    group = _group(proposed, request.GET.get("finding", "")[:30])
    form = OpenCaseForm(
        request.POST if request.method == "POST" else None,
        proposed=[group] if group else proposed,
        parties=organisations(code),
        obligations={one.key: f"{one.key}: {one.title}" for one in rulebook_of(code).obligations.values()},
        earlier=earlier,
        causes=causes_to_choose(code, acting.day),
        initial=_initial(group, request.GET.get("finding", "")),
    )
    status = 200
    if request.method == "POST":
        status = INCOMPLETE
        if form.is_valid() and is_let(request, "c", _facts(request, form.opened.party)):
            try:
                case = opened(opened=form.opened, by=acting, at=moment())
            except UnableToOpenCase as refusal:
                form.add_error(None, str(refusal))
                status = CONFLICT
            else:
                said = f"{case.reference} is open. {case.party.name} sees nothing of it before it is told."
                messages.success(request, said)
                return redirect("case", code, case.reference)
    shown_findings = [one for several in proposed for one in several.findings]
    note(request, "finding", shown_findings, timezone.now())
    shown = {
        "code": code,
        "form": form,
        "group": group,
        "wants_factor": needs_factor(acting, "c", _facts(request, None), now=timezone.now()),
        "here": request.get_full_path(),
    }
    return render(request, "cases/new.html", shown, status=status)


def _proposed(acting: Acting, earlier: Sequence[Case]) -> list[Proposed]:
    """Return the findings on parties that have no case, as a case takes them: by party and by area."""
    with unscoped(HAS_CASE):
        has_case = Exists(CaseFinding.objects.filter(finding=OuterRef("pk")))
        seen = Finding.objects.visible_to(acting).filter(~has_case, party__isnull=False)
        rows = list(seen.exclude(state=Finding.WITHDRAWN).select_related("party").order_by("period", "pk"))
    groups: dict[tuple[Organisation, str, str], list[Finding]] = {}
    for one in rows:
        if one.party is not None:
            key = (one.party, one.area, "" if one.area else one.obligation)
            groups.setdefault(key, []).append(one)
    # The latest closed one comes first.
    last = {(one.party_id, one.obligation, one.area): one for one in reversed(earlier)}
    return [
        Proposed(
            party,
            area,
            several[0].obligation,
            tuple(several),
            last.get((party.pk, several[0].obligation, area)),
        )
        for (party, area, _), several in sorted(groups.items(), key=_by_name)
    ]


def _by_name(group: tuple[tuple[Organisation, str, str], list[Finding]]) -> tuple[str, str, str]:
    (party, area, obligation), _ = group
    return party.name, area, obligation


def _group(proposed: list[Proposed], reference: str) -> Proposed | None:
    """Return the findings that a case would rest on which rests on one of them."""
    return next((one for one in proposed if reference in {row.reference for row in one.findings}), None)


def _initial(group: Proposed | None, reference: str) -> dict[str, object]:
    if group is None:
        return {"source": Case.BY_HAND}
    return {
        "source": Case.MONITORING,
        "findings": [reference],
        "repeats": group.repeats.reference if group.repeats else "",
    }


def _facts(request: Request, party: Organisation | None) -> Facts:
    acting = request.acting
    made = class_of(rulebook_of(acting.code), Case.TYPE, acting.day, party)
    return facts(acting, Case.TYPE, classification=made, party=party, state=Case.DRAFT)
