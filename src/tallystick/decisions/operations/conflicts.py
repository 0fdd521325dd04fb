"""What members declare of themselves in a matter that is voted on."""

import datetime as dt

from django.db import transaction

from tallystick.decisions.electorate import CONFLICT, conflict_of
from tallystick.decisions.matters import Declaration
from tallystick.decisions.models import Motion, StoodAside
from tallystick.decisions.operations.asides import put_aside
from tallystick.decisions.operations.entries import enter, locked
from tallystick.parties.acting import Acting
from tallystick.parties.models import Person
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped


class UnableToDeclare(Exception):
    """The vote is not open, one is no member at it, or it is known or was declared otherwise."""


@transaction.atomic
@unscoped(BY_AN_ACT)
def declare_no_conflict(*, motion: Motion, by: Acting, at: dt.datetime) -> Declaration:
    """Declare that one has no conflict in the matter: who was not known to have none may then read and vote.

    :raises UnableToDeclare: if the vote is not open, one is no member at it, or works for the party
    """
    held = locked(motion)
    person = _member(held, by)
    there = held.declarations.filter(person=person).first()
    if there is not None and not there.has_conflict:
        found: Declaration = there
        return found
    if there is not None:
        raise UnableToDeclare("You declared a conflict, which stands.")
    if conflict_of(person, held.party, by.day) == CONFLICT:
        raise UnableToDeclare("You work for the party that the motion is about, or stand for it.")
    declared = Declaration(motion=held, person=person, has_conflict=False, at=at)
    declared.save(force_insert=True)
    said = f"declared no conflict on {held.reference}"
    enter("declare_no_conflict", held, by, at, said, motion=held.reference, person=person.handle)
    return declared


@transaction.atomic
@unscoped(BY_AN_ACT)
def stand_aside(*, motion: Motion, words: str, by: Acting, at: dt.datetime) -> Declaration:
    """Declare a conflict: the seat one holds has no vote, whatever was cast for it before. It stands.

    An alternate or a proxy who declares one votes for nobody; the seat keeps its vote.

    :raises UnableToDeclare: if the vote is not open, one is no member at it, or nothing is said
    """
    held = locked(motion)
    person = _member(held, by)
    there = held.declarations.filter(person=person).first()
    if there is not None and there.has_conflict:
        found: Declaration = there
        return found
    if not words.strip():
        raise UnableToDeclare("Say what the conflict is.")
    if there is not None:
        there.has_conflict, there.at = True, at
        there.save(update_fields=["has_conflict", "at"])
    declared = there or Declaration(motion=held, person=person, has_conflict=True, at=at)
    if there is None:
        declared.save(force_insert=True)
    own = held.seats.filter(holder__person=person, stood_aside=None).select_related("seat", "holder")
    seats = list(own.order_by("place"))
    for one in seats:
        put_aside(held, one, StoodAside.DECLARED, by, at, words.strip())
    if not seats:
        said = f"declared a conflict on {held.reference}, as no holder of a seat"
        told = {"motion": held.reference, "person": person.handle, "words": words.strip()}
        enter("declare_conflict", held, by, at, said, **told)
    return declared


def _member(motion: Motion, by: Acting) -> Person:
    if motion.state != Motion.OPEN:
        raise UnableToDeclare(f"The vote on {motion.reference} is not open.")
    if by.person is None or by.body is None or by.body.pk != motion.body_id:
        raise UnableToDeclare(f"Members of {motion.body} declare, acting on it.")
    seats = motion.seats.all()
    if not (
        seats.filter(holder__person=by.person).exists()
        or seats.filter(alternates__person=by.person).exists()
        or by.name == "chair"
    ):
        raise UnableToDeclare("You hold no seat at this vote and are nobody's alternate.")
    return by.person
