"""In whose right somebody votes on a motion: for a seat, as alternate, by proxy; or why they may not."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tallystick.decisions.counting import CHAIR
from tallystick.decisions.electorate import CONFLICT, NOT_KNOWN, conflict_of
from tallystick.decisions.frozen import Rule
from tallystick.decisions.matters import Declaration, has_no_conflict_besides
from tallystick.decisions.models import Ballot, Decision, Motion, SeatAtMotion, VotePassed
from tallystick.decisions.rolls import (
    ballots_of,
    barred_at,
    declarations_of,
    seats_at,
    stood_aside_at,
    undeclared_of,
)
from tallystick.parties.acting import Acting
from tallystick.parties.models import Membership, Person
from tallystick.parties.once import once
from tallystick.parties.policy.decision import Facts, facts_of, interests


@dataclass(frozen=True)
class Right:
    """A seat that somebody may vote for: `right` as in `Ballot.RIGHTS`, and its ballot that stands.

    `refusal` says why they may not vote for it after all; it is empty where they may.
    """

    seat: SeatAtMotion
    right: str
    standing: Ballot | None
    refusal: str = ""


def rights_of(person: Person, motion: Motion, day: dt.date) -> list[Right]:
    """Return the seats of an opened motion that somebody has to do with, their own first."""
    rule = Rule.of_row(motion.rule)
    passed = {one.seat_id: one for one in passed_votes(motion)} if rule.most_proxies else {}
    held = {pk for pk, one in passed.items() if one.to_id == person.pk}
    stands_in, rows = _stands_in(person, motion), seats_at(motion)
    found = [
        *((row, Ballot.HOLDER, row.holder) for row in rows if _is_of(row.holder, person)),
        *((row, Ballot.PROXY, row.holder) for row in rows if row.pk in held),
        *((row, Ballot.ALTERNATE, stands_in[row.pk]) for row in rows if row.pk in stands_in),
    ]
    whole = personal_refusal(person, motion, day)
    own = {row.pk for row, _, _ in found}
    ballots = {one.seat_id: one for one in ballots_of(motion) if one.is_standing and one.seat_id in own}
    aside = {one.seat_id for one in stood_aside_at(motion)}
    terms = [term for _, _, term in found if term is not None and _is_of(term, person)]
    waiting = {one.pk for one in undeclared_of(motion, rows)}
    voting = _Voting(person, motion, rule, day, passed, terms, aside, waiting, ballots)
    return [
        Right(row, right, ballots.get(row.pk), whole or voting.refusal(row, right, term))
        for row, right, term in found
    ]


def _is_of(term: Membership | None, person: Person) -> bool:
    return term is not None and term.person_id == person.pk


def _stands_in(person: Person, motion: Motion) -> dict[int, Membership]:
    """Return the terms in which somebody was an alternate when the vote opened, by seat."""
    rows = SeatAtMotion.alternates.through.objects.filter(
        seatatmotion__motion=motion, membership__person=person
    )
    return {one.seatatmotion_id: one.membership for one in rows.select_related("membership").order_by("pk")}


@once
def passed_votes(motion: Motion) -> list[VotePassed]:
    """Return the votes that were passed on and not taken back."""
    found = motion.votes_passed.filter(taken_back_at=None).select_related("to", "seat")
    return list(found.order_by("pk"))


def casting_refusal(acting: Acting, motion: Motion) -> str:
    """Return why somebody may not give the casting vote, or nothing where they may."""
    if acting.person is None or acting.role is None or acting.role.role != "chair":
        return "The casting vote is the chair's."
    if acting.role.body_id != motion.body_id:
        return "The casting vote is that of the body's own chair."
    if Rule.of_row(motion.rule).counts["tie"] != "casting":
        return "The scheme has no casting vote."
    return personal_refusal(acting.person, motion, acting.day)


def matter_facts(acting: Acting, motion: Motion) -> Facts:
    """Return the policy's facts of a motion, with what somebody declared of themselves in its matter."""
    found = facts_of(acting, motion)
    if has_no_conflict_besides(acting):
        return found
    declared = _declared(acting.person, motion)
    if declared is None:
        return found
    stands_with = motion.party_id is not None and motion.party_id in interests(acting)
    return replace(found, conflicted=declared.has_conflict or stands_with)


def ballot_facts(acting: Acting, motion: Motion) -> Facts:
    """Return the policy's facts of a ballot that somebody would cast on a motion."""
    return replace(matter_facts(acting, motion), type="ballot")


def declaring_facts(acting: Acting, motion: Motion) -> Facts:
    """Return the policy's facts of what somebody declares of themselves: a conflict keeps nobody from it."""
    return replace(ballot_facts(acting, motion), conflicted=False)


def objection_facts(acting: Acting, decision: Decision) -> Facts:
    """Return the policy's facts of an objection: a member's voice, as a ballot is."""
    return replace(facts_of(acting, decision), type="ballot")


@dataclass(frozen=True)
class _Voting:
    """One person at one vote, and all that says whether they may vote for a seat."""

    person: Person
    motion: Motion
    rule: Rule
    day: dt.date
    passed: dict[int, VotePassed]
    terms: Sequence[Membership]
    aside: set[int]
    waiting: set[int]
    ballots: dict[int, Ballot]

    def refusal(self, row: SeatAtMotion, right: str, term: Membership | None) -> str:
        if row.constituency == CHAIR and self.rule.counts["chair"] != "votes":
            return "The chair has no vote, but for a casting vote where the scheme has one."
        if row.pk in self.aside or row.state == SeatAtMotion.ASIDE:
            return "The seat stood aside."
        if term is None or not term.is_in_force(self.day):
            return (
                "The term of the seat's holder has ended."
                if right != Ballot.ALTERNATE
                else "Your term ended."
            )
        if right == Ballot.HOLDER:
            return self._passed_on(row)
        return self._of_holder(row) or (
            self._as_alternate(row) if right == Ballot.ALTERNATE else self._as_proxy()
        )

    def _of_holder(self, row: SeatAtMotion) -> str:
        """Return why nobody may vote in the place of a seat's holder: a conflict of theirs is the seat's."""
        if row.pk in self.waiting:
            return f"{row.name} counts as stood aside until its holder declares that they have no conflict."
        if row.holder and conflict_of(row.holder.person, self.motion.party, self.day) == CONFLICT:
            return "The seat's holder works for the party that the motion is about, or stands for it."
        return ""

    def _passed_on(self, row: SeatAtMotion) -> str:
        passed = self.passed.get(row.pk)
        return f"The vote of {row.name} was passed to {passed.to.name}." if passed else ""

    def _as_alternate(self, row: SeatAtMotion) -> str:
        if not self.rule.alternates:
            return "The scheme has no alternates."
        if self.passed.get(row.pk):
            return self._passed_on(row)
        cast = self.ballots.get(row.pk)
        if cast is not None and cast.right == Ballot.HOLDER:
            return f"The vote of {row.name} is cast, by {cast.cast_by.name} in person."
        if any(term.alternate_for_id is None for term in self.terms):
            return "Who holds a seat votes for another only as its proxy."
        others = [
            one for one in self.ballots.values() if one.right == Ballot.ALTERNATE and one.seat_id != row.pk
        ]
        if any(one.cast_by_id == self.person.pk for one in others):
            return "An alternate votes for one seat, and you did for another."
        return ""

    def _as_proxy(self) -> str:
        return "" if any(term.is_in_force(self.day) for term in self.terms) else "Your term ended."


def _declared(person: Person | None, motion: Motion) -> Declaration | None:
    """Return what somebody declared of themselves in the matter of a motion."""
    return next((one for one in declarations_of(motion) if person and one.person_id == person.pk), None)


def personal_refusal(person: Person, motion: Motion, day: dt.date) -> str:
    """Return why a conflict of their own keeps somebody from voting for any seat."""
    declared = _declared(person, motion)
    if declared is not None and declared.has_conflict:
        return "You declared a conflict."
    if person.pk in (barred := barred_at(motion)):
        return f"You have no vote on it: {barred[person.pk]}"
    conflict = conflict_of(person, motion.party, day)
    if conflict == CONFLICT:
        return "You work for the party that the motion is about, or stand for it."
    if any(one.person_id == person.pk for one in stood_aside_at(motion)):
        return "Your seat stood aside, and so do you."
    if conflict == NOT_KNOWN and declared is None:
        return "Nobody wrote down whom you work for: declare first that you have no conflict."
    return ""
