"""The doors of what is done: a derogation is drafted and moved, forbearance is proposed and moved."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tallystick.cases.models import Case, Remedy
from tallystick.decisions.forms import Kept
from tallystick.decisions.marks import class_of
from tallystick.decisions.views.asked import CONFLICT, is_let, moment
from tallystick.derogations.drafts import UnableToDraftDerogation, may_be_derogated
from tallystick.derogations.forms import DraftForm, MoveForm, ProposeForm
from tallystick.derogations.models import Derogation, Forbearance
from tallystick.derogations.operations.drafting import draft_derogation
from tallystick.derogations.operations.forbearing import (
    UnableToProposeForbearance,
    propose_forbearance,
    take_forbearance_step,
)
from tallystick.derogations.operations.granting import (
    extend_derogation,
    grant_derogation,
    vary_derogation,
)
from tallystick.derogations.operations.moving import SUBMIT, submit_derogation, take_derogation_step
from tallystick.derogations.views.asked import (
    REFUSALS,
    about,
    about_forbearance,
    decided_for,
    found,
    found_forbearance,
    offer_of,
)
from tallystick.parties.acting import Acting
from tallystick.parties.models import Organisation, Role
from tallystick.parties.policy.decision import Facts, facts, facts_of, needs_factor
from tallystick.parties.queries import organisations
from tallystick.parties.request import BOTH, Request
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.engine import Offer
from tallystick.processes.queries import process_of, rows_of
from tallystick.processes.views.asked import INCOMPLETE, Act, answered, posted

GRANTS: dict[str, Callable[..., object]] = {
    "grant": grant_derogation,
    "vary": vary_derogation,
    "extend": extend_derogation,
}
SAYS = {
    "submit": "It goes to the office as it stands. Its words do not change from then on.",
    "grant": "It stands until its last day, and ends by itself on the day after.",
    "extend": "It goes on until the later day. There is no way on without a decision.",
    "revoke": "It stands no more from today on.",
    "lapse": "Today is the last day on which it stands.",
}


@require_http_methods(BOTH)
def draft(request: Request, code: str) -> HttpResponse:
    """Draft a derogation: a party for itself, the office for one that asked on paper.

    :raises Http404: if whoever is acting is neither
    """
    acting = request.acting
    parties = _askers(acting)
    form = DraftForm(posted(request), parties=parties, **_choices(acting, parties))
    asked = _facts(acting, Derogation.TYPE, parties[0] if parties else None)

    def do() -> tuple[str, str]:
        row = draft_derogation(drafted=form.drafted, by=acting, at=moment())
        return f"{row.reference} is drafted. It goes nowhere before its party submits it.", row.reference

    return _new(request, form, asked, (do, "derogation", "derogations/draft.html"))


@require_http_methods(BOTH)
def propose(request: Request, code: str) -> HttpResponse:
    """Propose not to pursue an obligation.

    :raises Http404: if whoever is acting is not of the office
    """
    acting = request.acting
    if acting.name not in Role.OFFICE:
        raise Http404
    form = ProposeForm(posted(request), obligations=rulebook_of(code).obligations)
    asked = _facts(acting, Forbearance.TYPE, None)

    def do() -> tuple[str, str]:
        row = propose_forbearance(proposal=form.proposal, by=acting, at=moment())
        return f"{row.reference} is proposed. The office alone reads it until it is decided.", row.reference

    return _new(request, form, asked, (do, "forbearance", "derogations/propose.html"))


@require_http_methods(BOTH)
def step(request: Request, code: str, reference: str, move: str) -> HttpResponse:
    """Take one of the next lawful steps of a derogation, saying what its rule asks."""
    row = found(request, reference)
    rows = rows_of([row.course])[row.course_id]
    offer = offer_of(request, row, move, rows)
    form: Any = (
        Kept(posted(request))
        if move == SUBMIT
        else MoveForm(
            posted(request), offer=offer, decided=decided_for(request.acting, row, offer, rows), about=row
        )
    )

    def do() -> str:
        _take(row, move, form, request.acting)
        return f"Done: {offer.title}."

    return answered(request, about(row), _act(request, row, offer, (form, do)), REFUSALS)


@require_http_methods(BOTH)
def step_forbearance(request: Request, code: str, reference: str, move: str) -> HttpResponse:
    """Take one of the next lawful steps of forbearance, saying what its rule asks."""
    row = found_forbearance(request, reference)
    rows = rows_of([row.course])[row.course_id]
    offer = offer_of(request, row, move, rows)
    form = MoveForm(posted(request), offer=offer, decided=decided_for(request.acting, row, offer, rows))

    def do() -> str:
        decision = form.cleaned_data.get("decision", "")
        take_forbearance_step(
            forbearance=row, taken=form.taken, by=request.acting, at=moment(), decision=decision
        )
        return f"Done: {offer.title}."

    return answered(request, about_forbearance(row), _act(request, row, offer, (form, do)), REFUSALS)


def _take(row: Derogation, move: str, form: Any, by: Acting) -> None:
    if move == SUBMIT:
        submit_derogation(derogation=row, key=form.cleaned_data["key"], by=by, at=moment())
    elif move in GRANTS:
        GRANTS[move](derogation=row, granting=form.granting, by=by, at=moment())
    else:
        decision = form.cleaned_data.get("decision", "")
        take_derogation_step(derogation=row, taken=form.taken, by=by, at=moment(), decision=decision)


def _act(
    request: Request, row: Derogation | Forbearance, offer: Offer, of: tuple[Any, Callable[[], str]]
) -> Act:
    form, do = of
    return Act(
        title=offer.title,
        says=_says(row, offer),
        button=offer.title,
        form=form,
        facts=facts_of(request.acting, row),
        act="t",
        do=do,
        icon="gavel" if offer.body else "arrow-right",
    )


def _says(row: Derogation | Forbearance, offer: Offer) -> str:
    value = process_of(row.course)
    to = value.stage(value.moves[offer.move].to)
    said = [f"It goes on to “{to.title}”."]
    if isinstance(row, Derogation) and offer.move in SAYS:
        said = [SAYS[offer.move]]
    if offer.opens_once:
        said.append(f"It opens once {', and '.join(offer.opens_once)}.")
    return " ".join(said)


def _new(
    request: Request, form: Any, asked: Facts, of: tuple[Callable[[], tuple[str, str]], str, str]
) -> HttpResponse:
    """Show the form of a new matter; or write it, and lead to its page."""
    do, name, template = of
    status = 200
    if request.method == "POST":
        status = INCOMPLETE
        if form.is_valid() and is_let(request, "c", asked):
            try:
                told, reference = do()
            except (UnableToDraftDerogation, UnableToProposeForbearance) as refusal:
                form.add_error(None, str(refusal))
                status = CONFLICT
            else:
                messages.success(request, told)
                return redirect(name, request.acting.code, reference)
    shown = {
        "code": request.acting.code,
        "form": form,
        "acting_for": request.acting.organisation,
        "wants_factor": needs_factor(request.acting, "c", asked, now=timezone.now()),
        "here": request.path,
    }
    return render(request, template, shown, status=status)


def _askers(acting: Acting) -> list[Organisation]:
    """Return for whom somebody may ask: their own party, or as the office any.

    :raises Http404: if for nobody
    """
    if acting.name == Role.PARTY_DELEGATE and acting.organisation is not None:
        return [acting.organisation]
    if acting.name not in Role.OFFICE:
        raise Http404
    return list(organisations(acting.code))


def _choices(acting: Acting, parties: list[Organisation]) -> dict[str, Any]:
    """Return what a derogation can be from, and the open cases of who asks with the latest remedy of each."""
    rulebook = rulebook_of(acting.code)
    cases = list(Case.objects.visible_to(acting).filter(party__in=parties, closed_at=None).order_by("-pk"))
    versions = Remedy.objects.visible_to(acting).filter(case__in=cases).order_by("version")
    return {
        "rulebook": rulebook,
        "obligations": may_be_derogated(rulebook),
        "cases": cases,
        "remedies": {one.case_id: one for one in versions},
    }


def _facts(acting: Acting, kind: str, party: Organisation | None) -> Facts:
    """Return the policy's facts of a matter that is not written yet."""
    like = "case" if kind == Derogation.TYPE else "decision"
    made = class_of(rulebook_of(acting.code), like, acting.day, party, Forbearance.GREEN)
    return facts(acting, kind, classification=made, party=party, state=Derogation.DRAFT)
