"""What comparisons and charges have waiting on each side: windows that are open, queries, a body's turn.

Clocks are read as they are written down, which is settled daily: a home asks little of the database.
"""

from django.db.models import QuerySet
from django.urls import reverse

from tallystick.assessments import seen
from tallystick.assessments.models import ChargeQuery, ChargeRun, Publication, PublicationQuery
from tallystick.assessments.operations.registered import OFFICE
from tallystick.assessments.seen import Listed
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tallystick.parties.policy.decision import is_granted
from tallystick.parties.waiting import Waiting

WINDOWS = ("window", "shown")
BODIES = {"checked": "pab", "recommended": "panel"}
DRAFTS = ("drafted", "computed")
TOLD_OF = (Role.PARTY_DELEGATE, *OFFICE, Role.CHAIR)


def waiting(acting: Acting) -> list[Waiting]:
    """List figures that may be queried, queries to be answered, and what waits for the office or a body."""
    if acting.name not in TOLD_OF or not is_granted(acting, Publication.TYPE, "r"):
        return []
    found = [_errand(acting, one) for one in (*seen.publications(acting), *seen.charge_runs(acting))]
    return [*(one for one in found if one is not None), *_queries(acting)]


def _errand(acting: Acting, one: Listed) -> Waiting | None:
    """Return what a matter asks of somebody where it stands, if anything."""
    if one.is_over:
        return None
    of_parties = isinstance(one.row, Publication)
    title = _asked(acting, one, "comparison" if of_parties else "run of charges")
    if title is None:
        return None
    subject = one.row.measure if of_parties else one.row.scheme
    return Waiting(
        title=title,
        words=f"{one.row.reference}, {subject}",
        verb="Open",
        href=reverse(one.row.TYPE, args=[acting.code, one.row.reference]),
        due=one.due_on,
        rule=one.clock or "No date is set",
        # A party is led to its own line, which is Amber whatever the class of the comparison.
        classification="amber",
    )


def _asked(acting: Acting, one: Listed, kind: str) -> str | None:
    if acting.name == Role.PARTY_DELEGATE:
        if one.stage not in WINDOWS or one.due_on is None or not one.is_of_party:
            return None
        until = f"{one.due_on.day} {one.due_on:%B}"
        what = "figure" if isinstance(one.row, Publication) else "charge"
        return f"Your {what} may be queried until {until}"
    if acting.name in OFFICE and one.stage in DRAFTS:
        return f"Show the Parties a {kind} that is drafted"
    is_turn = one.stage in BODIES and (
        acting.name == Role.SECRETARY or _is_chair_of(acting, BODIES[one.stage])
    )
    # What a scheme that is only proposed comes to is nothing for a body to approve.
    if is_turn and not (isinstance(one.row, ChargeRun) and one.row.status == ChargeRun.PROPOSED):
        return f"Bring a {kind} to its decision"
    return None


def _is_chair_of(acting: Acting, body: str) -> bool:
    return acting.name == Role.CHAIR and acting.body is not None and acting.body.key.lower() == body


def _queries(acting: Acting) -> list[Waiting]:
    """Return the queries that the office has not answered yet."""
    if acting.name not in OFFICE:
        return []
    open_ones = (
        _open(PublicationQuery.objects.visible_to(acting).select_related("party", "publication")),
        _open(ChargeQuery.objects.visible_to(acting).select_related("party", "charge_run")),
    )
    doors = ("answer_publication_query", "answer_charge_query")
    return [
        Waiting(
            title="Answer what a Party queries",
            words=f"{one.party.name} · {_head(one).reference}",
            verb="Answer",
            href=reverse(door, args=[acting.code, _head(one).reference, one.number]),
            rule="Before the board has it",
            classification=one.classification,
        )
        for door, found in zip(doors, open_ones, strict=True)
        for one in found
    ]


def _open(rows: QuerySet[PublicationQuery] | QuerySet[ChargeQuery]) -> list[PublicationQuery | ChargeQuery]:
    return list(rows.filter(answered_at=None).order_by("pk"))


def _head(one: PublicationQuery | ChargeQuery) -> Publication | ChargeRun:
    return one.publication if isinstance(one, PublicationQuery) else one.charge_run


SOURCES = (waiting,)
