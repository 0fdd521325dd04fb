"""How acts on organisations, bodies and people name what they changed in the journal."""

import datetime as dt

from tallystick.journal.operations import record
from tallystick.journal.subjects import Subject
from tallystick.parties.acting import Acting
from tallystick.parties.models import Body, Membership, Organisation, Person, Role, Seat

PUBLIC, RESTRICTED = "white", "amber"


def of_organisation(organisation: Organisation) -> Subject:
    return Subject("", "party", organisation.handle, PUBLIC)


def of_body(body: Body) -> Subject:
    return Subject(body.code, "body", body.handle, PUBLIC)


def of_seat(seat: Seat) -> Subject:
    return Subject(seat.body.code, "body", seat.handle, PUBLIC)


def of_membership(membership: Membership) -> Subject:
    return Subject(membership.seat.body.code, "body", membership.handle, PUBLIC)


def of_person(person: Person) -> Subject:
    return Subject("", "person", person.handle, RESTRICTED)


def of_role(role: Role) -> Subject:
    return Subject(role.code, "person", role.handle, RESTRICTED)


def enter(act: str, subject: Subject, by: Acting, at: dt.datetime, said: str, **facts: object) -> None:
    """Write the entry of an act of this room: what is left out of `facts` was none."""
    stated = {name: fact for name, fact in facts.items() if fact is not None}
    record(act=f"parties.{act}", subject=subject, by=by.actor, at=at, said=said, facts=stated)


def written(day: dt.date) -> str:
    """Return a day as entries state it: 1 April 2021."""
    return f"{day.day} {day:%B %Y}"
