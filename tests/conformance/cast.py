"""Everybody who knocks: one in each role, the public, a stranger with an account, and three in odd places.

Nobody wrote down whom the one who is unplaced works for: it counts that they stand with every party.
"""

import datetime as dt
from collections.abc import Callable

from django.test import Client

from tallystick.parties.models import Body, Category, Membership, Organisation, Person, Role, Seat
from tests.conformance.judge import Who
from tests.site.entering import enter

ALFA, BRVO, CHLY = "alderbrook-energy", "brightwater-power", "cairn-valley-energy"
PARTIES = {ALFA: "Alderbrook Energy", BRVO: "Brightwater Power", CHLY: "Cairn Valley Energy"}
PAB = "PAB"
BEGAN = dt.date(2015, 1, 1)
OF_PARTIES = (Role.PARTY_DELEGATE, Role.PROPOSER, Role.INGEST)
ON_A_BODY = (Role.BOARD_MEMBER, Role.CHAIR)
OF_THE_OFFICE = (
    Role.SECRETARY,
    Role.ANALYST,
    Role.CHANGE_TEAM,
    Role.AUDITOR,
    Role.OBSERVER,
    Role.ADMINISTRATOR,
)
CAST = (
    Who("public", is_signed_in=False),
    Who("stranger"),
    *(Who(role, role, party=ALFA) for role in OF_PARTIES),
    *(Who(role, role, body=PAB) for role in ON_A_BODY),
    Who(Role.COMMITTEE_MEMBER, Role.COMMITTEE_MEMBER, body="OPSG"),
    *(Who(role, role) for role in OF_THE_OFFICE),
    Who("seconded", Role.BOARD_MEMBER, body=PAB, near=frozenset({BRVO})),
    Who("unplaced", Role.BOARD_MEMBER, body=PAB, near=frozenset({ALFA, BRVO, CHLY})),
    Who("newcomer", Role.PARTY_DELEGATE, party=CHLY),
)
BY_NAME = {who.name: who for who in CAST}
# People who knock nowhere, and whose names stand on what they did.
BEHIND = ("sender", "enterer", "asker", "doer", "holder")


class Crowd:
    """The people, organisations and bodies as rows. Every name and address of a person is a secret."""

    def __init__(self, secret: Callable[[], str]) -> None:
        self.parties = {slug: _organisation(slug, name) for slug, name in PARTIES.items()}
        self.bodies = {key: _body(key) for key in (PAB, "OPSG")}
        signed_in = [who.name for who in CAST if who.is_signed_in]
        self.people = {name: _person(secret(), secret()) for name in (*signed_in, *BEHIND)}
        self.roles = {who.name: self._role(who) for who in CAST if who.role != "public"}
        self._seat("holder")
        self._seat("seconded", employer=self.parties[BRVO])
        for name in (*ON_A_BODY, Role.COMMITTEE_MEMBER):
            self._seat(name, works_for_nobody=True)

    def _role(self, who: Who) -> Role:
        return Role.objects.create(
            person=self.people[who.name],
            code="sec",
            role=who.role,
            from_on=BEGAN,
            organisation=self.parties.get(who.party),
            body=self.bodies.get(who.body),
        )

    def _seat(
        self, name: str, employer: Organisation | None = None, *, works_for_nobody: bool = False
    ) -> None:
        seat = Seat.objects.create(body=self.bodies[PAB], name=f"Seat of the {name}", from_on=BEGAN)
        Membership.objects.create(
            seat=seat,
            person=self.people[name],
            employer=employer,
            is_independent=works_for_nobody,
            from_on=BEGAN,
        )

    def client(self, who: Who) -> Client:
        """Return a browser in which somebody has signed in just now, with a second factor."""
        client = Client(raise_request_exception=False)
        if who.is_signed_in:
            enter(client, self.people[who.name], self.roles.get(who.name))
        return client


def _organisation(slug: str, name: str) -> Organisation:
    made = Organisation.objects.create(slug=slug, name=name)
    Category.objects.create(organisation=made, code="sec", category="large_supplier", from_on=BEGAN)
    return made


def _body(key: str) -> Body:
    return Body.objects.create(code="sec", key=key, name=f"The {key}", from_on=BEGAN)


def _person(name: str, mailbox: str) -> Person:
    return Person.objects.create(name=name, email=f"{mailbox}@example.org")
