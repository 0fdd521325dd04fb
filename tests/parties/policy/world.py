"""A small world: rows with a class, in a table of their own, and people in every capacity."""

import datetime as dt
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.apps.registry import Apps
from django.db import models

from tallystick.parties.acting import Acting
from tallystick.parties.classified import Classified
from tallystick.parties.models import Body, Membership, Organisation, Person, Role, Seat
from tallystick.parties.policy.predicates import CLASSES, PUBLIC, STATES

DAY = dt.date(2021, 8, 25)
NOW = dt.datetime(2021, 8, 25, 9, 0, tzinfo=dt.UTC)
BEGAN = dt.date(2020, 1, 1)
CODE = "sec"


class Thing(Classified):
    """A row of any type: the type is set on the row, so that one table serves all."""

    TYPE = "finding"

    class Meta:
        app_label = "world"
        apps = Apps()  # a registry of its own: no other test meets this table


@dataclass(frozen=True)
class World:
    """Three parties, two bodies, and people by what they stand with besides.

    Of the last person nobody wrote down whom they work for.
    """

    parties: tuple[Organisation, ...]
    bodies: tuple[Body, ...]
    people: tuple[Person, ...]

    def acting(
        self,
        role: str,
        *,
        party: int = 0,
        body: int = 0,
        person: int = 0,
        factor: dt.datetime | None = NOW,
        code: str = CODE,
    ) -> Acting:
        """Return somebody in a role; party, body and person by their place in the world."""
        if role == PUBLIC:
            return Acting(code, DAY)
        held = Role(
            person=self.people[person],
            code=code,
            role=role,
            organisation=self.parties[party] if role in (*Role.OF_A_PARTY, Role.INGEST) else None,
            body=self.bodies[body] if role in (*Role.ON_A_BODY, Role.SECRETARY) else None,
            from_on=BEGAN,
        )
        return Acting(code, DAY, self.people[person], held, factor)


def made() -> World:
    """Make the world: a person of nobody, one employed by the first party, one a delegate of the second.

    The second's delegate works for nobody besides; of the fourth person it is not known.
    """
    names = ("Alderbrook Energy", "Brightwater Power", "Cairn Valley Energy")
    parties = tuple(Organisation.objects.create(slug=name[:4].lower(), name=name) for name in names)
    bodies = tuple(
        Body.objects.create(code=CODE, key=key, name=key, from_on=BEGAN) for key in ("PAB", "OPSG")
    )
    people = tuple(
        Person.objects.create(email=f"{name}@example.org", name=name)
        for name in ("ora", "pim", "quin", "rex")
    )
    for person, works_for in (
        (people[0], {"is_independent": True}),
        (people[1], {"employer": parties[0]}),
        (people[2], {"is_independent": True}),
        (people[3], {}),
    ):
        seat = Seat.objects.create(body=bodies[0], name=f"Seat of {person}", from_on=BEGAN)
        Membership.objects.create(seat=seat, person=person, from_on=BEGAN, **works_for)
    Role.objects.create(
        person=people[2], code=CODE, role="party_delegate", organisation=parties[1], from_on=BEGAN
    )
    return World(parties, bodies, people)


def thing(**facts: Any) -> Thing:
    return Thing(**{"code": CODE, **facts})


def every_thing(world: World) -> list[Thing]:
    """Return a row of every class, state, party and body, with classes and states nobody knows among them."""
    return [
        thing(classification=cls, publicity=state, party=party, body=body)
        for cls, state, party, body in product(
            (*CLASSES, ""), (*STATES, ""), (None, *world.parties), (None, *world.bodies)
        )
    ]


def keep(rows: list[Thing]) -> None:
    """Write rows past the rule that each is written by an act."""
    things().bulk_create(rows)


def things() -> models.QuerySet[Any]:
    """Return all rows, past the rule that they are found by who may see them."""
    return models.QuerySet(Thing)
