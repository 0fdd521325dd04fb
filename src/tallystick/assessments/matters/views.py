"""Where a comparison or a run of charges stands, and how acts on it are asked for: parts of several pages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.urls.converters import StringConverter
from django.utils import timezone

from tallystick.assessments.matters import seen
from tallystick.assessments.matters import standing as matters
from tallystick.assessments.matters.counts import Window
from tallystick.assessments.matters.operations.querying import UnableToAnswerQuery, UnableToQuery
from tallystick.assessments.matters.standing import Matter
from tallystick.assessments.models import ChargeRun, Publication
from tallystick.decisions.views.asked import CONFLICT, is_let
from tallystick.parties.acting import Acting
from tallystick.parties.policy.decision import Facts, facts, facts_of, is_granted, may, needs_factor
from tallystick.parties.policy.guard import unscoped
from tallystick.parties.request import Request
from tallystick.parties.rulebooks import rulebook_of
from tallystick.parties.waiting import DueChip, due_chip
from tallystick.processes import decided
from tallystick.processes.engine import Offer
from tallystick.processes.guards import PREDICATES
from tallystick.processes.models import Step
from tallystick.processes.operations.carrying import UnableToTakeStep
from tallystick.processes.queries import Rows, process_of, rows_of
from tallystick.processes.rungs import Asked, rungs
from tallystick.processes.times import Shown, clocks
from tallystick.processes.views.asked import INCOMPLETE, About
from tallystick.processes.wishes import UnableToMove
from tallystick.rulebook.periods import Span

OF_ONE_SEEN = "Shows the steps of a matter that was found through what somebody may see."
OF_A_BODY = "Offers what a body decided; each is asked of the policy before it is shown."
ASIDE = frozenset({"refused", "withdrawn", "archived", "closed"})
# What ends or takes back what stands is nothing that waits to be done.
QUIET = ("withdraw", "archive", "correct", "close", "do_not_recommend", "refuse")
REFUSALS = (UnableToMove, UnableToTakeStep, UnableToQuery, UnableToAnswerQuery)


@dataclass(frozen=True)
class Way:
    """A next step: its words, the address that asks what it needs, whose decision it carries out."""

    move: str
    title: str
    href: str
    body: str
    opens_once: tuple[str, ...]

    @property
    def is_solid(self) -> bool:
        """Tell whether it is what is waited for: what ends a matter aside is not."""
        return self.move not in QUIET

    @property
    def icon(self) -> str:
        return "gavel" if self.body else "arrow-right"


class PublicationConverter(StringConverter):
    """The reference of a comparison."""

    regex = "PUB-[0-9A-Za-z-]{1,16}"


class ChargeConverter(StringConverter):
    """The reference of a run of charges."""

    regex = "CHG-[0-9A-Za-z-]{1,16}"


def found_publication(request: Request, reference: str) -> Publication:
    """Return a comparison that whoever is acting may see.

    :raises Http404: if there is none
    """
    one = seen.publication(request.acting, reference)
    if one is None:
        raise Http404
    return one


def found_charges(request: Request, reference: str) -> ChargeRun:
    """Return a run of charges that whoever is acting may see.

    :raises Http404: if there is none
    """
    one = seen.charge_run(request.acting, reference)
    if one is None:
        raise Http404
    return one


def title_of(row: Matter) -> str:
    """Return what a matter is called: the measure or the scheme, and the months; a league by its day."""
    rulebook = rulebook_of(row.code)
    if isinstance(row, Publication):
        if row.counted_on:
            return f"Open issues on {row.counted_on.day} {row.counted_on:%B %Y}"
        rule = rulebook.measures.get(row.measure)
        return f"{rule.title if rule else row.measure}, {Window(row.first, row.last).words}"
    scheme = rulebook.charges.get(row.scheme)
    return f"{scheme.title if scheme else row.scheme}, {Span.parse(row.period).words}"


def about(row: Matter) -> About:
    """Return a matter as the page of an act names it."""
    name, register, title = (
        ("publication", "comparisons", "Comparisons")
        if isinstance(row, Publication)
        else ("charge", "charges", "Charges")
    )
    href = reverse(name, args=[row.code, row.reference])
    since = row.drafted_at if isinstance(row, Publication) else row.computed_at
    return About(
        row, row.reference, title_of(row), "", href, (title, reverse(register, args=[row.code])), since
    )


def stands(acting: Acting, row: Matter, door: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return where a matter stands, its clocks and steps, and what may be done next.

    :param facts: those of today, from what the page read; an act reads its own
    """
    rows = rows_of([row.course], whole=True)[row.course_id]
    value = process_of(row.course)
    standing = rows.standing(row.course, value, acting.day)
    known = matters.known_of(acting, row, rows, standing, facts)
    now, later = matters.offers_for(acting, row, rows, known)
    ways = [_way(row, one, door) for one in now]
    found = rungs(Asked(row.course, rows, known, PREDICATES), value.main, acting.day)
    stages = [one for one in found if one.stage not in ASIDE or one.state in ("now", "done")]
    return {
        "stages": stages,
        "stage": next(one for one in stages if one.state == "now"),
        "clocks": [
            (one, _chip(one, row, acting)) for one in clocks([row.course], {row.course_id: rows}, acting.day)
        ],
        "ways": ways,
        "later": [_way(row, one, door) for one in later],
        "steps": [(one, value.moves[one.move]) for one in _steps(row)],
        "wants_factor": bool(ways) and needs_factor(acting, "t", facts_of(acting, row), now=timezone.now()),
    }


@unscoped(OF_ONE_SEEN)
def _steps(row: Matter) -> list[Step]:
    return list(row.course.steps.order_by("pk"))


def _way(row: Matter, offer: Offer, door: str) -> Way:
    door, extra = ("correct_publication", []) if offer.move == "correct" else (door, [offer.move])
    href = reverse(door, args=[row.code, row.reference, *extra])
    return Way(offer.move, offer.title, href, offer.body or "", offer.opens_once)


def _chip(clock: Shown, row: Matter, acting: Acting) -> DueChip:
    if clock.ended_on is not None:
        kind = "late" if clock.how == "passed" and clock.owner != "party" else "ok"
        word = {"met": "used", "stopped": "over", "passed": "passed"}[clock.how or "stopped"]
        return DueChip(kind, "", f"{word}, {clock.ended_on.day} {clock.ended_on:%b}")
    return due_chip(clock.due_on, acting.day, rulebook_of(row.code).calendar())


def offer_of(request: Request, row: Matter, move: str, rows: Rows) -> Offer:
    """Return a move that whoever is acting may make, now or later; one that was sent, whatever it is.

    :raises Http404: if it is none of those
    """
    now, later = matters.offers_for(request.acting, row, rows)
    offer = next((one for one in (*now, *later) if one.move == move), None)
    rule = process_of(row.course).moves.get(move)
    if rule is None or (offer is None and request.method != "POST"):
        raise Http404
    return offer or Offer(move, rule.title, rule.asks, body=rule.body)


def decided_for(acting: Acting, row: Matter, offer: Offer, rows: Rows) -> list[tuple[str, str]]:
    """Return what the body of a move decided that waits to be carried out, as far as somebody may read it."""
    if offer.body is None:
        return []
    since = max(one.entered_at for one in rows.places)
    outcome = process_of(row.course).moves[offer.move].outcome
    with unscoped(OF_A_BODY):
        ones = decided.undone(row.course, offer.body, since, outcome)
        return [(one.reference, f"{one.reference}: {one.title}") for one in ones if may(acting, "r", one)]


def may_query(acting: Acting, line: Any, stage: str) -> bool:
    """Tell whether somebody may query a line now: their own, while the window is open."""
    if line is None or stage not in matters.OPEN_WINDOW or not is_granted(acting, "comment", "c"):
        return False
    return bool(acting.organisation and line.party_id == acting.organisation.pk)


def of_a_comment(acting: Acting, line: Any) -> Facts:
    """Return the policy's facts of what a party says of its own line."""
    return facts(acting, "comment", classification=line.classification, party=line.party_id, state="issued")


def new(
    request: Request,
    form: Any,
    asked: Facts,
    told: dict[str, Any],
    do: Callable[[], tuple[str, str, str]],
    refusal: type[Exception],
) -> HttpResponse:
    """Show the form of a new matter; or write it, and lead to its page.

    :param told: what the page says of itself
    :param do: returns what is told afterwards, the name of the page that is led to, and its reference
    :param refusal: what it may raise, which is told on the form
    """
    status = 200
    if request.method == "POST":
        status = INCOMPLETE
        if form.is_valid() and is_let(request, "c", asked):
            try:
                said, name, reference = do()
            except refusal as why:
                form.add_error(None, str(why))
                status = CONFLICT
            else:
                messages.success(request, said)
                return redirect(name, request.acting.code, reference)
    shown = {
        "code": request.acting.code,
        "form": form,
        "wants_factor": needs_factor(request.acting, "c", asked, now=timezone.now()),
        "here": request.path,
        **told,
    }
    return render(request, "assessments/new_matter.html", shown, status=status)
