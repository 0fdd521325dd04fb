"""Who decided on a matter, and so hears no appeal of it.

Of a vote these are the holders of the seats that could vote, and whoever voted in the place of one; of a
decision without a vote, the members that the body had on that day. Who decided on the query decided as well.
"""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from tallystick.challenges.matter import Matter
from tallystick.challenges.models import Challenge
from tallystick.decisions.electorate import UnableToCallTheSeats, sitting_body
from tallystick.decisions.matters import Barred
from tallystick.decisions.models import Ballot, Motion, SeatAtMotion
from tallystick.decisions.operations.motions import Bar
from tallystick.parties.models import Body, Membership, Person
from tallystick.parties.once import once
from tallystick.parties.policy.guard import unscoped
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.decided import Decided

WHY = "Compares who decided with who hears the appeal, of a challenge that was found before."


def day_of(decided: Decided) -> dt.date:
    """Return the day on which something was decided."""
    if not isinstance(decided, Motion):
        return decided.on
    assert decided.closed_at is not None  # noqa: S101 - what was decided by a vote was closed
    return timezone.localtime(decided.closed_at).date()


@once
@unscoped(WHY)
def who_decided(decided: Decided) -> frozenset[int]:
    """Return the keys of those who decided: who stood aside, or held no seat then, did not."""
    if not isinstance(decided, Motion):
        return _members(decided.body, decided.on)
    filled = decided.seats.filter(state=SeatAtMotion.FILLED, stood_aside=None)
    held = filled.values_list("holder__person", flat=True)
    cast = Ballot.objects.filter(motion=decided, is_standing=True).values_list("cast_by", flat=True)
    return frozenset(held.union(cast))


def deciders(matter: Matter) -> dict[int, str]:
    """Return who decided on what is challenged, by key, each with the reference of what they decided last."""
    row = matter.row
    if not isinstance(row, Challenge):
        return {}
    found: dict[int, str] = {}
    for one in (row.decided, *_on_the_query(matter, row.decided.body)):
        found |= dict.fromkeys(who_decided(one), one.reference)
    return found


@unscoped(WHY)
def bars_of(matter: Matter) -> tuple[Bar, ...]:
    """Return who has no vote on the appeal, and why, as the motion says it."""
    found = deciders(matter)
    persons = Person.objects.filter(pk__in=found).order_by("name", "pk")
    return tuple(
        Bar(one, f"took part in {found[one.pk]}, which {matter.row.reference} challenges") for one in persons
    )


def sat_in_both(matter: Matter, heard: Iterable[Decided], body: Body | None, on: dt.date) -> int:
    """Return how many of those who decided hear the appeal as well.

    :param heard: what the hearing body decided that could be carried out; where it decided nothing yet, its
        members on the day count, but for those who are barred from a motion that was put to it
    """
    before = deciders(matter).keys()
    told = [len(before & who_decided(one)) for one in heard]
    if told:
        return min(told)
    both = before & _members(body, on) if body is not None else frozenset()
    return len(both - _barred(matter, body)) if both and body is not None else 0


def barred(matter: Matter, body: Body, on: dt.date) -> list[str]:
    """Return who of a body decided before and so has no vote on the appeal that it hears, by name."""
    before = deciders(matter).keys()
    return sorted(
        {one.person.name for one in _terms(body) if one.person_id in before and one.is_in_force(on)}
    )


def _members(body: Body, on: dt.date) -> frozenset[int]:
    return frozenset(one.person_id for one in _terms(body) if one.is_in_force(on))


@once
@unscoped(WHY)
def _terms(body: Body) -> tuple[Membership, ...]:
    """Return every term on a body, or on the one whose role it is, whenever it is or was."""
    try:
        sitting = sitting_body(body, rulebook_of(body.code))
    except UnableToCallTheSeats:
        sitting = body
    return tuple(Membership.objects.filter(seat__body=sitting).select_related("person").order_by("pk"))


@unscoped(WHY)
def _barred(matter: Matter, body: Body) -> frozenset[int]:
    """Return who is barred from a motion about the party that was put to a body since it has the appeal."""
    told = Barred.objects.filter(motion__body=body, motion__party=matter.row.party_id)
    if matter.since is None:
        return frozenset()
    return frozenset(told.filter(motion__put_at__gte=matter.since).values_list("person", flat=True))


def _on_the_query(matter: Matter, body: Body) -> list[Decided]:
    """Return what the body that decided first has decided since, as steps of the challenge carried it out."""
    carried = [one.carried for one in matter.steps if hasattr(one, "carried")]
    told: list[Decided | None] = [one.motion or one.decision for one in carried]
    return [one for one in told if one is not None and one.body_id == body.pk]
