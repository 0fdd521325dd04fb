"""The doors of a remedy: a version is shown, filed, returned or accepted, and its milestones are met."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tallystick.cases.decided import awaited
from tallystick.cases.filings import Planned
from tallystick.cases.forms import AcceptForm, MetForm, RemedyForm, SentForm, WordsForm
from tallystick.cases.matter import Matter
from tallystick.cases.models import Case, Remedy
from tallystick.cases.operations import milestones, remedies
from tallystick.cases.progress import measures_for
from tallystick.cases.remedy_shown import FILED, shown_of, versions
from tallystick.cases.versions import version_of
from tallystick.cases.views.acts import decided_for
from tallystick.cases.views.asked import Act, answered, banner, facts_as, found, handed, posted
from tallystick.decisions.views.asked import moment
from tallystick.parties.once import one_page
from tallystick.parties.policy.guard import unscoped
from tallystick.parties.readings import note
from tallystick.parties.request import BOTH, Request
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.queries import process_of, standing_of

WHY = "Reads the version of a case that was found through what somebody may see."


@require_safe
def remedy(request: Request, code: str, reference: str, version: int) -> HttpResponse:
    """Show one version of a remedy: what it promises, how it goes, and what it changed."""
    with one_page():
        case = found(request, reference)
        matter = Matter(case, request.acting)
        rows = versions(request.acting, case, matter)
        one = next((row for row in rows if row.version == version), None)
        if one is None:
            raise Http404
        note(request, Case.TYPE, [case], timezone.now())
        shown = {
            "code": code,
            "c": case,
            "handling": banner(case),
            "remedy": shown_of(request.acting, one, rows, matter),
        }
        return render(request, "cases/remedy.html", shown)


@require_http_methods(BOTH)
def file(request: Request, code: str, reference: str) -> HttpResponse:
    """File the next version of a remedy, as the party or on its behalf."""
    case, acting = found(request, reference), request.acting
    before = versions(acting, case)
    form = _filing_form(request, case, before)

    def do() -> str:
        made = remedies.file_remedy(case=case, filed=form.filed, by=acting, at=moment())
        return f"Version {made.version} is filed. The office assesses it."

    return answered(
        request,
        case,
        Act(
            title=f"File version {len(before) + 1} of the remedy",
            says="Say what went wrong, each step with owner, day and proof, and when it has done. "
            "A version does not change once it is filed; each date stays beside the one first promised.",
            button="File it",
            form=form,
            facts=facts_as(request, case, Remedy.TYPE),
            act="c",
            do=do,
            icon="plus",
            part="cases/_remedy_form.html",
        ),
    )


@require_http_methods(BOTH)
def send_back(request: Request, code: str, reference: str, version: int) -> HttpResponse:
    """Return a version to its party, with reasons."""
    case = found(request, reference)
    one = _version(request, case, version)
    form = SentForm(posted(request), handed(request), label="What is missing")

    def do() -> str:
        told = form.cleaned_data
        remedies.return_remedy(
            remedy=one,
            reasons=told["text"],
            key=told["key"],
            files=form.handed,
            by=request.acting,
            at=moment(),
        )
        return f"Version {version} is returned. {case.party.name} reads the reasons among the messages."

    says = f"{case.party.name} reads the reasons, and files another version."
    return answered(
        request,
        case,
        Act(
            f"Return version {version} with reasons",
            says,
            "Return it",
            form,
            facts_as(request, case, Remedy.TYPE),
            "u",
            do,
            "arrow-right",
        ),
    )


@require_http_methods(BOTH)
def accept(request: Request, code: str, reference: str, version: int) -> HttpResponse:
    """Accept a version that waits: as the office, or as its body decided."""
    case, acting = found(request, reference), request.acting
    one = _version(request, case, version)
    body = awaited(process_of(case.course), standing_of(case.course, acting.day))
    form = AcceptForm(posted(request), body=body, decided=decided_for(acting, case, body))

    def do() -> str:
        told = form.cleaned_data
        remedies.accept_remedy(
            remedy=one,
            words=told["text"],
            key=told["key"],
            by=acting,
            at=moment(),
            decision=told.get("decision", ""),
        )
        return f"Version {version} is accepted. {case.party.name} is told, and its milestones count."

    says = f"{case.party.name} is told, and carries it out: each milestone has its own clock."
    return answered(
        request,
        case,
        Act(
            f"Accept version {version} of the remedy",
            says,
            "Accept the remedy",
            form,
            facts_as(request, case),
            "t",
            do,
        ),
    )


@require_http_methods(BOTH)
def warn(request: Request, code: str, reference: str, version: int) -> HttpResponse:
    """Say that a remedy is at risk."""
    return _noted(request, reference, version, milestones.warn, "What puts it at risk", "See a risk")


@require_http_methods(BOTH)
def recover(request: Request, code: str, reference: str, version: int) -> HttpResponse:
    """Say that what put a remedy at risk is gone."""
    return _noted(request, reference, version, milestones.recover, "What changed", "See the risk gone")


@require_http_methods(BOTH)
def meet(request: Request, code: str, reference: str, version: int, number: int) -> HttpResponse:
    """Verify that a milestone was met.

    :raises Http404: if the version has no such milestone
    """
    case = found(request, reference)
    one = _version(request, case, version)
    with unscoped(WHY):
        milestone = one.milestones.select_related("remedy__case").filter(number=number).first()
    if milestone is None:
        raise Http404
    form = MetForm(posted(request), initial={"on": request.acting.day})

    def do() -> str:
        told = form.cleaned_data
        met = milestones.meet_milestone(
            milestone=milestone,
            on=told["on"],
            by_what=told["by_what"],
            key=told["key"],
            by=request.acting,
            at=moment(),
        )
        return f"Milestone {number} is met on {met.on.isoformat()}."

    return answered(
        request,
        case,
        Act(
            f"Milestone {number} is met",
            f"{milestone.what}. Promised proof: {milestone.proof}.",
            "Verify it",
            form,
            facts_as(request, case, Remedy.TYPE),
            "u",
            do,
            then=reverse("remedy", args=[code, reference, version]),
        ),
    )


def _filing_form(request: Request, case: Case, before: list[Any]) -> RemedyForm:
    """Return the form of the next version, filled in with what the last one says."""
    with unscoped(WHY):
        last = version_of(before[-1], before[-1].milestones.all()) if before else None
    promises = last.promises if last else ()
    names = ("cause", "measure", "level", "months", "otherwise")
    return RemedyForm(
        posted(request),
        measures=measures_for(case, rulebook_of(case.code)),
        rows=[Planned(one.what, one.owner, one.due_on, one.proof, one.thread) for one in promises],
        waits=next((one.version for one in before if one.stage == FILED), 0),
        initial={name: _plain(getattr(last, name)) for name in names} if last else {},
    )


def _plain(value: object) -> object:
    """Return a number as people write it, without the places that the database keeps."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def _noted(
    request: Request, reference: str, version: int, done: Callable[..., Remedy], label: str, title: str
) -> HttpResponse:
    case = found(request, reference)
    one, form = _version(request, case, version), WordsForm(posted(request), label=label)

    def do() -> str:
        told = form.cleaned_data
        done(remedy=one, why=told["text"], key=told["key"], by=request.acting, at=moment())
        return f"Said of version {version}."

    says = "Both sides read it beside the remedy."
    return answered(
        request,
        case,
        Act(title, says, title, form, facts_as(request, case, Remedy.TYPE), "u", do, "flag"),
    )


def _version(request: Request, case: Case, version: int) -> Remedy:
    """Return a version of a case's remedy.

    :raises Http404: if there is none, or whoever is acting may not see it
    """
    seen = Remedy.objects.visible_to(request.acting).filter(case=case, version=version)
    one: Remedy | None = seen.select_related("course", "case", "case__course", "party", "filed_by").first()
    if one is None:
        raise Http404
    return one
