"""What challenges and disputes have waiting on each side, and what is new of them.

Clocks are read as they are written down, which is settled daily: a home asks little of the database.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from tallystick.cases.models import Case
from tallystick.cases.operations.entries import OFFICE
from tallystick.challenges.listed import Listed, listed, title_of
from tallystick.challenges.matter import Row
from tallystick.challenges.models import Challenge, Dispute
from tallystick.challenges.operations.serving import deciding_body
from tallystick.challenges.queries import challenges_of, disputes_of, unserved
from tallystick.decisions.views.asked import by_the_story
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tallystick.parties.policy.decision import is_granted, own_body
from tallystick.parties.waiting import Changed, Waiting
from tallystick.processes.queries import process_of

MOST = 6
# What each stage asks of somebody: of whom, what it is, the verb, and the address that asks it.
PARTY, BODY = "party", "body"
ERRANDS = {
    "served": (PARTY, "Query the decision, or let it stand", "Open", "challenge"),
    "answered": (PARTY, "Appeal, or let the decision stand", "Open", "challenge"),
    "queried": (BODY, "Decide on the query", "Open", "challenge"),
    "appealed": (BODY, "Hear the appeal", "Open", "challenge"),
    "raised": (OFFICE, "Take up the dispute or not", "Open", "dispute"),
    "rejected": (PARTY, "Object, as the dispute was not taken up", "Open", "dispute"),
    "taken_up": (BODY, "Determine the dispute", "Open", "dispute"),
    "determined": (OFFICE, "Correct what was disputed", "Correct", "correct_dispute"),
}


def waiting(acting: Acting) -> list[Waiting]:
    """List what waits on somebody of challenges and disputes, and of decisions that are not served yet."""
    if not (acting.name in (*OFFICE, Role.PARTY_DELEGATE) or own_body(acting) is not None):
        return []
    found: list[Waiting] = []
    for kind, of in ((Challenge.TYPE, challenges_of), (Dispute.TYPE, disputes_of)):
        if is_granted(acting, kind, "r"):
            rows = listed(of(acting).filter(closed_at=None), acting.day)
            found += [_errand(acting, one) for one in rows if _is_on(one, acting)]
    return [*found, *_to_serve(acting)]


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
    body = deciding_body(acting.code, acting.day)
    if body is None or acting.name not in OFFICE or not is_granted(acting, Challenge.TYPE, "c"):
        return
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


def changes(acting: Acting, since: dt.datetime) -> list[Changed]:
    """List challenges and disputes that began or ended, as far as somebody may see them."""
    told = by_the_story(since)
    found: list[Changed] = []
    if is_granted(acting, Challenge.TYPE, "r"):
        rows = challenges_of(acting).filter(Q(served_at__gt=told) | Q(closed_at__gt=told))
        found += [_told(acting, one, one.served_at, "was served", told) for one in rows[:MOST]]
    if is_granted(acting, Dispute.TYPE, "r"):
        disputed = disputes_of(acting).filter(Q(raised_at__gt=told) | Q(closed_at__gt=told))
        found += [_told(acting, one, one.raised_at, "was raised", told) for one in disputed[:MOST]]
    latest = sorted(found, key=lambda one: one.at, reverse=True)[:MOST]
    # Told among what is new of other rooms, by the clock that they go by.
    return [replace(one, at=one.at + (since - told)) for one in latest]


def _told(acting: Acting, row: Row, began: dt.datetime, verb: str, since: dt.datetime) -> Changed:
    """Return the latest that is new of a matter: that it ended, or that it began."""
    has_ended = row.closed_at is not None and row.closed_at > since
    at = row.closed_at if has_ended and row.closed_at is not None else began
    words = f"{row.party.name}: {title_of(row)} {'ended' if has_ended else verb}"
    href = reverse(row.TYPE, args=[acting.code, row.reference])
    return Changed(at, words, row.reference, href, row.classification)


SOURCES = (waiting,)
NEWS = (changes,)
