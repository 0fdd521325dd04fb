"""What may be asked about motions, votes and decisions. Motions are found through what somebody may see."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from tallystick.decisions import explained
from tallystick.decisions.explained import Standing, Turnout
from tallystick.decisions.frozen import Rule
from tallystick.decisions.models import Ballot, Barred, Decision, Motion, SeatAtMotion, StoodAside
from tallystick.decisions.rights import Right, matter_facts, rights_of
from tallystick.decisions.rolls import ballots_of, seats_at, stood_aside_at, undeclared_of, vote_of
from tallystick.parties.acting import Acting
from tallystick.parties.models import Person, Role
from tallystick.parties.once import once
from tallystick.parties.policy.decision import interests, may, may_stand_with_any, role_of
from tallystick.parties.policy.guard import unscoped

OF_ONE_SEEN = (
    "The motion was found through what somebody may see; of its votes only what its scheme shows is told."
)
OF_ONESELF = "Tells somebody of their own seat, and that they have to declare themselves; not what is asked."


@dataclass(frozen=True)
class Shown:
    """Where a motion stands, as far as its scheme shows it: to nobody more than to another who may read it.

    Before the opening there is nothing; `turnout` and, where the scheme shows counts, `standing` while it is
    open; `told` with the frozen headline, steps and contrasts after the close, and `count`.
    """

    turnout: Turnout | None = None
    standing: Standing | None = None
    told: Mapping[str, Any] | None = None
    count: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class SeatShown:
    """One seat of a vote: `state` is filled, vacant or aside as it is now, `must_declare` counts as aside.

    `has_voted` is None where the scheme does not show it yet; `ballot` is the one that stands, for those who
    may read it.
    """

    seat: SeatAtMotion
    state: str
    must_declare: bool
    holder: str
    has_voted: bool | None
    ballot: Ballot | None


@dataclass(frozen=True)
class Undeclared:
    """That somebody has to declare themselves before they may read of a matter: whose, and until when."""

    reference: str
    party: str
    body: str
    closes_at: dt.datetime


def motions(acting: Acting) -> QuerySet[Motion]:
    """Return the motions that somebody may see, the latest first, each with whether anybody is barred."""
    found: QuerySet[Motion] = Motion.objects.visible_to(acting).select_related("body", "party", "put_by")
    bars = Barred.objects.filter(motion=OuterRef("pk"))
    return found.annotate(has_bars=Exists(bars)).order_by("-put_at", "pk")


@once
def motion(acting: Acting, reference: str) -> Motion | None:
    """Return one motion that somebody may see."""
    return motions(acting).filter(reference=reference).first()


def drafts(acting: Acting) -> list[Motion]:
    """Return the drafts that somebody may see, the oldest first."""
    return list(motions(acting).filter(state=Motion.DRAFT).order_by("put_at", "pk"))


def ended(acting: Acting) -> list[Motion]:
    """Return the motions that somebody may see and whose vote is closed, or that were withdrawn."""
    return list(motions(acting).filter(state__in=Motion.ENDED).order_by("-closed_at", "pk"))


def decisions(acting: Acting) -> list[Decision]:
    """Return the decisions without a vote that somebody may see, the latest first, each with `objected`."""
    found = Decision.objects.visible_to(acting).select_related("body", "party", "motion")
    return list(found.order_by("-on", "-pk"))


def decision(acting: Acting, reference: str) -> Decision | None:
    """Return one decision that somebody may see."""
    found: Decision | None = (
        Decision.objects.visible_to(acting)
        .filter(reference=reference)
        .select_related("body", "party", "motion", "recorded_by")
        .first()
    )
    return found


def objections(acting: Acting, of: Decision) -> list[Any]:
    """Return who objected to a decision that somebody may see, and their words, in the order they came."""
    found = of.objections.visible_to(acting).select_related("person")
    return list(found.order_by("at", "pk"))


def undeclared(acting: Acting, reference: str = "") -> list[Undeclared]:
    """Return the matters on which somebody has to declare whether they have a conflict, before anything else.

    They may not read the motion yet; that there is one, and about whom, is what they are asked.
    """
    if acting.person is None or acting.body is None or role_of(acting) == "public":
        return []
    with unscoped(OF_ONESELF):
        waiting = Motion.objects.filter(code=acting.code, body=acting.body, state=Motion.OPEN)
        waiting = waiting.filter(_has_to_declare(acting)).exclude(declarations__person=acting.person)
        if reference:
            waiting = waiting.filter(reference=reference)
        found = waiting.select_related("body", "party").distinct().order_by("closes_at", "pk")
        return [
            Undeclared(one.reference, one.party.name, one.body.name, one.closes_at)
            for one in found
            if one.party is not None and one.closes_at is not None
        ]


def _has_to_declare(acting: Acting) -> Q:
    """Return the condition that a vote hangs on what somebody declares: as holder, alternate or chair.

    What a holder has to was found when the vote opened; of others it is whether their employer is known now.
    """
    found = Q(seats__holder__person=acting.person, seats__must_declare=True)
    if not may_stand_with_any(acting):
        return found
    others = Q(seats__alternates__person=acting.person, rule__alternates=True)
    if acting.name == Role.CHAIR:
        others |= Q(rule__counts__tie="casting")
    return found | (others & Q(party__isnull=False) & ~Q(party__in=sorted(interests(acting))))


def undeclared_motion(acting: Acting, reference: str) -> Motion | None:
    """Return a motion on which somebody has to declare themselves, for the act that does; show none of it."""
    if not undeclared(acting, reference):
        return None
    with unscoped(OF_ONESELF):
        found: Motion = Motion.objects.select_related("body", "party").get(reference=reference)
        return found


def standing(one: Motion, acting: Acting) -> Shown:
    """Tell where a motion stands, if somebody may see it.

    While it is open the count so far is told only if its scheme shows it, else turnout and quorum.
    """
    seen = motion(acting, one.reference)
    if seen is None:
        return Shown()
    one = seen
    if one.state == Motion.CLOSED:
        return Shown(told=one.told, count=one.count)
    if one.state != Motion.OPEN:
        return Shown()
    with unscoped(OF_ONE_SEEN):
        vote = vote_of(one)
    turnout = explained.turnout(vote.scheme, vote.seats, vote.acts)
    if not vote.rule.counts_while_open:
        return Shown(turnout)
    return Shown(turnout, explained.standing(vote.scheme, vote.seats, vote.acts, vote.rule.wording()))


def seats(one: Motion, acting: Acting) -> list[SeatShown]:
    """Return the seats of an opened motion, in order, each with what somebody may know of its vote.

    Whether a seat has voted is told after the close, and before it where the scheme shows counts of open
    ballots: from counts and turns, secret ones could be told. What it voted for is told as for `ballots`.
    """
    if not one.rule:
        return []
    rule = Rule.of_row(one.rule)
    with unscoped(OF_ONE_SEEN):
        rows = seats_at(one)
        waiting = {row.pk for row in undeclared_of(one, rows)}
        aside = {row.seat_id for row in stood_aside_at(one)}
        cast = {ballot.seat_id for ballot in ballots_of(one) if ballot.is_standing}
    shown = {ballot.seat_id: ballot for ballot in ballots(one, acting)}
    tells = one.state == Motion.CLOSED or (rule.counts_while_open and rule.ballots == "open")
    found = []
    for row in rows:
        ballot = shown.get(row.pk)
        found.append(
            SeatShown(
                seat=row,
                state="aside" if row.pk in aside or row.pk in waiting else row.state,
                must_declare=row.pk in waiting,
                holder=row.holder.person.name if row.holder else "",
                has_voted=row.pk in cast if tells or ballot else None,
                ballot=ballot,
            )
        )
    return found


@once
def ballots(one: Motion, acting: Acting) -> list[Ballot]:
    """Return the ballots that stand and somebody may read: their own, and all once an open vote closed."""
    found = Ballot.objects.visible_to(acting).filter(motion=one, is_standing=True)
    return list(found.select_related("seat__seat", "cast_by").order_by("seat__place", "pk"))


def stood_aside(one: Motion, acting: Acting) -> list[StoodAside]:
    """Return which seats stood aside and why, as far as somebody may read it, in the order of the journal."""
    if motion(acting, one.reference) is None:
        return []
    of_matter = matter_facts(acting, one)
    with unscoped(OF_ONE_SEEN):
        found = stood_aside_at(one)
    return [row for row in found if may(acting, "r", replace(of_matter, state=row.publicity))]


def casting_vote(one: Motion, acting: Acting) -> Ballot | None:
    """Return the casting vote, where there is one and somebody may read it."""
    return next((ballot for ballot in ballots(one, acting) if ballot.seat_id is None), None)


def seats_of(person: Person, one: Motion, day: dt.date) -> list[Right]:
    """Return the seats that somebody votes for at an open vote, own first; or each with why they may not."""
    if one.state != Motion.OPEN:
        return []
    with unscoped(OF_ONESELF):
        return rights_of(person, one, day)
