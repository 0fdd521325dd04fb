"""Doors of what is done with a comparison: drafted, moved, queried, answered, corrected."""

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from tallystick.assessments.comparisons.forms import (
    CorrectForm,
    CorrectLeagueForm,
    DraftComparisonForm,
    DraftLeagueForm,
)
from tallystick.assessments.comparisons.issues import in_words, weights_on
from tallystick.assessments.comparisons.operations.correcting import UnableToCorrect, correct_publication
from tallystick.assessments.comparisons.operations.publishing import (
    UnableToDraftPublication,
    draft_publication,
    take_publication_step,
)
from tallystick.assessments.matters import seen
from tallystick.assessments.matters.counts import landed_months, measures_of_parties
from tallystick.assessments.matters.forms import AnswerForm, QueryForm
from tallystick.assessments.matters.operations.querying import answer_publication_query, query_publication
from tallystick.assessments.matters.views import (
    REFUSALS as OF_MATTERS,
)
from tallystick.assessments.matters.views import (
    about,
    decided_for,
    found_publication,
    new,
    of_a_comment,
    offer_of,
)
from tallystick.assessments.models import ComparedLine, Publication
from tallystick.decisions.marks import class_of
from tallystick.decisions.views.asked import moment
from tallystick.parties.policy.decision import facts, facts_of
from tallystick.parties.request import BOTH, Request
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.forms import StepForm
from tallystick.processes.queries import process_of, rows_of
from tallystick.processes.views.asked import Act, answered, posted

REFUSALS = (*OF_MATTERS, UnableToCorrect)
SAYS = {
    "open_window": "Each Party sees its own figure from then on, and has five working days to query it.",
    "recommend": "It goes on to the Panel, which decides whether it is published.",
    "publish": "It is printed as it was sealed, for whom its class allows.",
    "withdraw": "It goes no further. Whoever saw it sees that it was withdrawn.",
    "archive": "It stays to be read, as something that is out of date.",
}


@require_http_methods(BOTH)
def draft(request: Request, code: str) -> HttpResponse:
    """Draft a comparison, whose figures are frozen with it."""
    acting, rulebook = request.acting, rulebook_of(code)
    form = DraftComparisonForm(
        posted(request),
        measures=measures_of_parties(code),
        categories=rulebook.code.categories,
        months=landed_months(acting),
    )
    says = "What each did is frozen as it has landed. Nobody is shown it before the query window opens."
    return _drafting(request, form, "Draft a comparison", says)


@require_http_methods(BOTH)
def draft_league(request: Request, code: str) -> HttpResponse:
    """Draft a league of what the parties of a category have open today."""
    form = DraftLeagueForm(posted(request), categories=rulebook_of(code).code.categories)
    says = (
        "Parties are ranked by their open cases, those they were told of: how many, how old and how severe. "
        "What each has open is frozen; nobody is shown it before the query window opens."
    )
    return _drafting(request, form, "Rank open issues", says)


def _drafting(
    request: Request, form: DraftComparisonForm | DraftLeagueForm, title: str, says: str
) -> HttpResponse:
    acting = request.acting
    made = class_of(rulebook_of(acting.code), Publication.TYPE, acting.day, None)
    asked = facts(acting, Publication.TYPE, classification=made, state=Publication.DRAFT)

    def do() -> tuple[str, str, str]:
        row = draft_publication(drafted=form.drafted, by=acting, at=moment())
        return f"{row.reference} is drafted. No Party sees it yet.", "publication", row.reference

    told = {
        "title": title,
        "says": says,
        "button": "Draft it",
        "register": ("Comparisons", "comparisons"),
    }
    return new(request, form, asked, told, do, UnableToDraftPublication)


@require_http_methods(BOTH)
def step(request: Request, code: str, reference: str, move: str) -> HttpResponse:
    """Take one of the next lawful steps of a comparison, saying what its rule asks.

    :raises Http404: if it is none of them, or a correction, which has a form of its own
    """
    row = found_publication(request, reference)
    if move == "correct":
        raise Http404
    rows = rows_of([row.course])[row.course_id]
    offer = offer_of(request, row, move, rows)
    form = StepForm(posted(request), offer=offer, decided=decided_for(request.acting, row, offer, rows))

    def do() -> str:
        decision = form.cleaned_data.get("decision", "")
        take_publication_step(
            publication=row, taken=form.taken, by=request.acting, at=moment(), decision=decision
        )
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
    """Query one's own line while the window is open.

    :raises Http404: if there is no line of one's own
    """
    acting, row = request.acting, found_publication(request, reference)
    own = [one for one in seen.compared_lines(acting, row) if one.party_id == _own(request)]
    if not own:
        raise Http404
    form = QueryForm(posted(request))

    def do() -> str:
        told: dict[str, Any] = form.cleaned_data
        query_publication(publication=row, words=told["words"], key=told["key"], by=acting, at=moment())
        return "The office has your query, and answers it before a board sees the comparison."

    act = Act(
        title="Query your figure",
        says=f"Your line says: {_said(row, own[0])}.",
        button="Send the query",
        form=form,
        facts=of_a_comment(acting, own[0]),
        act="c",
        besides=own,
        do=do,
        icon="message",
    )
    return answered(request, about(row), act, REFUSALS)


@require_http_methods(BOTH)
def answer(request: Request, code: str, reference: str, number: int) -> HttpResponse:
    """Answer a query of a party.

    :raises Http404: if there is none
    """
    row = found_publication(request, reference)
    one = next((one for one in seen.publication_queries(request.acting, row) if one.number == number), None)
    if one is None:
        raise Http404
    form = AnswerForm(posted(request))

    def do() -> str:
        answer_publication_query(query=one, answered=form.answered, by=request.acting, at=moment())
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
    """Correct what a party is compared by."""
    acting, row = request.acting, found_publication(request, reference)
    lines = seen.compared_lines(acting, row)
    form = (
        CorrectLeagueForm(posted(request), lines=lines, severities=weights_on(code, row.day))
        if row.is_league
        else CorrectForm(posted(request), lines=lines)
    )

    def do() -> str:
        sheet = correct_publication(publication=row, corrected=form.corrected, by=acting, at=moment())
        return f"Sheet {sheet.number} counts from now on. The one before stays on the record."

    published = " Readers see the day of the correction and the reason." if row.published_on else ""
    act = Act(
        title="Correct a line",
        says=f"Another sheet is frozen, with the places that follow.{published}",
        button="Correct",
        form=form,
        facts=facts_of(acting, row),
        act="u",
        besides=lines,
        do=do,
    )
    return answered(request, about(row), act, REFUSALS)


def _said(row: Publication, own: ComparedLine) -> str:
    """Return what a line says, in words."""
    if row.is_league:
        return in_words(own.issues, weights_on(row.code, row.day))
    return f"{own.numerator:,} of {own.denominator:,}"


def _own(request: Request) -> int | None:
    organisation = request.acting.organisation
    return organisation.pk if organisation else None
