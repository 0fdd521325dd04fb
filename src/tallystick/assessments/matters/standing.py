"""Where a comparison or a run of charges stands, what is known of it, and what may be done next."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from tallystick.assessments.models import ChargeQuery, ChargeRun, Publication, PublicationQuery, Relief
from tallystick.assessments.models.charge import DEFERRED, RELIEVED
from tallystick.assessments.models.publication import Query
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tallystick.parties.policy.guard import unscoped
from tallystick.processes import decided
from tallystick.processes.engine import Offer
from tallystick.processes.guards import PREDICATES
from tallystick.processes.models import Course
from tallystick.processes.queries import Rows, offered, process_of
from tallystick.processes.standing import Standing
from tallystick.rulebook.processes import ProcessValue

Matter = Publication | ChargeRun
WINDOW = "window"
OPEN_WINDOW = ("window", "shown")
# Until then a sheet may be corrected; what a body recommended or approved is not changed under it.
CORRECTABLE = ("drafted", "computed", *OPEN_WINDOW, "checked")
CARRYING = (Role.CHAIR, Role.SECRETARY)
WHY = "Counts what stands in the way of a matter that was found through what somebody may see."


def stage_of(value: ProcessValue, standing: Standing) -> str:
    return standing.at[value.main]


def body_of(value: ProcessValue, stage: str) -> str | None:
    """Return the key of the body whose decision leads on from a stage: to be there is to be before it."""
    keys = {rule.body for rule in value.moves.values() if stage in rule.from_ and rule.body is not None}
    return keys.pop() if len(keys) == 1 else None


def came_before(course: Course) -> dt.datetime:
    """Return the moment from which on what a body decides can be carried out where a matter stands."""
    at: dt.datetime = course.places.get(left_at=None).entered_at
    return at


@unscoped(WHY, of_everybody=True)
def facts_of(row: Matter, on: dt.date) -> Mapping[str, Any]:
    """Return the facts of a matter on the day."""
    if isinstance(row, Publication):
        return facts_from(row, on, PublicationQuery.objects.filter(publication=row, answered_at=None))
    reliefs = Relief.objects.filter(charge_run=row).order_by("pk")
    return facts_from(row, on, ChargeQuery.objects.filter(charge_run=row, answered_at=None), reliefs)


def facts_from(
    row: Matter, on: dt.date, queries: Iterable[Query], reliefs: Iterable[Relief] = ()
) -> Mapping[str, Any]:
    """Return the facts of a matter on the day from what was read of it: its queries, and its reliefs."""
    waiting = sum(one.answered_at is None for one in queries)
    found: dict[str, Any] = {"today": on, "queries_open": waiting}
    if isinstance(row, Publication):
        return {**found, "recommended_by": row.recommended_by or None}
    return {**found, "scheme_status": row.status, "charges_deferred": len(deferred_on(reliefs, on))}


def deferred_on(reliefs: Iterable[Relief], on: dt.date) -> dict[int, Relief]:
    """Return what is put off on a day, by the key of its party: the latest word counts."""
    several = list(reliefs)
    latest = {one.party_id: one for one in several if one.kind == DEFERRED}
    relieved = {one.party_id for one in several if one.kind == RELIEVED}
    return {
        party: one
        for party, one in latest.items()
        if party not in relieved and one.until_on is not None and one.until_on > on
    }


@unscoped(WHY)
def decisions_of(course: Course, stage: str, since: dt.datetime) -> dict[str, str | None]:
    """Return the body that decided, and the one that did not let it, where that waits to be carried out."""
    key = body_of(process_of(course), stage)
    if key is None:
        return {"decided_by": None, "rejected_by": None}
    return {
        "decided_by": key if decided.undone(course, key, since) else None,
        "rejected_by": key if decided.undone(course, key, since, "rejected") else None,
    }


def known_of(
    acting: Acting, row: Matter, rows: Rows, standing: Standing, facts: Mapping[str, Any] | None = None
) -> Mapping[str, Any]:
    """Return the facts of a matter today; its body's decisions are looked for by whoever carries them out.

    :param facts: as far as they were read already
    """
    facts = facts_of(row, acting.day) if facts is None else facts
    if acting.name not in CARRYING:
        return facts
    stage = stage_of(process_of(row.course), standing)
    since = max(one.entered_at for one in rows.places)
    return {**facts, **decisions_of(row.course, stage, since)}


def offers_for(
    acting: Acting, row: Matter, rows: Rows, known: Mapping[str, Any] | None = None
) -> tuple[list[Offer], list[Offer]]:
    """Return what somebody may do on a matter now, and what once conditions hold that do not yet."""
    standing = rows.standing(row.course, process_of(row.course), acting.day)
    facts = known_of(acting, row, rows, standing) if known is None else known
    now, later = offered(row.course, facts, PREDICATES, acting, standing)
    return [one for one in now if _is_own(one, acting)], [one for one in later if _is_own(one, acting)]


def _is_own(offer: Offer, acting: Acting) -> bool:
    if offer.body is None or acting.name != Role.CHAIR:
        return True
    return acting.body is not None and acting.body.key.lower() == offer.body
