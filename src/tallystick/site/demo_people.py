"""The people of the demonstration: one for each role, so that every page can be seen as its reader would.

They exist only in a home that is marked as a demonstration, on this machine. Passwords are random and shown
once; one-time codes come from `tally demo code`.
"""

import datetime as dt
import secrets
import time
from dataclasses import dataclass
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings
from django.db import transaction

from tallystick.demo.plant.cast import CATEGORIES
from tallystick.parties.acting import Acting
from tallystick.parties.models import Body, Organisation, Person, Role
from tallystick.parties.operations.bodies import add_body, add_seat, seat_member
from tallystick.parties.operations.organisations import add_organisation, categorise, set_standing
from tallystick.parties.operations.people import accept_invitation, give_role, invite
from tallystick.rulebook.rulebook import Rulebook

BODIES = {
    "PANEL": "SEC Panel",
    "OPSG": "Operations Group",
    "PAB": "Performance Assurance Board",
    "CHANGE_BOARD": "Change Board",
}
STANDS_FOR = "System administrator, command line"
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
PERIOD = 30


class UnableToShow(Exception):
    """The home is not a demonstration, other hosts than this machine's are served, or nobody has the role."""


@dataclass(frozen=True)
class Account:
    """One of the demonstration's people; `password` is empty where it was shown before."""

    role: str
    email: str
    password: str


@dataclass(frozen=True)
class Cast:
    """Who plays a role: for which organisation, on which body, employed by whom besides."""

    role: str
    name: str
    organisation: str = ""
    body: str = ""
    employer: str = ""


CAST = (
    Cast(Role.PARTY_DELEGATE, "Ada Quill", organisation="Fellside Energy"),
    Cast(Role.PROPOSER, "Ben Marlow", organisation="Brightwater Power"),
    Cast(Role.COMMITTEE_MEMBER, "Cleo Ashby", body="CHANGE_BOARD", employer="Cairn Valley Energy"),
    Cast(Role.BOARD_MEMBER, "Dev Harrow", body="PAB", employer="Alderbrook Energy"),
    Cast(Role.CHAIR, "Edith Moss", body="PAB"),
    Cast(Role.SECRETARY, "Sam Birch"),
    Cast(Role.ANALYST, "Jo Tarn"),
    Cast(Role.CHANGE_TEAM, "Finn Rook"),
    Cast(Role.AUDITOR, "Gwen Tully"),
    Cast(Role.OBSERVER, "Hal Penrose"),
    Cast(Role.ADMINISTRATOR, "Iris Vale"),
    Cast(Role.INGEST, "Lin Sorrel", organisation="DSP"),
)


@dataclass(frozen=True)
class _Scene:
    """What every act of the making is told."""

    rulebook: Rulebook
    by: Acting
    at: dt.datetime


def refuse_elsewhere() -> None:
    """Stop unless this is a demonstration that only this machine can reach.

    :raises UnableToShow: otherwise
    """
    if not settings.IS_DEMO:
        raise UnableToShow(f"{settings.HOME} is not marked as a demonstration: it has no demo.json.")
    others = sorted(set(settings.HOSTS) - set(settings.LOOPBACK))
    if others:
        raise UnableToShow(f"A demonstration is for this machine alone, but TALLY_HOSTS names {others[0]}.")


@transaction.atomic
def make_people(rulebook: Rulebook, at: dt.datetime, day: dt.date) -> list[Account]:
    """Make organisations, bodies and one person a role, from the day on; what is there stays as it is.

    :raises UnableToShow: if the home is not a demonstration
    """
    refuse_elsewhere()
    scene = _Scene(rulebook, Acting(rulebook.code.key, day, stands_for=STANDS_FOR), at)
    for name, category in CATEGORIES.items():
        _organisation(scene, name, category)
    for name in sorted(_senders(rulebook)):
        _organisation(scene, name)
    for key, name in BODIES.items():
        _body(scene, key, name)
    return [_account(scene, cast) for cast in CAST]


def code_of(role: str, at: float | None = None) -> tuple[str, int]:
    """Return the one-time code of the person in the role, and for how many seconds it holds.

    :raises UnableToShow: if this is not a demonstration, or nobody has the role
    """
    refuse_elsewhere()
    found = Authenticator.objects.filter(user__email=_email(role), type=Authenticator.Type.TOTP).first()
    if found is None:
        raise UnableToShow(
            f"Nobody has the role {role[:40]!r}. Use one of {', '.join(c.role for c in CAST)}."
        )
    now = int(time.time() if at is None else at)
    secret = get_adapter().decrypt(found.data["secret"])
    return format_hotp_value(hotp_value(secret, now // PERIOD)), PERIOD - now % PERIOD


def new_password(role: str) -> str:
    """Give the person in the role another random password, and return it.

    :raises UnableToShow: as `code_of` does
    """
    refuse_elsewhere()
    person = Person.objects.filter(email=_email(role)).first()
    if person is None:
        raise UnableToShow(
            f"Nobody has the role {role[:40]!r}. Use one of {', '.join(c.role for c in CAST)}."
        )
    password = _password()
    person.set_password(password)
    person.save(update_fields=["password"])
    return password


def _senders(rulebook: Rulebook) -> set[str]:
    senders = {one for stream in rulebook.streams.values() for one in stream.sender}
    return senders & set(rulebook.code.providers)


def _organisation(scene: _Scene, name: str, category: str = "") -> None:
    if Organisation.objects.filter(name=name).exists():
        return
    made = add_organisation(name=name, by=scene.by, at=scene.at)
    begun: dict[str, Any] = {"organisation": made, "from_on": scene.by.day, "by": scene.by, "at": scene.at}
    set_standing(standing="live", **begun)
    if category:
        categorise(category=category, rulebook=scene.rulebook, **begun)


def _body(scene: _Scene, key: str, name: str) -> None:
    if not Body.objects.filter(code=scene.by.code, key=key).exists():
        add_body(key=key, name=name, from_on=scene.by.day, by=scene.by, at=scene.at)


def _account(scene: _Scene, cast: Cast) -> Account:
    email = _email(cast.role)
    if Person.objects.filter(email=email).exists():
        return Account(cast.role, email, "")
    password = _password()
    person, token = invite(email=email, name=cast.name, by=scene.by, at=scene.at)
    person = accept_invitation(person=person, token=token, password=password, by=scene.by, at=scene.at)
    TOTP.activate(person, generate_totp_secret())
    _let_act(scene, cast, person)
    return Account(cast.role, email, password)


def _let_act(scene: _Scene, cast: Cast, person: Person) -> None:
    """Give a person the role, the seat that goes with it, and the one at their employer."""
    begun: dict[str, Any] = {"from_on": scene.by.day, "by": scene.by, "at": scene.at}
    body = Body.objects.filter(code=scene.by.code, key=cast.body).first()
    organisation = Organisation.objects.filter(name=cast.organisation).first()
    employer = Organisation.objects.filter(name=cast.employer).first()
    give_role(person=person, role=cast.role, of=body or organisation, **begun)
    if body is not None:
        name = "Chair" if cast.role == Role.CHAIR else "Large Supplier 1"
        constituency = "chair" if cast.role == Role.CHAIR else "large_supplier"
        seat = add_seat(body=body, name=name, constituency=constituency, **begun)
        seat_member(seat=seat, person=person, employer=employer or "nobody", **begun)
    if employer is not None:
        give_role(person=person, role=Role.PARTY_DELEGATE, of=employer, **begun)


def _email(role: str) -> str:
    return f"{role.replace('_', '-')}@example.org"


def _password() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(4))
