"""Whoever is there in a simulated year: parties and their delegates, the office, the boards and members."""

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import Any

from tallystick.parties.acting import Acting
from tallystick.parties.models import Body, Membership, Organisation, Person, Role, Seat
from tallystick.parties.operations.bodies import add_body, add_seat, end_membership, seat_member
from tallystick.parties.operations.organisations import add_organisation, categorise, set_standing
from tallystick.parties.operations.people import end_role, give_role, invite
from tallystick.parties.rulebooks import rulebook_of
from tests.simulation.desk import Desk
from tests.simulation.law import ONE

CODE = "sec"
BEGINS = dt.date(2021, 9, 1)
SINCE = dt.date(2021, 8, 10)
OPERATOR = Acting(CODE, BEGINS, stands_for="System administrator, command line")
STEMS = (
    *("Alderbrook", "Brightwater", "Cairn Valley", "Dovecote", "Elmcroft", "Fellside", "Gorsebank"),
    *("Harbourlight", "Ilexmoor", "Juniper", "Kestrel", "Larchfield", "Millrace", "Northgarth"),
    *("Otterburn", "Pennywell", "Quarrybank", "Rowanlea", "Saltmarsh", "Thornfield"),
)
NAMES = tuple(f"{stem} {kind}" for kind in ("Energy", "Power") for stem in STEMS)
CATEGORIES = ("large_supplier", "small_supplier", "electricity_network", "gas_network", "other_sec_party")
# The seats of the Panel as the rulebook states them.
PANEL = (
    *("large_supplier",) * 2,
    *("small_supplier",) * 2,
    *("electricity_network", "gas_network", "other_sec_party", "other_sec_party", "dcc"),
    *("consumer", "consumer"),
)
OF_THE_PAB = 5


class Town:
    """People by name with the role they act in, parties with their delegates, and the two boards."""

    def __init__(self, desk: Desk, parties: int) -> None:
        self.desk, self.people = desk, 0
        desk.on(SINCE)
        self.parties = [self._party(name, place) for place, name in enumerate(NAMES[:parties])]
        self.gone: set[str] = set()
        self.pab, self.panel = self._body("PAB", "The PAB"), self._body("PANEL", "The Panel")
        self.jo, self.kit = self.role("Jo Lind", Role.ANALYST), self.role("Kit Orme", Role.ANALYST)
        self.sam, self.aud = self.role("Sam Birch", Role.SECRETARY), self.role("Aud Wray", Role.AUDITOR)
        self.obs = self.role("Obi Fenn", Role.OBSERVER)
        self.delegates = {one.slug: self.role("", Role.PARTY_DELEGATE, one) for one in self.parties}
        self.terms: dict[str, list[Membership]] = {"PAB": [], "PANEL": []}
        self.members: dict[int, Role] = {}
        self.chairs = {"PAB": self._chair(self.pab, ""), "PANEL": self._chair(self.panel, "chair")}
        for place in range(OF_THE_PAB):
            self._seat(self.pab, "", self._employer(place))
        for place, constituency in enumerate(PANEL):
            self._seat(self.panel, constituency, self._employer(place + 1))
        self._sits_on_both()

    def acting(self, role: Role, day: dt.date) -> Acting:
        return Acting(CODE, day, role.person, role, dt.datetime.combine(day, dt.time(8), dt.UTC))

    def role(self, name: str, role: str, of: Organisation | Body | None = None, day: dt.date = SINCE) -> Role:
        """Invite somebody, who has no name that matters if none is given, and give them a role."""
        self.people += 1
        name = name or f"Person {self.people:03}"
        email = f"{name.replace(' ', '.').lower()}@example.org"
        person, _ = self.desk.do(
            "people invited",
            lambda at: invite(email=email, name=name, by=OPERATOR, at=at),
            again=False,
        )
        return self._given(person, role, of, day)

    def resign(self, party: Organisation, day: dt.date) -> None:
        """Let the delegate of a party go, and another come."""
        self._end(self.delegates[party.slug], day)
        self.delegates[party.slug] = self.role("", Role.PARTY_DELEGATE, party, day)

    def leave(self, party: Organisation, day: dt.date, standing: str) -> None:
        """Let a party be on its way out, or its customers be moved to others."""
        told: dict[str, Any] = {"organisation": party, "standing": standing, "from_on": day}
        self.desk.do(f"parties {standing}", partial(set_standing, **told, by=OPERATOR), again=False)
        if standing == "solr":
            self._end(self.delegates[party.slug], day)
            self.gone.add(party.slug)

    def reseat(self, key: str, place: int, day: dt.date) -> None:
        """Let the term of a member end, and somebody else hold the seat."""
        before = self.terms[key][place]
        told: dict[str, Any] = {"membership": before, "until_on": day}
        self.desk.do("terms ended", partial(end_membership, **told, by=OPERATOR), again=False)
        self._end(self.members.pop(before.pk), day)
        after = self._sit(before.seat, before.employer or "nobody", day)
        self.terms[key][place] = after

    def here(self) -> Sequence[Organisation]:
        """Return the parties that have not gone."""
        return [one for one in self.parties if one.slug not in self.gone]

    def _party(self, name: str, place: int) -> Organisation:
        made: Organisation = self.desk.do(
            "parties", lambda at: add_organisation(name=name, by=OPERATOR, at=at), again=False
        )
        told: dict[str, Any] = {"category": CATEGORIES[place % len(CATEGORIES)], "from_on": SINCE}
        told |= {"organisation": made, "rulebook": rulebook_of(CODE)}
        self.desk.do("categories", partial(categorise, **told, by=OPERATOR), again=False)
        return made

    def _body(self, key: str, name: str) -> Body:
        told: dict[str, Any] = {"key": key, "name": name, "from_on": SINCE}
        made: Body = self.desk.do("bodies", partial(add_body, **told, by=OPERATOR), again=False)
        return made

    def _seat(self, body: Body, constituency: str, employer: Organisation | str | None) -> None:
        seat = self._made_seat(body, f"Seat {len(self.terms[body.key]) + 1:02}", constituency)
        self.terms[body.key].append(self._sit(seat, employer, SINCE))

    def _chair(self, body: Body, constituency: str) -> Role:
        """Let a body have a chair, who works for nobody and holds a seat."""
        role = self.role("", Role.CHAIR, body)
        self._term(self._made_seat(body, "Chair", constituency), role, "nobody", SINCE)
        return role

    def _sits_on_both(self) -> None:
        """Let one of the board hold a seat of the Panel too: they hear no appeal of what they decided."""
        before = self.terms["PANEL"].pop()
        told: dict[str, Any] = {"membership": before, "until_on": SINCE + ONE}
        self.desk.do("terms ended", partial(end_membership, **told, by=OPERATOR), again=False)
        self._end(self.members.pop(before.pk), SINCE + ONE)
        person = self.terms["PAB"][-1].person
        role = self._given(person, Role.BOARD_MEMBER, self.panel, SINCE + ONE)
        made = self._term(before.seat, role, "nobody", SINCE + ONE)
        self.members[made.pk] = role
        self.terms["PANEL"].append(made)

    def _made_seat(self, body: Body, name: str, constituency: str) -> Seat:
        told: dict[str, Any] = {"body": body, "name": name, "constituency": constituency, "from_on": SINCE}
        made: Seat = self.desk.do("seats", partial(add_seat, **told, by=OPERATOR), again=False)
        return made

    def _sit(self, seat: Seat, employer: Organisation | str | None, day: dt.date) -> Membership:
        role = self.role("", Role.BOARD_MEMBER, seat.body, day)
        made = self._term(seat, role, employer, day)
        self.members[made.pk] = role
        return made

    def _term(self, seat: Seat, role: Role, employer: Organisation | str | None, day: dt.date) -> Membership:
        told: dict[str, Any] = {"seat": seat, "person": role.person, "employer": employer, "from_on": day}
        made: Membership = self.desk.do("terms", partial(seat_member, **told, by=OPERATOR), again=False)
        return made

    def _employer(self, place: int) -> Organisation | str | None:
        """Say whom a member works for: every third for a party, one in five for nobody knows whom."""
        if place % 3 == 0:
            return self.parties[place % len(self.parties)]
        return None if place % 5 == 4 else "nobody"

    def _given(self, person: Person, role: str, of: Organisation | Body | None, day: dt.date) -> Role:
        told: dict[str, Any] = {"person": person, "role": role, "of": of, "from_on": day}
        made: Role = self.desk.do("roles", partial(give_role, **told, by=OPERATOR), again=False)
        return made

    def _end(self, role: Role, day: dt.date) -> None:
        told: dict[str, Any] = {"role": role, "until_on": day}
        self.desk.do("roles ended", partial(end_role, **told, by=OPERATOR), again=False)
