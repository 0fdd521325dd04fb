"""What challenges and disputes have waiting on each side.

Clocks are read as they are written down, which is settled daily: a home asks little of the database.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet, Value
from django.urls import reverse

from tallystick.cases.models import Case
from tallystick.challenges.listed import Listed, listed
from tallystick.challenges.models import Challenge, Dispute
from tallystick.challenges.operations.serving import deciding_body
from tallystick.challenges.queries import challenges_of, disputes_of, not_served, unserved
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tallystick.parties.once import once
from tallystick.parties.policy.decision import is_granted, own_body
from tallystick.parties.policy.guard import unscoped
from tallystick.parties.waiting import Waiting
from tallystick.processes.queries import process_of

TO_SERVE = "to serve"
WHY = "Tells whether anything is open at all that somebody may see; each is asked for through that."
# What each stage asks of somebody: of whom, what it is, the verb, and the address that asks it.
PARTY, BODY = "party", "body"
ERRANDS = {
    "served": (PARTY, "Query the decision, or let it stand", "Open", "challenge"),
    "answered": (PARTY, "Appeal, or let the decision stand", "Open", "challenge"),
    "queried": (BODY, "Decide on the query", "Open", "challenge"),
    "appealed": (BODY, "Hear the appeal", "Open", "challenge"),
    "raised": (Role.OFFICE, "Take up the dispute or not", "Open", "dispute"),
    "rejected": (PARTY, "Object, as the dispute was not taken up", "Open", "dispute"),
    "taken_up": (BODY, "Determine the dispute", "Open", "dispute"),
    "determined": (Role.OFFICE, "Correct what was disputed", "Correct", "correct_dispute"),
}


def waiting(acting: Acting) -> list[Waiting]:
    """List what waits on somebody of challenges and disputes, and of decisions that are not served yet."""
    found = [_errand(acting, one) for one in open_matters(acting) if _is_on(one, acting)]
    return [*found, *_to_serve(acting)] if TO_SERVE in _kinds(acting) else found


@once
def open_matters(acting: Acting) -> tuple[Listed, ...]:
    """Return the open challenges and disputes that somebody may see, as lists show them."""
    there = _kinds(acting)
    of_kind = ((Challenge.TYPE, challenges_of), (Dispute.TYPE, disputes_of))
    return tuple(
        one
        for kind, of in of_kind
        if kind in there
        for one in listed(of(acting).filter(closed_at=None), acting.day)
    )


@once
def _kinds(acting: Acting) -> frozenset[str]:
    """Return of which kinds anything is open that somebody may see: asked at once, as mostly nothing is."""
    if not (acting.name in (*Role.OFFICE, Role.PARTY_DELEGATE) or own_body(acting) is not None):
        return frozenset()
    asked: list[QuerySet[Any]] = [
        model.objects.visible_to(acting).filter(closed_at=None)
        for model in (Challenge, Dispute)
        if is_granted(acting, model.TYPE, "r")
    ]
    body = deciding_body(acting.code, acting.day)
    if body is not None and acting.name in Role.OFFICE:
        cases = Case.objects.visible_to(acting).filter(closed_at=None)
        asked.append(not_served(cases, body))
    kinds = [
        one.order_by().annotate(kind=Value(getattr(one.model, "TYPE", TO_SERVE))).values_list("kind")
        for one in asked
    ]
    with unscoped(WHY):
        return frozenset(kind for (kind,) in kinds[0].union(*kinds[1:])) if kinds else frozenset()


def _is_on(one: Listed, acting: Acting) -> bool:
    whose = ERRANDS[one.stage][0] if one.stage in ERRANDS else None
    if whose == PARTY:
        return acting.organisation is not None and acting.organisation == one.row.party
    if whose == BODY:
        return one.row.body_id is not None and (
            own_body(acting) == one.row.body_id or acting.name == Role.SECRETARY
        )
    return whose is not None and acting.name in whose


def _errand(acting: Acting, one: Listed) -> Waiting:
    _, title, verb, address = ERRANDS[one.stage]
    words = f"{one.row.reference}, {one.title}"
    if acting.organisation is None:
        words = f"{one.row.party.name} · {words}"
    return Waiting(
        title=title,
        words=words,
        verb=verb,
        href=reverse(address, args=[acting.code, one.row.reference]),
        due=one.due_on,
        rule=one.clock,
        classification=one.row.classification,
    )


def _to_serve(acting: Acting) -> Iterator[Waiting]:
    """Yield what the board decided on cases, which somebody may see, and was not served on the party yet."""
    body = deciding_body(acting.code, acting.day) or ""
    cases = Case.objects.visible_to(acting).filter(closed_at=None)
    there = unserved(cases, body)
    known = (
        {
            one.course_id: one
            for one in cases.filter(course__in=[one.course_id for one in there]).select_related("party")
        }
        if there
        else {}
    )
    for one in there:
        case, decided = known[one.course_id], one.motion or one.decision
        if decided is None:
            continue
        asked = urlencode({"case": case.reference, "decided": decided.reference})
        title = process_of(one.course).moves[one.step.move].title
        yield Waiting(
            title="Serve the decision",
            words=f"{case.party.name} · {case.reference}, {title}",
            verb="Serve",
            href=f"{reverse('serve_decision', args=[acting.code])}?{asked}",
            rule="The time to query begins with its receipt",
            classification=case.classification,
        )


SOURCES = (waiting,)
