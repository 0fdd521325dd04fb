"""Who can vote when a vote opens: the seats of the body as they are on the day, and whose they are.

The rulebook says how many seats a body has; which they are and who holds them are rows. Where the two differ
nobody could say what a quorum is, so that a vote does not open.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from tallystick.decisions.counting import CHAIR
from tallystick.decisions.frozen import sitting_key
from tallystick.parties.models import Body, Membership, Organisation, Person, Seat, in_force
from tallystick.parties.policy.decision import stands_with
from tallystick.rulebook.rulebook import Rulebook

MEMBER = "member"
CONFLICT, NOT_KNOWN, NONE = "employer", "unknown", ""


class UnableToCallTheSeats(Exception):
    """The rulebook does not know the body, or has other seats than are entered."""


@dataclass(frozen=True)
class Called:
    """A seat on the day: its holder, and the alternates who may vote in the holder's absence."""

    seat: Seat
    constituency: str
    holder: Membership | None
    alternates: tuple[Membership, ...]


def called_on(body: Body, rulebook: Rulebook, day: dt.date) -> list[Called]:
    """Return the seats of a body on a day, by constituency in the rulebook's order and by name.

    :raises UnableToCallTheSeats: if the rulebook does not know the body, or has other seats
    """
    if body.key.lower() not in rulebook.bodies:
        raise UnableToCallTheSeats(f"The rulebook has no body {body.key.lower()!r}.")
    sitting = sitting_body(body, rulebook)
    stated = rulebook.seats_on(body.key.lower(), day)
    order = {name: place for place, name in enumerate(stated)}
    rows = list(Seat.objects.filter(in_force(day), body=sitting).order_by("name", "pk"))
    rows.sort(key=lambda one: order.get(one.constituency, len(order)))
    if not rows:
        raise UnableToCallTheSeats(f"{sitting.name} has no seats entered on {day}.")
    _check(Counter(one.constituency for one in rows), stated, sitting)
    terms: dict[int, list[Membership]] = {}
    held = (
        Membership.objects.filter(in_force(day), seat__body=sitting).select_related("person").order_by("pk")
    )
    for one in held:
        terms.setdefault(one.seat_id, []).append(one)
    return [_called(one, terms.get(one.pk, [])) for one in rows]


def sitting_body(body: Body, rulebook: Rulebook) -> Body:
    """Return the body whose people decide: of one that is an additional role, the one whose role it is.

    :raises UnableToCallTheSeats: if that one is not entered
    """
    own = body.key.lower()
    key = sitting_key(rulebook, own) if own in rulebook.bodies else own
    if key == own:
        return body
    found = Body.objects.filter(code=body.code, key__iexact=key).first()
    if found is None:
        raise UnableToCallTheSeats(f"{body.name} is a role of {key!r}, which is not entered.")
    return found


def conflict_of(person: Person, party: Organisation | None, day: dt.date) -> str:
    """Return how somebody stands to the party that a motion is about, as far as it is known.

    They work for it or stand for it, nobody wrote down whom they work for, or neither.
    """
    if party is None:
        return NONE
    found = stands_with(person.pk, day)
    if party.pk in found.parties:
        return CONFLICT
    return NOT_KNOWN if found.any_party else NONE


def _called(seat: Seat, terms: list[Membership]) -> Called:
    holder = next((one for one in terms if one.alternate_for_id is None), None)
    alternates = tuple(one for one in terms if holder is not None and one.alternate_for_id == holder.pk)
    return Called(seat, seat.constituency or MEMBER, holder, alternates)


def _check(entered: Mapping[str, int], stated: Mapping[str, int], body: Body) -> None:
    for name in [*stated, *entered] if stated else []:
        there, wanted = entered.get(name, 0), stated.get(name, 0)
        if there != wanted and name != CHAIR:
            of = f" for {name!r}" if name else " of no constituency"
            raise UnableToCallTheSeats(
                f"The rulebook gives {body.name} {wanted} seats{of}, and {there} are entered. "
                "Enter each, also one that is vacant."
            )
