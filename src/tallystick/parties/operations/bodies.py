"""Bodies of a code, their seats, and who holds them for a term."""

import datetime as dt
from typing import Any, Literal

from django.db import transaction

from tallystick.parties.acting import Acting
from tallystick.parties.models import Body, Membership, Organisation, Person, Seat
from tallystick.parties.operations.entries import enter, of_body, of_membership, of_seat, written

# Of whom it is not known, None, it counts that they may work for any party.
Employer = Organisation | Literal["nobody"] | None


class UnableToAddBody(Exception):
    """Another body of the code has the key."""


class UnableToAddSeat(Exception):
    """The body has a seat of that name."""


class UnableToSeat(Exception):
    """Somebody holds the seat, or the one to stand in for is gone."""


class UnableToEndMembership(Exception):
    """It has ended, or it would end before it began."""


@transaction.atomic
def add_body(*, key: str, name: str, from_on: dt.date, by: Acting, at: dt.datetime) -> Body:
    """Add a body of the code, such as the Operations Group under the key OPSG."""
    if Body.objects.filter(code=by.code, key__iexact=key).exists():
        raise UnableToAddBody(f"A body has the key {key}.")
    body = Body.objects.create(code=by.code, key=key, name=name, from_on=from_on)
    enter("add_body", of_body(body), by, at, f"added the body {name}", key=key, from_on=from_on.isoformat())
    return body


@transaction.atomic
def add_seat(
    *, body: Body, name: str, constituency: str, from_on: dt.date, by: Acting, at: dt.datetime
) -> Seat:
    """Add a seat for a constituency such as a category of parties, or for none."""
    body = Body.objects.select_for_update().get(pk=body.pk)
    if body.seats.filter(name__iexact=name, until_on=None).exists():
        raise UnableToAddSeat(f"{body.name} has the seat {name}.")
    seat = Seat.objects.create(body=body, name=name, constituency=constituency, from_on=from_on)
    said = f"added the seat {name} to {body.name}"
    enter("add_seat", of_seat(seat), by, at, said, constituency=constituency, from_on=from_on.isoformat())
    return seat


@transaction.atomic
def seat_member(
    *,
    seat: Seat,
    person: Person,
    employer: Employer,
    from_on: dt.date,
    by: Acting,
    at: dt.datetime,
) -> Membership:
    """Let a person hold a seat from a day on; `employer` is whom they work for besides, if it is known."""
    seat = Seat.objects.select_for_update().select_related("body").get(pk=seat.pk)
    holder = seat.memberships.filter(until_on=None, alternate_for=None).select_related("person").first()
    if holder is not None:
        raise UnableToSeat(f"{holder.person.name} holds the seat. Their term has to end first.")
    made = Membership.objects.create(seat=seat, person=person, from_on=from_on, **_works_for(employer))
    said = f"gave {person.name} the seat {seat.name} on {seat.body.name} from {written(from_on)}"
    works_for = employer.handle if isinstance(employer, Organisation) else employer
    enter("seat_member", of_membership(made), by, at, said, person=person.handle, employer=works_for)
    return made


@transaction.atomic
def seat_alternate(
    *,
    member: Membership,
    person: Person,
    employer: Employer,
    from_on: dt.date,
    by: Acting,
    at: dt.datetime,
) -> Membership:
    """Let a person stand in for a member from a day on."""
    seat = Seat.objects.select_for_update().select_related("body").get(pk=member.seat_id)
    if member.alternate_for_id is not None or not member.is_in_force(from_on):
        raise UnableToSeat("One stands in for a member whose term runs, not for another alternate.")
    if person == member.person:
        raise UnableToSeat(f"{person.name} is the member.")
    made = Membership.objects.create(
        seat=seat, person=person, from_on=from_on, alternate_for=member, **_works_for(employer)
    )
    said = f"made {person.name} alternate of {member.person.name} on {seat.body.name} from {written(from_on)}"
    works_for = employer.handle if isinstance(employer, Organisation) else employer
    enter("seat_alternate", of_membership(made), by, at, said, person=person.handle, employer=works_for)
    return made


@transaction.atomic
def end_membership(*, membership: Membership, until_on: dt.date, by: Acting, at: dt.datetime) -> Membership:
    """End a term: `until_on` is the first day on which the seat is not held."""
    held = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("seat__body", "person")
        .get(pk=membership.pk)
    )
    if held.until_on is not None and held.until_on <= until_on:
        raise UnableToEndMembership(f"It ended on {written(held.until_on)}.")
    if until_on < held.from_on:
        raise UnableToEndMembership(f"It began on {written(held.from_on)}, which is later.")
    held.until_on = until_on
    held.save(update_fields=["until_on"])
    said = f"ended the term of {held.person.name} on {held.seat.body.name} with {written(until_on)}"
    enter("end_membership", of_membership(held), by, at, said, until_on=until_on.isoformat())
    return held


def _works_for(employer: Employer) -> dict[str, Any]:
    if employer == "nobody":
        return {"is_independent": True}
    return {"employer": employer}
