"""The doors of what is done with documents: drafted, put forward, led on, commented on, answered."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tallystick.assessments.models import Comment, Document
from tallystick.assessments.planning import seen as finding
from tallystick.assessments.planning.forms import DocumentForm, SaidForm
from tallystick.assessments.planning.operations.commenting import comment_on_document, reply_to_comment
from tallystick.assessments.planning.operations.documents import (
    PUT_FORWARD,
    TAKE_EFFECT,
    UnableToDraftDocument,
    draft_document,
    implement_document,
    put_forward,
    take_document_step,
)
from tallystick.assessments.planning.operations.rows import class_for, day
from tallystick.assessments.planning.views.asked import (
    REFUSALS,
    about,
    decided_for,
    found,
    offer_of,
    offers_for,
    put_to,
)
from tallystick.decisions.forms import Kept
from tallystick.decisions.views.asked import CONFLICT, is_let, moment
from tallystick.parties.models import Role
from tallystick.parties.policy.decision import facts, facts_of, needs_factor
from tallystick.parties.request import BOTH, Request
from tallystick.processes.engine import Offer
from tallystick.processes.forms import StepForm
from tallystick.processes.queries import process_of, rows_of
from tallystick.processes.views.asked import INCOMPLETE, Act, answered, posted
from tallystick.processes.views.putting import Putting, asked_body, named, put_page
from tallystick.risks.views.asked import period_of

SAYS = {
    "consult": "What it says is frozen with that. Parties may comment for 15 working days.",
    "bring_at_once": "What it says is frozen with that, and nobody is consulted. Say why.",
    "take_effect": "It stands from today. The version in force, if there is one, ends with that.",
}


@require_http_methods(BOTH)
def draft(request: Request, code: str, period: str) -> HttpResponse:
    """Draft a document of a period.

    :raises Http404: if whoever is acting is not of the office
    """
    acting, status = request.acting, 200
    of = period_of(request, period)
    if acting.name not in Role.OFFICE:
        raise Http404
    wanted = {name: request.GET.get(name, "")[:20] for name in ("kind", "draft")}
    form = DocumentForm(posted(request), drafts=finding.drafts(acting, of), initial=wanted)
    asked = facts(acting, Document.TYPE, classification=class_for(acting), state=Document.DRAFT)
    if request.method == "POST":
        status = INCOMPLETE
        if form.is_valid() and is_let(request, "c", asked):
            try:
                made = draft_document(period=of, drafting=form.drafting, by=acting, at=moment())
            except UnableToDraftDocument as refusal:
                form.add_error(None, str(refusal))
                status = CONFLICT
            else:
                messages.success(request, f"{made.reference} is drafted. Put it forward next.")
                return redirect("plan_document", code, made.reference)
    page = {
        "code": code,
        "period": of,
        "form": form,
        "wants_factor": needs_factor(acting, "c", asked, now=timezone.now()),
        "here": request.path,
    }
    return render(request, "assessments/draft_document.html", page, status=status)


@require_http_methods(BOTH)
def step(request: Request, code: str, reference: str, move: str) -> HttpResponse:
    """Take one of the next lawful steps of a document, saying what its rule asks."""
    row = found(request, reference)
    rows = rows_of([row.course])[row.course_id]
    offer = offer_of(request, row, move, rows)
    sent = posted(request)
    form: Any = Kept(sent) if move == TAKE_EFFECT else _step_form(request, row, offer, rows)

    def do() -> str:
        told: dict[str, Any] = {"document": row, "by": request.acting, "at": moment()}
        if move == TAKE_EFFECT:
            implement_document(key=form.cleaned_data["key"], **told)
        elif move in PUT_FORWARD:
            put_forward(taken=form.taken, **told)
        else:
            take_document_step(taken=form.taken, decision=form.cleaned_data.get("decision", ""), **told)
        return f"Done: {offer.title}."

    return answered(request, about(row), _act(request, row, offer, (form, do)), REFUSALS)


@require_http_methods(BOTH)
def put(request: Request, code: str, reference: str) -> HttpResponse:
    """Put a document to the body whose decision it waits for.

    :raises Http404: if it waits for none that whoever is acting may put it to
    """
    row, acting = found(request, reference), request.acting
    found_to = put_to(acting, row, *offers_for(acting, row, rows_of([row.course])[row.course_id]))
    if found_to is None:
        raise Http404
    offer, body = found_to[0], asked_body(acting, found_to[1])
    says = f"A motion to {named(body)}, about {row.title}. What it decides is carried out on that page."
    asked = facts(acting, "motion", classification=row.classification, body=body.pk, state="draft")
    begins = _begins(request, row, offer)
    return put_page(request, Putting(about(row), row.course, body, says, begins, asked), REFUSALS)


@require_http_methods(BOTH)
def comment(request: Request, code: str, reference: str) -> HttpResponse:
    """Comment on a document in consultation, for a party.

    :raises Http404: if whoever is acting is no party's delegate
    """
    row = found(request, reference)
    acting = request.acting
    if acting.name != Role.PARTY_DELEGATE:
        raise Http404
    form = SaidForm(posted(request))
    form.fields["words"].label = "Comment"

    def do() -> str:
        words, key = form.cleaned_data["words"], form.cleaned_data["key"]
        made = comment_on_document(document=row, words=words, key=key, by=acting, at=moment())
        return f"Comment {made.number} is in. The office answers it."

    asked = facts(
        acting,
        Comment.TYPE,
        classification=row.classification,
        party=acting.organisation,
        state=Comment.ISSUED,
    )
    says = "Others read it without your name. It does not change once it is sent; you may send another."
    return answered(request, about(row), Act("Comment", says, "Send it", form, asked, "c", do), REFUSALS)


@require_http_methods(BOTH)
def reply(request: Request, code: str, reference: str, number: int) -> HttpResponse:
    """Answer a comment.

    :raises Http404: if there is none, or whoever is acting is not of the office
    """
    row = found(request, reference)
    acting = request.acting
    one = next((one for one in finding.comments(acting, row) if one.number == number), None)
    if one is None or acting.name not in Role.OFFICE:
        raise Http404
    form = SaidForm(posted(request))
    form.fields["words"].label = "Answer"

    def do() -> str:
        words, key = form.cleaned_data["words"], form.cleaned_data["key"]
        reply_to_comment(comment=one, words=words, key=key, by=acting, at=moment())
        return f"Comment {number} is answered."

    act = Act(f"Answer comment {number}", one.words, "Answer it", form, facts_of(acting, row), "u", do)
    return answered(request, about(row), act, REFUSALS)


def _begins(request: Request, row: Document, offer: Offer) -> dict[str, str]:
    """Return the words that the form of a motion begins with."""
    value = process_of(row.course)
    to = value.stage(value.moves[offer.move].to).title
    parts = finding.frozen(request.acting, [row]).get(row.pk, [])
    hashes = " and ".join(one.sha256[:12] for one in parts)
    on = day(timezone.localtime(parts[0].at)) if parts else ""
    as_frozen = f", as frozen on {on} with SHA-256 {hashes}" if parts else ""
    return {
        "title": f"{row.title}: {offer.title}",
        "question": f"“{offer.title}”: shall it be so for {row.title} ({row.reference}){as_frozen}?",
        "does": f"{row.reference} goes on to “{to}”.",
    }


def _step_form(request: Request, row: Document, offer: Offer, rows: Any) -> StepForm:
    form = StepForm(posted(request), offer=offer, decided=decided_for(request.acting, row, offer, rows))
    if "reason" in form.fields:
        form.fields["reason"].label = "Why nobody is consulted"
    return form


def _act(request: Request, row: Document, offer: Offer, of: tuple[Any, Callable[[], str]]) -> Act:
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


def _says(row: Document, offer: Offer) -> str:
    value = process_of(row.course)
    said = SAYS.get(offer.move, f"It goes on to “{value.stage(value.moves[offer.move].to).title}”.")
    opens = f" It opens once {', and '.join(offer.opens_once)}." if offer.opens_once else ""
    return f"{said}{opens}"
