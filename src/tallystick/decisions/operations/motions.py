"""A motion from its draft to the opening of its vote, or to its end without one."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from tallystick.decisions.electorate import (
    CONFLICT,
    NOT_KNOWN,
    Called,
    UnableToCallTheSeats,
    called_on,
    conflict_of,
)
from tallystick.decisions.frozen import Rule
from tallystick.decisions.marks import class_of
from tallystick.decisions.models import Barred, Motion, SeatAtMotion, StoodAside, new_reference
from tallystick.decisions.operations.asides import put_aside
from tallystick.decisions.operations.entries import enter, locked, written_once
from tallystick.decisions.rolls import barred_at
from tallystick.decisions.worded import named, worded
from tallystick.parties.acting import Acting
from tallystick.parties.models import Body, Organisation, Person
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.parties.rulebooks import rulebook_of

LONGEST_TITLE = 200
OF_A_FORM = ("title", "question", "does", "scheme", "body_id", "party_id", "classification")
MOST_WEIGHT = 2**53


class UnableToPutMotion(Exception):
    """Nobody has signed in, something is not said, the body votes otherwise, or the form put another."""


class UnableToOpenMotion(Exception):
    """It is no draft, would close before it opens, is of no body any more, or nobody can say who votes."""


class UnableToWithdrawMotion(Exception):
    """It has ended already, or no reason is given."""


@dataclass(frozen=True)
class Bar:
    """Somebody who has no vote on a motion, and why."""

    person: Person
    words: str


@dataclass(frozen=True)
class Put:
    """What is put to a body. `does` is what approval would do; `key` is that of the form.

    `classification` is empty for the class that motions carry, or names a stricter one. `bars` are those who
    decided before on what it is about. `about` is the reference of the matter on whose page it was put.
    """

    title: str
    question: str
    does: str
    body: Body
    scheme: str
    key: str
    party: Organisation | None = None
    classification: str = ""
    bars: tuple[Bar, ...] = ()
    about: str = ""


@transaction.atomic
@unscoped(BY_AN_ACT)
def put_motion(*, put: Put, by: Acting, at: dt.datetime) -> Motion:
    """Draft a motion. The same form again gives the motion that it put.

    :raises UnableToPutMotion: if nobody has signed in, something is not said, or the body does not vote so
    """
    if by.person is None:
        raise UnableToPutMotion("A motion is put by somebody.")
    there = _put_before(put, by)
    if there is not None:
        return there
    _check(put, by)
    motion, is_new = written_once(lambda: _drafted(put, by, at), lambda: _put_before(put, by))
    if not is_new:
        return motion
    for one in put.bars:
        Barred(motion=motion, person=one.person, words=one.words).save(force_insert=True)
    barred = {"barred": [one.person.handle for one in put.bars]} if put.bars else {}
    said = f"drafted {motion.reference} for {put.body.name}: {motion.title}"
    about = {"about": put.about} if put.about else {}
    told = {"motion": motion.reference, "scheme": put.scheme, "does": motion.does, **about, **barred}
    told |= named(*worded(motion, "title", "question", "does"))
    enter("put_motion", motion, by, at, said, **told)
    return motion


@transaction.atomic
@unscoped(BY_AN_ACT)
def open_motion(
    *,
    motion: Motion,
    closes_at: dt.datetime,
    weights: Mapping[str, int] | None = None,
    by: Acting,
    at: dt.datetime,
) -> Motion:
    """Open the vote on a motion: freeze the scheme and who can vote, and put conflicts aside.

    Opening it again until the same moment changes nothing.

    :param weights: of each seat, by its handle, where the scheme weighs votes
    :raises UnableToOpenMotion: if it is no draft, would close before it opens, or it cannot be said who votes
    """
    held = locked(motion)
    if held.state == Motion.OPEN and held.closes_at == closes_at and _weighs_as(held, weights):
        return held
    if held.state != Motion.DRAFT:
        raise UnableToOpenMotion(f"{held.reference} is {held.get_state_display().lower()}, and no draft.")
    if closes_at <= at:
        raise UnableToOpenMotion("The vote would close before it opens. Give it a later end.")
    rulebook, rule = rulebook_of(held.code), _rule(held, by.day)
    try:
        called = called_on(held.body, rulebook, by.day)
    except UnableToCallTheSeats as refusal:
        raise UnableToOpenMotion(str(refusal)) from refusal
    seats = _seated(held, called, _weights(rule, called, weights), by.day)
    held.rule, held.edition, held.state = rule.as_row(), rulebook.edition, Motion.OPEN
    held.publicity, held.opened_at, held.closes_at = Motion.ISSUED, at, closes_at
    able = sum(one.state == SeatAtMotion.FILLED for one in seats)
    said = f"opened the vote on {held.reference} to {able} of {len(seats)} seats of {held.body.name}"
    facts = [facts_of(one) for one in seats]
    entry = enter("open_motion", held, by, at, said, motion=held.reference, scheme=rule.counts, seats=facts)
    held.opened_entry = entry.seq
    held.save()
    for one in (seat for seat in seats if seat.state == SeatAtMotion.ASIDE):
        why, words = _why_aside(held, one)
        put_aside(held, one, why, by, at, words)
    return held


@transaction.atomic
@unscoped(BY_AN_ACT)
def withdraw_motion(*, motion: Motion, because: str, by: Acting, at: dt.datetime) -> Motion:
    """Take a motion back, before its vote opens or while it runs; nothing is counted then.

    :raises UnableToWithdrawMotion: if it has ended, or no reason is given
    """
    held = locked(motion)
    if held.state == Motion.WITHDRAWN:
        return held
    if held.state == Motion.CLOSED:
        raise UnableToWithdrawMotion(f"The vote on {held.reference} is closed.")
    if not because.strip():
        raise UnableToWithdrawMotion("Say why it is withdrawn.")
    # What nobody outside the office has seen stays there.
    held.publicity = Motion.CLOSED if held.state == Motion.OPEN else Motion.DRAFT
    held.state, held.because, held.closed_at = Motion.WITHDRAWN, because.strip(), at
    held.save()
    said = f"withdrew {held.reference}"
    told = {"because": held.because, **named(*worded(held, "because"))}
    enter("withdraw_motion", held, by, at, said, motion=held.reference, **told)
    return held


def facts_of(seat: SeatAtMotion) -> dict[str, object]:
    """Return a seat as the entry that opens a motion says it."""
    return {
        "seat": seat.seat.handle,
        "constituency": seat.constituency,
        "weight": seat.weight,
        "state": seat.state,
    }


def _drafted(put: Put, by: Acting, at: dt.datetime) -> Motion:
    return Motion(
        code=by.code,
        classification=class_of(rulebook_of(by.code), "motion", by.day, put.party, put.classification),
        party=put.party,
        body=put.body,
        reference=new_reference("MOT", by.day.year),
        title=put.title.strip(),
        question=put.question.strip(),
        does=put.does.strip(),
        scheme=put.scheme,
        put_by=by.person,
        put_at=at,
        key=put.key,
    )


def _put_before(put: Put, by: Acting) -> Motion | None:
    """Return the motion that the form put before.

    :raises UnableToPutMotion: if the form said something else then
    """
    there: Motion | None = Motion.objects.filter(put_by=by.person, key=put.key).first()
    if there is None:
        return None
    again = _drafted(put, by, there.put_at)
    if any(getattr(again, name) != getattr(there, name) for name in OF_A_FORM):
        raise UnableToPutMotion(
            f"This form put {there.reference} before, which stays as it is. "
            "Open the page again to put another."
        )
    return there


def _check(put: Put, by: Acting) -> None:
    for what, said in (("title", put.title), ("question", put.question), ("effect of approval", put.does)):
        if not said.strip():
            raise UnableToPutMotion(f"Say the {what}.")
    if len(put.title.strip()) > LONGEST_TITLE:
        raise UnableToPutMotion(f"A title has {LONGEST_TITLE} characters at most.")
    if not put.key:
        raise UnableToPutMotion("The form has no key, so that it could be put twice. Open the page again.")
    if put.body.code != by.code or not put.body.is_in_force(by.day):
        raise UnableToPutMotion(f"{put.body.name} is no body of this code today.")
    key, rulebook = put.body.key.lower(), rulebook_of(by.code)
    offered = [one.key for one in rulebook.schemes_of(key, by.day)]
    if put.scheme not in offered:
        may_use = f"It votes by {', '.join(offered)}." if offered else "The rulebook gives it no scheme."
        raise UnableToPutMotion(f"{put.body.name} does not vote by {put.scheme[:60]!r}. {may_use}")


def _rule(motion: Motion, day: dt.date) -> Rule:
    if not motion.body.is_in_force(day):
        raise UnableToOpenMotion(f"{motion.body.name} is no body of this code today.")
    key, rulebook = motion.body.key.lower(), rulebook_of(motion.code)
    if motion.scheme not in [one.key for one in rulebook.schemes_of(key, day)]:
        raise UnableToOpenMotion(f"The rulebook has no scheme {motion.scheme!r} of {motion.body.name} now.")
    return Rule.of(rulebook, key, motion.scheme, day)


def _weights(rule: Rule, called: Sequence[Called], told: Mapping[str, int] | None) -> Mapping[str, int]:
    """Return the weight of each seat by its handle: told where votes are weighed, else 1."""
    handles = {one.seat.handle: one.seat.name for one in called}
    if rule.counts["method"] != "weighted":
        if told:
            raise UnableToOpenMotion("This scheme weighs no votes: every seat has one.")
        return dict.fromkeys(handles, 1)
    wanting = [name for handle, name in handles.items() if handle not in (told or {})]
    if told is None or wanting:
        raise UnableToOpenMotion(f"This scheme weighs votes: say the weight of {', '.join(wanting)}.")
    odd = [name for handle, name in handles.items() if not 0 <= told[handle] <= MOST_WEIGHT]
    if odd or set(told) - set(handles):
        raise UnableToOpenMotion("A weight is a whole number of one of the seats, and not negative.")
    return told


def _weighs_as(opened: Motion, told: Mapping[str, int] | None) -> bool:
    """Tell whether the seats of an opened vote have the weights that are told, where any are."""
    return not told or {one.seat.handle: one.weight for one in opened.seats.select_related("seat")} == told


def _why_aside(motion: Motion, seat: SeatAtMotion) -> tuple[str, str]:
    """Return why a seat stands aside when the vote opens, and the words for it, if there are any."""
    words = barred_at(motion).get(seat.holder.person_id, "") if seat.holder else ""
    return (StoodAside.BARRED, words) if words else (StoodAside.EMPLOYER, "")


def _seated(
    motion: Motion, called: Sequence[Called], weights: Mapping[str, int], day: dt.date
) -> list[SeatAtMotion]:
    seats, barred = [], barred_at(motion)
    for place, one in enumerate(called):
        conflict = conflict_of(one.holder.person, motion.party, day) if one.holder else ""
        is_barred = one.holder is not None and one.holder.person_id in barred
        state = SeatAtMotion.ASIDE if conflict == CONFLICT or is_barred else SeatAtMotion.FILLED
        row = SeatAtMotion(
            motion=motion,
            seat=one.seat,
            place=place,
            name=one.seat.name,
            constituency=one.constituency,
            weight=weights[one.seat.handle],
            holder=one.holder,
            state=state if one.holder else SeatAtMotion.VACANT,
            must_declare=conflict == NOT_KNOWN and not is_barred,
        )
        row.save(force_insert=True)
        if one.alternates:
            row.alternates.add(*one.alternates)
        seats.append(row)
    if not any(one.state == SeatAtMotion.FILLED for one in seats):
        raise UnableToOpenMotion(f"No seat of {motion.body.name} could vote on it.")
    return seats
