"""Doors of what is done with charges: computed, moved, queried, answered, corrected, relieved or put off."""

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from tallystick.assessments.charges.forms import ComputeForm, RecountForm, RelieveForm
from tallystick.assessments.charges.operations.charging import (
    UnableToComputeCharges,
    UnableToCorrectCharge,
    compute_charges,
    correct_charge,
    take_charge_step,
)
from tallystick.assessments.charges.operations.relieving import UnableToRelieve, relieve_charges
from tallystick.assessments.charges.views.charges import pounds
from tallystick.assessments.matters import seen
from tallystick.assessments.matters.counts import landed_months
from tallystick.assessments.matters.forms import AnswerForm, QueryForm
from tallystick.assessments.matters.operations.querying import answer_charge_query, query_charge
from tallystick.assessments.matters.views import (
    REFUSALS as OF_MATTERS,
)
from tallystick.assessments.matters.views import (
    about,
    decided_for,
    found_charges,
    new,
    of_a_comment,
    offer_of,
)
from tallystick.assessments.models import ChargeRun
from tallystick.decisions.marks import class_of
from tallystick.decisions.views.asked import moment
from tallystick.parties.policy.decision import facts, facts_of
from tallystick.parties.request import BOTH, Request
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.forms import StepForm
from tallystick.processes.queries import process_of, rows_of
from tallystick.processes.views.asked import Act, answered, posted

REFUSALS = (*OF_MATTERS, UnableToCorrectCharge, UnableToRelieve)
SAYS = {
    "show": "Each Party sees its own line from then on, and has five working days to query it.",
    "invoice": "Invoices are sent by whoever collects: here it is written down that they were.",
    "redistribute": "Payments are made by whoever collects: here it is written down that they were.",
    "close": "Nobody is charged. What was computed stays on the record.",
}


@require_http_methods(BOTH)
def compute(request: Request, code: str) -> HttpResponse:
    """Compute the charges of a month under a scheme."""
    acting, rulebook = request.acting, rulebook_of(code)
    schemes = {key: one.title for key, one in rulebook.charges.items()}
    form = ComputeForm(posted(request), schemes=schemes, months=landed_months(acting))
    made = class_of(rulebook, ChargeRun.TYPE, acting.day, None, ChargeRun.AMBER)
    asked = facts(acting, ChargeRun.TYPE, classification=made, state=ChargeRun.DRAFT)

    def do() -> tuple[str, str, str]:
        row = compute_charges(computed=form.computed, by=acting, at=moment())
        return f"{row.reference} is computed. No Party sees it yet.", "charge", row.reference

    told = {
        "title": "Compute charges",
        "says": "From the landed figures of a month. Under a scheme that is only proposed nobody is charged.",
        "button": "Compute them",
        "register": ("Charges", "charges"),
    }
    return new(request, form, asked, told, do, UnableToComputeCharges)


@require_http_methods(BOTH)
def step(request: Request, code: str, reference: str, move: str) -> HttpResponse:
    """Take one of the next lawful steps of a run of charges, saying what its rule asks."""
    row = found_charges(request, reference)
    rows = rows_of([row.course])[row.course_id]
    offer = offer_of(request, row, move, rows)
    form = StepForm(posted(request), offer=offer, decided=decided_for(request.acting, row, offer, rows))

    def do() -> str:
        decision = form.cleaned_data.get("decision", "")
        take_charge_step(charge_run=row, taken=form.taken, by=request.acting, at=moment(), decision=decision)
        return f"Done: {offer.title}."

    value = process_of(row.course)
    says = SAYS.get(move, f"It goes on to “{value.stage(value.moves[move].to).title}”.")
    if offer.opens_once:
        says = f"{says} It opens once {', and '.join(offer.opens_once)}."
    act = Act(
        title=offer.title,
        says=says,
        button=offer.title,
        form=form,
        facts=facts_of(request.acting, row),
        act="t",
        do=do,
        icon="gavel" if offer.body else "arrow-right",
    )
    return answered(request, about(row), act, REFUSALS)


@require_http_methods(BOTH)
def query(request: Request, code: str, reference: str) -> HttpResponse:
    """Query one's own charge while the window is open.

    :raises Http404: if there is none of one's own
    """
    acting, row = request.acting, found_charges(request, reference)
    mine = acting.organisation.pk if acting.organisation else None
    own = next((one for one in seen.charge_lines(acting, row) if one.party_id == mine), None)
    if own is None:
        raise Http404
    form = QueryForm(posted(request))

    def do() -> str:
        told: dict[str, Any] = form.cleaned_data
        query_charge(charge_run=row, words=told["words"], key=told["key"], by=acting, at=moment())
        return "The office has your query, and answers it before the board decides."

    act = Act(
        title="Query your charge",
        says=f"Your line says {own.numerator:,} of {own.denominator:,}, and {pounds(own.payable)} payable.",
        button="Send the query",
        form=form,
        facts=of_a_comment(acting, own),
        act="c",
        besides=[own],
        do=do,
        icon="message",
    )
    return answered(request, about(row), act, REFUSALS)


@require_http_methods(BOTH)
def answer(request: Request, code: str, reference: str, number: int) -> HttpResponse:
    """Answer a query of a party.

    :raises Http404: if there is none
    """
    row = found_charges(request, reference)
    one = next((one for one in seen.charge_queries(request.acting, row) if one.number == number), None)
    if one is None:
        raise Http404
    form = AnswerForm(posted(request))

    def do() -> str:
        answer_charge_query(query=one, answered=form.answered, by=request.acting, at=moment())
        return f"Query {one.number} is answered. What is wrong in the sheet is corrected by itself."

    act = Act(
        title=f"Answer query {one.number}",
        says=f"{one.party.name} says: {one.words}",
        button="Answer",
        form=form,
        facts=facts_of(request.acting, one),
        act="u",
        besides=[one],
        do=do,
        icon="message-reply",
    )
    return answered(request, about(row), act, REFUSALS)


@require_http_methods(BOTH)
def correct(request: Request, code: str, reference: str) -> HttpResponse:
    """Correct what a party is charged for."""
    acting, row = request.acting, found_charges(request, reference)
    lines = seen.charge_lines(acting, row)
    form = RecountForm(posted(request), lines=lines)

    def do() -> str:
        sheet = correct_charge(charge_run=row, recounted=form.recounted, by=acting, at=moment())
        return f"Sheet {sheet.number} counts from now on. The one before stays on the record."

    act = Act(
        title="Correct a charge",
        says="Another sheet is frozen, with what everybody pays and gets in it.",
        button="Correct",
        form=form,
        facts=facts_of(acting, row),
        act="u",
        besides=lines,
        do=do,
    )
    return answered(request, about(row), act, REFUSALS)


@require_http_methods(BOTH)
def relieve(request: Request, code: str, reference: str) -> HttpResponse:
    """Relieve a party of its charge, or everybody, or put it off."""
    acting, row = request.acting, found_charges(request, reference)
    lines = seen.charge_lines(acting, row)
    form = RelieveForm(posted(request), lines=lines)

    def do() -> str:
        made = relieve_charges(charge_run=row, relieved=form.relieved, by=acting, at=moment())
        return f"Done for {len(made)} of them. What was computed stays as it is."

    act = Act(
        title="Relieve or put off",
        says="What was computed stays as it is: this changes what is payable, or when.",
        button="Write it down",
        form=form,
        facts=facts_of(acting, row),
        act="u",
        besides=lines,
        do=do,
        icon="clock-pause",
    )
    return answered(request, about(row), act, REFUSALS)
