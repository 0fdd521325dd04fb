"""The doors of steps on a challenge or a dispute, and of what is put to the body that has it."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from tallystick.challenges import queries
from tallystick.challenges.deciders import bars_of
from tallystick.challenges.facts import APPEALED, facts_of, waiting
from tallystick.challenges.listed import title_of
from tallystick.challenges.matter import Matter, Row
from tallystick.challenges.models import Challenge
from tallystick.challenges.operations.disputing import CORRECT, step_dispute
from tallystick.challenges.operations.serving import SERVE
from tallystick.challenges.operations.stepping import step_challenge
from tallystick.challenges.views.asked import REFUSALS, about, answered, found_challenge, found_dispute
from tallystick.challenges.views.page import motion_facts
from tallystick.decisions.views.asked import moment
from tallystick.parties.acting import Acting
from tallystick.parties.once import one_page
from tallystick.parties.policy.decision import facts_of as policy_facts
from tallystick.parties.policy.decision import may
from tallystick.parties.request import BOTH, Request
from tallystick.processes.engine import Offer
from tallystick.processes.forms import StepForm
from tallystick.processes.queries import process_of
from tallystick.processes.views.asked import Act, posted
from tallystick.processes.views.putting import Putting, asked_body, named, put_page

# Moves that have a form of their own, or none.
ELSEWHERE = (SERVE, CORRECT)
Do = Callable[[StepForm, Acting], None]


@require_http_methods(BOTH)
def of_challenge(request: Request, code: str, reference: str, move: str) -> HttpResponse:
    """Take a step of a challenge."""
    row = found_challenge(request, reference)

    def do(form: StepForm, by: Acting) -> None:
        decision = form.cleaned_data.get("decision", "")
        step_challenge(challenge=row, taken=form.taken, by=by, at=moment(), decision=decision)

    return _step(request, row, move, do)


@require_http_methods(BOTH)
def of_dispute(request: Request, code: str, reference: str, move: str) -> HttpResponse:
    """Take a step of a dispute."""
    row = found_dispute(request, reference)

    def do(form: StepForm, by: Acting) -> None:
        decision = form.cleaned_data.get("decision", "")
        step_dispute(dispute=row, taken=form.taken, by=by, at=moment(), decision=decision)

    return _step(request, row, move, do)


@require_http_methods(BOTH)
def put_challenge(request: Request, code: str, reference: str) -> HttpResponse:
    """Put a query or an appeal to the body that has it."""
    return _put(request, found_challenge(request, reference))


@require_http_methods(BOTH)
def put_dispute(request: Request, code: str, reference: str) -> HttpResponse:
    """Put a dispute to the body that has it."""
    return _put(request, found_dispute(request, reference))


def _step(request: Request, row: Row, move: str, do: Do) -> HttpResponse:
    """Ask what the rule of a step asks, and take it.

    :raises Http404: if it is none of those that whoever is acting may take, now or later
    """
    with one_page():
        matter, acting = Matter(row), request.acting
        now, later = queries.offers_for(acting, matter, facts_of(matter, acting.day))
        offer = next((one for one in (*now, *later) if one.move == move), None)
        rule = process_of(row.course).moves.get(move)
        if move in ELSEWHERE or rule is None or (offer is None and request.method != "POST"):
            raise Http404
        offer = offer or Offer(move, rule.title, rule.asks, bool(rule.skips), body=rule.body)
        decided = waiting(matter, rule.body if matter.before(acting.day) == rule.body else None)
        choices = [
            (one.reference, f"{one.reference}: {one.title}")
            for one in decided[rule.outcome]
            if may(acting, "r", one)
        ]
    form = StepForm(posted(request), offer=offer, decided=choices)

    def done() -> str:
        do(form, acting)
        return f"Done: {rule.title}."

    facts = policy_facts(acting, row)
    says = _says(row, offer)
    return answered(
        request, row, Act(rule.title, says, rule.title, form, facts, "t", done, icon="arrow-right")
    )


def _says(row: Row, offer: Offer) -> str:
    """Return what a step leads to, and what it waits for."""
    value = process_of(row.course)
    stage = value.stage(value.moves[offer.move].to)
    told = f"It leads to “{stage.title}”. {f'{stage.says}.' if stage.says else ''}".strip()
    return f"{told} It opens once {', and '.join(offer.opens_once)}." if offer.opens_once else told


def _put(request: Request, row: Row) -> HttpResponse:
    """Ask what is put to the body that has a matter, and draft the motion.

    :raises Http404: if it is before no body that whoever is acting may put it to
    """
    matter, acting = Matter(row), request.acting
    body = asked_body(acting, matter.before(acting.day))
    is_appeal = isinstance(row, Challenge) and matter.stage(acting.day) == APPEALED
    bars = bars_of(matter) if is_appeal else ()
    aside = f" {len(bars)} who decided before have no vote on it, as {row.reference} is an appeal."
    says = f"A motion to {named(body)}, about {row.party.name}.{aside if bars else ''}"
    facts = motion_facts(acting, row)
    putting = Putting(about(row), row.course, body, says, _proposed(matter, acting), facts, bars)
    return put_page(request, putting, REFUSALS)


def _proposed(matter: Matter, acting: Acting) -> dict[str, str]:
    """Return the words that the form of a motion begins with."""
    row, value = matter.row, process_of(matter.row.course)
    stage = matter.stage(acting.day)
    agreed = next(
        (rule.title for _, rule in value.moves_from(stage) if rule.body and rule.outcome == "agreed"), ""
    )
    return {
        "title": f"{row.reference}: {title_of(row)}"[:200],
        "question": f"{agreed}: shall it be so?" if agreed else "",
        "does": f"{agreed}, as {row.party.name} asks." if agreed else "",
    }
