"""What comparisons and charges have waiting on each side: windows that are open, queries, a body's turn.

Clocks are read as they are written down, which is settled daily: a home asks the database once for all of it.
"""

import datetime as dt
from typing import Any, NamedTuple

from django.db.models import CharField, DateField, F, IntegerField, QuerySet, Value
from django.urls import reverse

from tallystick.assessments.matters import seen
from tallystick.assessments.models import ChargeQuery, ChargeRun, Publication, PublicationQuery
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tallystick.parties.policy.decision import is_granted
from tallystick.parties.policy.guard import unscoped
from tallystick.parties.rulebooks import rulebook_of
from tallystick.parties.waiting import Waiting

WINDOWS = ("window", "shown")
BODIES = {"checked": "pab", "recommended": "panel"}
DRAFTS = ("drafted", "computed")
TOLD_OF = (Role.PARTY_DELEGATE, *Role.OFFICE, Role.CHAIR)
QUERIED = {
    "publication_query": "answer_publication_query",
    "charge_query": "answer_charge_query",
}
OPEN_ISSUES = "open issues"  # what a league is about, which has no measure
WHY = "Lists what waits on somebody; each part of the question asks what they may see."


class Told(NamedTuple):
    """What is read of a matter or a query: `about` is the measure, the scheme, or whose query it is."""

    kind: str
    reference: str
    about: str
    stage: str
    clock: str
    due_on: dt.date | None
    status: str
    number: int
    has_line: bool


def waiting(acting: Acting) -> list[Waiting]:
    """List figures that may be queried, queries to be answered, and what waits for the office or a body."""
    if acting.name not in TOLD_OF or not is_granted(acting, Publication.TYPE, "r"):
        return []
    found = (_answer(acting, one) if one.number else _errand(acting, one) for one in _read(acting))
    return [one for one in found if one is not None]


def _read(acting: Acting) -> list[Told]:
    parts = [
        _matters(seen.open_publications(acting), "publication", F("measure"), Value("")),
        _matters(seen.open_charge_runs(acting), "charge", F("scheme"), F("status")),
    ]
    if acting.name in Role.OFFICE:
        of = PublicationQuery.objects.visible_to(acting)
        parts.append(_queries(of, "publication_query", "publication__reference"))
        parts.append(
            _queries(ChargeQuery.objects.visible_to(acting), "charge_query", "charge_run__reference")
        )
    with unscoped(WHY, of_everybody=acting.name == Role.PARTY_DELEGATE):
        return sorted(Told(*row) for row in parts[0].union(*parts[1:], all=True))


def _matters(rows: QuerySet[Any], kind: str, about: F, status: Any) -> QuerySet[Any, Any]:
    return rows.values_list(
        Value(kind, output_field=CharField()),
        F("reference"),
        about,
        F("stage"),
        F("clock"),
        F("due_on"),
        status,
        Value(0, output_field=IntegerField()),
        F("of_party"),
    )


def _queries(rows: QuerySet[Any], kind: str, reference: str) -> QuerySet[Any, Any]:
    nothing = Value("", output_field=CharField())
    return rows.filter(answered_at=None).values_list(
        Value(kind, output_field=CharField()),
        F(reference),
        F("party__name"),
        nothing,
        nothing,
        Value(None, output_field=DateField()),
        nothing,
        F("number"),
        Value(value=False),
    )


def _errand(acting: Acting, one: Told) -> Waiting | None:
    """Return what a matter asks of somebody where it stands, if anything."""
    title = _asked(acting, one)
    if title is None:
        return None
    rules = rulebook_of(acting.code).processes[one.kind].value_on(acting.day).clocks
    return Waiting(
        title=title,
        words=f"{one.reference}, {one.about or OPEN_ISSUES}",
        verb="Open",
        href=reverse(one.kind, args=[acting.code, one.reference]),
        due=one.due_on,
        rule=rules[one.clock].title if one.clock in rules else "No date is set",
        # A party is led to its own line, which is Amber whatever the class of the comparison.
        classification="amber",
    )


def _asked(acting: Acting, one: Told) -> str | None:
    noun = "comparison" if one.kind == Publication.TYPE else "run of charges"
    if acting.name == Role.PARTY_DELEGATE:
        if one.stage not in WINDOWS or one.due_on is None or not one.has_line:
            return None
        what = "figure" if one.kind == Publication.TYPE else "charge"
        return f"Your {what} may be queried until {one.due_on.day} {one.due_on:%B}"
    if acting.name in Role.OFFICE and one.stage in DRAFTS:
        return f"Show the Parties a {noun} that is drafted"
    is_turn = one.stage in BODIES and (
        acting.name == Role.SECRETARY or _is_chair_of(acting, BODIES[one.stage])
    )
    # What a scheme that is only proposed comes to is nothing for a body to approve.
    return f"Bring a {noun} to its decision" if is_turn and one.status != ChargeRun.PROPOSED else None


def _is_chair_of(acting: Acting, body: str) -> bool:
    return acting.name == Role.CHAIR and acting.body is not None and acting.body.key.lower() == body


def _answer(acting: Acting, one: Told) -> Waiting:
    """Return that a query waits for the office's answer."""
    return Waiting(
        title="Answer what a Party queries",
        words=f"{one.about} · {one.reference}",
        verb="Answer",
        href=reverse(QUERIED[one.kind], args=[acting.code, one.reference, one.number]),
        rule="Before the board has it",
        classification="amber",
    )


SOURCES = (waiting,)
