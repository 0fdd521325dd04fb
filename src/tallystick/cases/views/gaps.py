"""The doors of gaps: which there are, one of them, and how one is recorded, handed on or closed."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.urls.converters import StringConverter
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from tallystick.cases.forms import WordsForm
from tallystick.cases.gap_forms import GapForm, HandOnForm, references_in
from tallystick.cases.gaps import findings_of_gap, gaps_of
from tallystick.cases.gaps import gap as seen_gap
from tallystick.cases.models import Gap
from tallystick.cases.operations import gaps as operations
from tallystick.decisions.views.asked import CONFLICT, is_let, moment
from tallystick.parties.models import Role
from tallystick.parties.policy.decision import Facts, facts, facts_of, is_granted
from tallystick.parties.request import BOTH, Request
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.views.asked import INCOMPLETE, About, Act, answered, posted
from tallystick.runs.models import Finding

A_PAGE = 100
CHOICES = ("state", "clause", "area")
REFUSALS = (operations.UnableToRecordGap, operations.UnableToHandOnGap, operations.UnableToCloseGap)


class GapConverter(StringConverter):
    """The reference of a gap."""

    regex = "GAP-[0-9A-Za-z-]{1,16}"


@require_safe
def gaps(request: Request, code: str) -> HttpResponse:
    """List what nobody owes under the code, as far as whoever is acting may see it."""
    acting, rulebook = request.acting, rulebook_of(code)
    chosen = {name: request.GET.get(name, "")[:60] for name in CHOICES}
    wanted = {name: value for name, value in chosen.items() if value}
    every = list(gaps_of(acting))
    found = [one for one in every if all(getattr(one, name) == value for name, value in wanted.items())]
    shown = {
        "code": code,
        "chosen": chosen,
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "total": len(every),
        "counts": {state: sum(one.state == state for one in every) for state, _ in Gap.STATES_OF_ONE},
        "states": Gap.STATES_OF_ONE,
        "clauses": sorted({one.clause for one in every}),
        "areas": [(key, title) for key, title in rulebook.code.areas.items()],
        "headings": {key: one.heading for key, one in rulebook.clauses.items()},
        "may_record": is_granted(acting, Gap.TYPE, "c"),
        "query": f"?{urlencode(wanted)}" if wanted else "",
    }
    return render(request, "cases/gaps.html", shown)


@require_safe
def gap(request: Request, code: str, reference: str) -> HttpResponse:
    """Show a gap: what nobody owes, whom that harms, what would be needed, and what came of it."""
    one, rulebook = _found(request, reference), rulebook_of(code)
    shown = {
        "code": code,
        "gap": one,
        "clause": rulebook.clauses.get(one.clause),
        "area": rulebook.code.areas.get(one.area, ""),
        "findings": findings_of_gap(request.acting, one),
        "may_change": request.acting.name in Role.OFFICE and not one.is_closed,
        "handling": _about(one).handling,
    }
    return render(request, "cases/gap.html", shown)


@require_http_methods(BOTH)
def record(request: Request, code: str) -> HttpResponse:
    """Record a gap; `?clause=` and `?finding=` choose beforehand."""
    form = _form(request, code)
    status = 200
    if request.method == "POST":
        status = INCOMPLETE
        if form.is_valid() and is_let(request, "c", _facts(request)):
            try:
                made = operations.record_gap(recorded=form.recorded, by=request.acting, at=moment())
            except operations.UnableToRecordGap as refusal:
                form.add_error(None, str(refusal))
                status = CONFLICT
            else:
                messages.success(request, f"{made.reference} is recorded, and open to every party.")
                return redirect("gap", code, made.reference)
    return render(
        request, "cases/gap_new.html", {"code": code, "form": form, "here": request.path}, status=status
    )


@require_http_methods(BOTH)
def hand_on(request: Request, code: str, reference: str) -> HttpResponse:
    """Hand a gap on to a modification of the code."""
    one, form = _found(request, reference), HandOnForm(posted(request))

    def do() -> str:
        named = form.cleaned_data["modification"]
        operations.hand_on_gap(gap=one, modification=named, by=request.acting, at=moment())
        return f"{one.reference} is handed on to {named}."

    says = "The gap stays open until the code says who owes it. Name the modification that is to say so."
    act = Act(
        title="Hand on to a modification",
        says=says,
        button="Hand it on",
        form=form,
        facts=facts_of(request.acting, one),
        act="u",
        do=do,
        icon="arrow-right",
    )
    return answered(request, _about(one), act, REFUSALS)


@require_http_methods(BOTH)
def close(request: Request, code: str, reference: str) -> HttpResponse:
    """Close a gap for a reason."""
    one, form = _found(request, reference), WordsForm(posted(request), label="Why it is closed")

    def do() -> str:
        operations.close_gap(gap=one, reason=form.cleaned_data["text"], by=request.acting, at=moment())
        return f"{one.reference} is closed."

    says = "A gap is closed once the code says who owes it, or when it turns out to be none."
    act = Act(
        title="Close the gap",
        says=says,
        button="Close it",
        form=form,
        facts=facts_of(request.acting, one),
        act="u",
        do=do,
        icon="lock",
    )
    return answered(request, _about(one), act, REFUSALS)


def _found(request: Request, reference: str) -> Gap:
    one = seen_gap(request.acting, reference)
    if one is None:
        raise Http404
    return one


def _facts(request: Request) -> Facts:
    return facts(request.acting, Gap.TYPE, classification=Gap.GREEN)


def _form(request: Request, code: str) -> GapForm:
    rulebook, sent = rulebook_of(code), posted(request)
    asked = (sent or {}).get("references", request.GET.get("finding", ""))
    named = Finding.objects.visible_to(request.acting).filter(reference__in=list(references_in(asked)))
    return GapForm(
        sent,
        clauses=[(key, f"{key}: {one.heading}") for key, one in sorted(rulebook.clauses.items())],
        areas=[(key, f"{key.upper()}: {title}") for key, title in rulebook.code.areas.items()],
        findings={one.reference: one for one in named},
        initial={"clause": request.GET.get("clause", "")[:60], "references": asked[:60]},
    )


def _about(one: Gap) -> About:
    """Return a gap as the page of an act names it: it touches no party."""
    href, register = reverse("gap", args=[one.code, one.reference]), reverse("gaps", args=[one.code])
    return About(one, one.reference, one.title, one.clause, href, ("Gaps", register), one.recorded_at)
