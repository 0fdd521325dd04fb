"""The decisions of the demonstration: a Change Board of 23 seats, a small board, and what they voted on.

They happen on the days of the story: two votes that closed, of which one would have gone otherwise had heads
been counted, one that is open, and one about a party whose own employee sits on the board and stands aside.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from django.db import transaction
from django.utils import timezone

from tallystick.decisions.models import Motion
from tallystick.decisions.operations.closing import close_vote
from tallystick.decisions.operations.conflicts import stand_aside
from tallystick.decisions.operations.motions import Put, open_motion, put_motion
from tallystick.decisions.operations.records import Taken, record_decision
from tallystick.decisions.operations.voting import Paper, cast_vote
from tallystick.parties.acting import Acting
from tallystick.parties.models import Body, Membership, Organisation, Person, Role
from tallystick.parties.operations.bodies import add_seat, seat_member
from tallystick.parties.operations.organisations import add_organisation
from tallystick.parties.operations.people import give_role, invite

# Each seat by its name: who holds it, and whom they work for; nobody whom the code binds where that is empty.
CHANGE_BOARD = {
    "Large Supplier 2": ("Nora Pike", "Brightwater Power"),
    "Large Supplier 3": ("Owen Tarrant", "Alderbrook Energy"),
    "Large Supplier 4": ("Petra Lind", "Ardenfell Supply"),
    "Large Supplier 5": ("Quentin Rowe", "Birkdale Home Energy"),
    "Large Supplier 6": ("Rhona Sayer", "Calder Light"),
    "Large Supplier 7": ("Stan Uphill", "Dunmore Supply"),
    "Large Supplier 8": ("Tess Verney", "Eskdale Power"),
    "Large Supplier 9": ("Umar Wells", "Farrow Energy"),
    "Large Supplier 10": ("Vera Yarrow", "Glenmorrow Power"),
    "Large Supplier 11": ("Wilf Abbot", "Hexton Supply"),
    "Large Supplier 12": ("Xenia Bray", "Inverlay Energy"),
    "Large Supplier 13": ("Yusuf Crane", "Kelderside Power"),
    "Small Supplier 1": ("Zara Dunn", "Dovecote Energy"),
    "Small Supplier 2": ("Alec Ewing", "Gorsebank Energy"),
    "Small Supplier 3": ("Bryony Fell", "Marram Power"),
    "Network 1": ("Colm Garth", "Ilexmoor Networks"),
    "Network 2": ("Dilys Hart", "Larkrise Networks"),
    "Network 3": ("Ewan Innes", "Juniper Gas Transport"),
    "Other SEC Party 1": ("Fern Jolly", "Harbourlight Power"),
    "Other SEC Party 2": ("Gil Kerr", "Kestrel Meter Services"),
    "Other SEC Party 3": ("Hester Lowe", ""),
    "Consumer": ("Ivor Mead", ""),
}
SMALL_BOARD = {
    "Large Supplier 2": ("Joan Neave", "Brightwater Power"),
    "Small Supplier 1": ("Kurt Oram", "Netherby Energy"),
    "Small Supplier 2": ("Lena Pryor", "Orrin Valley Power"),
    "Network": ("Moses Quayle", "Ilexmoor Networks"),
    "Other SEC Party": ("Nia Rudd", "Kestrel Meter Services"),
    "Consumer": ("Otto Sharp", ""),
}
PANEL = {
    "Chair": ("Piers Tolland", ""),
    "Large Supplier 1": ("Ruth Umber", "Brightwater Power"),
    "Large Supplier 2": ("Silas Venn", "Calder Light"),
    "Small Supplier 1": ("Thea Wick", "Netherby Energy"),
    "Small Supplier 2": ("Ulric Yeo", "Orrin Valley Power"),
    "Electricity Network": ("Vida Arkle", "Ilexmoor Networks"),
    "Gas Network": ("Walter Beck", "Juniper Gas Transport"),
    "Other SEC Party 1": ("Yara Corrie", "Kestrel Meter Services"),
    "Other SEC Party 2": ("Zeb Dowan", ""),
    "DCC": ("Anya Elder", "DCC"),
    # He sits on the small board as well, and so hears no appeal against it.
    "Consumer 1": ("Otto Sharp", ""),
    "Consumer 2": ("Bess Fyfe", ""),
}
SEATS = {
    "PANEL": (Role.BOARD_MEMBER, PANEL),
    "CHANGE_BOARD": (Role.COMMITTEE_MEMBER, CHANGE_BOARD),
    "PAB": (Role.BOARD_MEMBER, SMALL_BOARD),
}
LARGE, SMALL, NETWORK = "Large Supplier", "Small Supplier", "Network"
OTHER, CONSUMER = "Other SEC Party", "Consumer"
CHOICES = {"A": "approve", "R": "reject", "X": "abstain"}
# In order of the seats of each category; a dot has not voted.
SPLIT = {LARGE: ".AAAAAAR.....", SMALL: "RR.", NETWORK: "AR.", OTHER: "R..", CONSUMER: "."}
CLEAR = {LARGE: "AAAAAARAAX...", SMALL: "AA.", NETWORK: "AAR", OTHER: "AA.", CONSUMER: "A"}
RUNNING = {LARGE: ".AAAARRX.....", SMALL: "A..", NETWORK: "AR.", OTHER: "RR.", CONSUMER: "A"}
BOARD = {LARGE: ".A", SMALL: "AR", NETWORK: "A", OTHER: "A", CONSUMER: "R"}


@dataclass(frozen=True)
class Vote:
    """A vote as it is planted: what is asked, on which days it opens and closes, and who votes how."""

    title: str
    question: str
    does: str
    body: str
    opens: dt.date
    closes: dt.date
    votes: dict[str, str]
    party: str = ""
    aside: str = ""
    reasons: dict[str, str] = field(default_factory=dict)
    is_closed: bool = False


VOTES = (
    Vote(
        "Report of firmware by model",
        "Shall the monthly report name the firmware of devices by model?",
        "The report names it from November 2021.",
        "CHANGE_BOARD",
        dt.date(2021, 7, 2),
        dt.date(2021, 7, 16),
        SPLIT,
        reasons={
            "A": "A fault shows itself by model first.",
            "R": "Small suppliers would be told apart by it.",
        },
        is_closed=True,
    ),
    Vote(
        "One calendar for planned maintenance",
        "Shall planned maintenance of all providers stand in one calendar?",
        "Providers enter their windows there, ten working days ahead.",
        "CHANGE_BOARD",
        dt.date(2021, 7, 16),
        dt.date(2021, 7, 30),
        CLEAR,
        reasons={"A": "Two windows on one night should be seen before it."},
        is_closed=True,
    ),
    Vote(
        "Plan of Alderbrook Energy for recycled certificates",
        "Shall the plan that Alderbrook Energy sent on 6 August 2021 be accepted?",
        "Its dates are held to; the first is 30 September 2021.",
        "PAB",
        dt.date(2021, 8, 10),
        dt.date(2021, 8, 19),
        BOARD,
        reasons={"R": "It promises dates and no cause."},
        party="Alderbrook Energy",
    ),
    Vote(
        "Mesh variant check before install",
        "Shall installers be told, before a visit, which variant of the hub an area needs?",
        "Put it into the June 2022 release.",
        "CHANGE_BOARD",
        dt.date(2021, 8, 11),
        dt.date(2021, 8, 25),
        RUNNING,
        reasons={
            "A": "A wasted visit is what consumers pay for.",
            "R": "The coverage map is a month old: a check against it turns good visits away.",
        },
        aside="Large Supplier 13",
    ),
)


@dataclass(frozen=True)
class Decided:
    """A decision without a vote as it is planted, with the words of members who objected."""

    verb: str
    title: str
    text: str
    body: str
    on: dt.date
    objections: dict[str, str] = field(default_factory=dict)


DECISIONS = (
    Decided(
        "NOTED",
        "Performance in June 2021",
        "The Panel NOTED the report of June 2021 and the five measures that lie outside of it.",
        "PANEL",
        dt.date(2021, 7, 16),
    ),
    Decided(
        "REFERRED",
        "Late responses in the north",
        "The group REFERRED the late responses of the north to the Performance Assurance Board.",
        "OPSG",
        dt.date(2021, 8, 3),
    ),
    Decided(
        "AGREED",
        "What counts as a recycled certificate",
        "The board AGREED that a certificate counts as recycled on the day its device confirms it.",
        "PAB",
        dt.date(2021, 8, 12),
        {"Lena Pryor": "Small suppliers learn of it a day later than others."},
    ),
)


@dataclass(frozen=True)
class _Office:
    """Who runs the votes, and the members by their seats."""

    code: str
    secretary: tuple[Person, Role]
    keys: Iterator[int] = field(default_factory=lambda: count(1))

    def acting(self, day: dt.date) -> Acting:
        return Acting(self.code, day, *self.secretary)


@transaction.atomic
def make_votes(code: str, since: dt.date, at: dt.datetime) -> None:
    """Seat the boards from a day on, and let them decide; what is there stays as it is."""
    if Motion.objects.filter(code=code).exists():
        return
    role = Role.objects.select_related("person").get(code=code, role=Role.SECRETARY, body=None)
    office = _Office(code, (role.person, role))
    for key, (named, seats) in SEATS.items():
        _seat_board(office, key, named, seats, since, at)
    for vote in VOTES:
        _vote(office, vote)
    for one in DECISIONS:
        _decide(office, one)


def _seat_board(
    office: _Office, key: str, named: str, seats: dict[str, tuple[str, str]], since: dt.date, at: dt.datetime
) -> None:
    begun: dict[str, Any] = {"from_on": since, "by": office.acting(since), "at": at}
    body = Body.objects.get(code=office.code, key=key)
    for name, (holder, employer) in seats.items():
        email = f"{holder.replace(' ', '.').lower()}@example.org"
        person, _ = invite(email=email, name=holder, by=begun["by"], at=at)
        give_role(person=person, role=named, of=body, **begun)
        constituency = name.rstrip(" 0123456789").lower().replace(" ", "_")
        seat = add_seat(body=body, name=name, constituency=constituency, **begun)
        seat_member(seat=seat, person=person, employer=_employer(employer, begun) or "nobody", **begun)


def _employer(name: str, begun: dict[str, Any]) -> Organisation | None:
    if not name:
        return None
    there = Organisation.objects.filter(name=name).first()
    return there or add_organisation(name=name, by=begun["by"], at=begun["at"])


def _vote(office: _Office, vote: Vote) -> None:
    body = Body.objects.get(code=office.code, key=vote.body)
    opens, closes = _moment(vote.opens, 9), _moment(vote.closes, 17)
    by = office.acting(vote.opens)
    put = Put(
        title=vote.title,
        question=vote.question,
        does=vote.does,
        body=body,
        scheme=vote.body.lower(),
        key=f"demo-{next(office.keys)}",
        party=Organisation.objects.get(name=vote.party) if vote.party else None,
    )
    motion = put_motion(put=put, by=by, at=opens - dt.timedelta(hours=1))
    open_motion(motion=motion, closes_at=closes, by=by, at=opens)
    holders = {row.seat.name: row for row in _terms(body)}
    if vote.aside:
        row = holders[vote.aside]
        words = "My employer sells the tool that would make the check."
        stand_aside(motion=motion, words=words, by=_member(office, row, vote.opens), at=opens)
    moments = (opens + dt.timedelta(hours=5 * n) for n in count(1))
    for (name, mark), at in zip(_cast(vote.votes), moments, strict=False):
        seat = motion.seats.get(seat__name=name)
        paper = Paper(
            CHOICES[mark],
            f"demo-{next(office.keys)}",
            has_no_conflict=True,
            reason=vote.reasons.get(mark, ""),
        )
        cast_vote(motion=motion, seat=seat, paper=paper, by=_member(office, holders[name], vote.opens), at=at)
    if vote.is_closed:
        close_vote(motion=motion, by=office.acting(vote.closes), at=closes + dt.timedelta(minutes=5))


def _cast(votes: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the name of each seat that votes, and how."""
    for category, marks in votes.items():
        for number, mark in enumerate(marks, 1):
            if mark != ".":
                yield (category if len(marks) == 1 else f"{category} {number}"), mark


def _terms(body: Body) -> Sequence[Membership]:
    return list(Membership.objects.filter(seat__body=body).select_related("seat", "person"))


def _member(office: _Office, term: Membership, day: dt.date) -> Acting:
    roles = Role.objects.select_related("body").filter(person=term.person, code=office.code)
    return Acting(office.code, day, term.person, roles.get(body=term.seat.body_id))


def _decide(office: _Office, one: Decided) -> None:
    taken = Taken(
        verb=one.verb,
        title=one.title,
        text=one.text,
        body=Body.objects.get(code=office.code, key=one.body),
        on=one.on,
        key=f"demo-{next(office.keys)}",
        objections={Person.objects.get(name=name): words for name, words in one.objections.items()},
    )
    record_decision(taken=taken, by=office.acting(one.on), at=_moment(one.on, 15))


def _moment(day: dt.date, hour: int) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))
