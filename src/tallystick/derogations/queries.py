"""Derogations and forbearance found through what somebody may see, and what stands on a day or in a month."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, QuerySet

from tallystick.derogations.effect import Granted, granted_on, granted_over, state_under
from tallystick.derogations.facts import (
    decisions_of,
    done_on,
    facts_of,
    facts_of_forbearance,
    with_work,
)
from tallystick.derogations.models import Derogation, Forbearance, Term
from tallystick.derogations.suspensions import Stays, counting, ended_on, running, stays_of_leave, stays_seen
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tallystick.parties.once import once
from tallystick.parties.policy.decision import is_granted
from tallystick.parties.policy.guard import unscoped
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.decided import Stay, is_stayed
from tallystick.processes.engine import Offer
from tallystick.processes.guards import PREDICATES
from tallystick.processes.queries import Rows, offered, process_of, rows_of
from tallystick.processes.standing import Standing
from tallystick.rulebook.measures import Measure
from tallystick.rulebook.periods import Span

FOR_OTHER_ROOMS = "Tells rooms that reckon with derogations what stands; they ask what may be shown of it."
# Who carries out what a body decided.
CARRYING = (Role.CHAIR, Role.SECRETARY)
OF_ONE_SEEN = "Tells when the work was done on a derogation that was found through what somebody may see."


@dataclass(frozen=True)
class InForce:
    """A derogation that stands on a day, or on every day of a period, with the term that says how.

    `last_on` is the last day of it as far as is known: that of the term, or the day its work was done. `stay`
    is what a challenge suspends of it meanwhile.
    """

    derogation: Derogation
    term: Granted
    last_on: dt.date
    stay: Stay | None = None

    @property
    def level(self) -> Decimal | None:
        return self.term.level

    def covers(self, measure: str, obligation: str, party: int | None) -> bool:
        """Tell whether a party has leave by it under a measure: that one, or any of its obligation."""
        row = self.derogation
        return (
            row.party_id == party
            and row.obligation == obligation
            and row.measure in ("", measure)
            and party is not None
        )

    def state_of(
        self, state: str, numerator: int | None, denominator: int | None, rule: Measure | None = None
    ) -> str:
        """Return the state of a figure under it: met where its share reaches the level allowed."""
        direction = rule.direction if rule else "up"
        return state_under(state, (numerator, denominator), self.level, direction)


def derogations_of(acting: Acting) -> QuerySet[Derogation]:
    """Return the derogations that somebody may see: those that go on first, then the latest."""
    found: QuerySet[Derogation] = Derogation.objects.visible_to(acting).select_related(
        "party", "body", "course", "case", "remedy__case", "drafted_by"
    )
    return found.order_by(F("ended_at").desc(nulls_first=True), "-drafted_at", "-pk")


def derogation(acting: Acting, reference: str) -> Derogation | None:
    """Return a derogation by its reference, if somebody may see it; what they may not see is not there."""
    with unscoped(OF_ONE_SEEN):
        return with_work(derogations_of(acting)).filter(reference=reference).first()


def terms_of(acting: Acting, row: Derogation) -> list[Term]:
    """Return what was granted, the first term first."""
    found = Term.objects.visible_to(acting).filter(derogation=row).select_related("step")
    return list(found.order_by("number"))


def forbearances_of(acting: Acting) -> QuerySet[Forbearance]:
    """Return what is not pursued, and what was not, as far as somebody may see it; the latest first."""
    found: QuerySet[Forbearance] = Forbearance.objects.visible_to(acting).select_related(
        "body", "course", "proposed_by"
    )
    return found.order_by(F("ended_at").desc(nulls_first=True), "-proposed_at", "-pk")


def forbearance(acting: Acting, reference: str) -> Forbearance | None:
    """Return forbearance by its reference, if somebody may see it."""
    return forbearances_of(acting).filter(reference=reference).first()


def in_force(code: str, when: dt.date | Span) -> tuple[InForce, ...]:
    """Return the derogations of a code that stand on a day, or on every day of a period; for other rooms.

    It reads them all: whoever shows something of it asks `in_force_seen`.
    """
    with unscoped(FOR_OTHER_ROOMS, of_everybody=True):
        return _standing(Term.objects.filter(code=code), code, when, lambda: stays_of_leave(code))


@once
def in_force_seen(acting: Acting, when: dt.date | Span) -> tuple[InForce, ...]:
    """Return the derogations in force that somebody may see: others learn nothing of them."""
    if not is_granted(acting, Derogation.TYPE, "r"):
        return ()
    with unscoped(OF_ONE_SEEN):
        terms = Term.objects.visible_to(acting)
        return _standing(terms, acting.code, when, lambda: stays_seen(acting))


@once
def not_pursued(acting: Acting) -> tuple[Forbearance, ...]:
    """Return what is not pursued, or was not, by the day on which it began."""
    if not is_granted(acting, Forbearance.TYPE, "r"):
        return ()
    found = Forbearance.objects.visible_to(acting).filter(since_on__isnull=False)
    return tuple(found.order_by("since_on", "pk"))


def not_pursued_on(acting: Acting, obligation: str, first: dt.date, last: dt.date) -> list[Forbearance]:
    """Return what was not pursued under an obligation on some day of several, both ends included."""
    return [
        one
        for one in not_pursued(acting)
        if one.obligation == obligation
        and one.since_on is not None
        and one.since_on <= last
        and (one.ended_on is None or one.ended_on > first)
    ]


def offers_for(
    acting: Acting,
    row: Derogation | Forbearance,
    rows: Rows | None = None,
    known: Mapping[str, Any] | None = None,
) -> tuple[list[Offer], list[Offer]]:
    """Return what somebody may do on a matter now, and what once conditions hold that do not yet.

    The day of a review is stated by whoever carries a decision out, so that it does not stand in the way.

    :param rows: what is written down of its course, where that is read already
    :param known: its facts today, where they are
    """
    own = rows or rows_of([row.course])[row.course_id]
    standing = own.standing(row.course, process_of(row.course), acting.day)
    facts = known_of(acting, row, own, standing) if known is None else known
    now, later = offered(row.course, facts, PREDICATES, acting, standing)
    return [one for one in now if _is_own(one, acting)], [one for one in later if _is_own(one, acting)]


def known_of(
    acting: Acting, row: Derogation | Forbearance, rows: Rows, standing: Standing
) -> Mapping[str, Any]:
    """Return the facts of a matter today; its body's decisions are looked for by whoever carries them out."""
    ahead = acting.day + dt.timedelta(days=1)
    facts = (
        facts_of(row, acting.day, standing)
        if isinstance(row, Derogation)
        else facts_of_forbearance(row, acting.day, standing, ahead)
    )
    if acting.name not in CARRYING:
        return facts
    return {**facts, **decisions_of(row.course, standing, max(one.entered_at for one in rows.places))}


def last_day(row: Any, until_on: dt.date | None, stays: Iterable[Stay] = ()) -> dt.date | None:
    """Return the last day of a row of `with_work`: as it ended, as its work was done, or as granted."""
    days = [one for one in (ended_on(row, stays), done_on(row), until_on) if one is not None]
    return min(days, default=None)


def _is_own(offer: Offer, acting: Acting) -> bool:
    if offer.body is None or acting.name != Role.CHAIR:
        return True
    return acting.body is not None and acting.body.key.lower() == offer.body


def _standing(
    terms: QuerySet[Any], code: str, when: dt.date | Span, asked: Callable[[], Stays]
) -> tuple[InForce, ...]:
    """Return what stands by terms; what a challenge stays of it is asked where there is something only."""
    first, last = (when.first, when.last) if isinstance(when, Span) else (when, when)
    near = terms.filter(Q(from_on__lte=last) & Q(until_on__gte=first))
    near = near.annotate(is_stayed=is_stayed(code, "derogation__course"))
    of: dict[Derogation, list[Any]] = defaultdict(list)
    for row in with_work(near.select_related("derogation__party"), "derogation__").order_by("pk"):
        of[row.derogation].append(row)
    stays = asked() if any(one.is_stayed for rows in of.values() for one in rows) else {}
    found = (_one(row, rows, when, stays.get(row.course_id, [])) for row, rows in of.items())
    return tuple(one for one in found if one is not None)


def _one(row: Derogation, terms: list[Any], when: dt.date | Span, stays: list[Stay]) -> InForce | None:
    given = [
        Granted(one.number, one.from_on, one.until_on, one.conditions, one.level)
        for one in counting(terms, stays)
    ]
    ended = [day for day in (ended_on(row, stays), done_on(terms[0])) if day is not None]
    over = min(ended, default=None)
    if isinstance(when, Span):
        rule = rulebook_of(row.code).measures.get(row.measure)
        standing = granted_over(given, over, when, rule.direction if rule else "up")
    else:
        standing = granted_on(given, over, when)
    if standing is None:
        return None
    last = max(given, key=lambda one: one.number).until_on
    return InForce(row, standing, min(filter(None, (over, last))), running(stays))
