"""A world for the doors: July 2021 landed twice, everybody's things beside it, and a client for each role.

It is made once for each module, in a transaction around all of the module's tests.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from tallystick.journal.subjects import Actor
from tallystick.month.assessment import Assessment
from tallystick.parties.acting import Acting
from tallystick.parties.models import Body, Category, Membership, Organisation, Person, Role, Seat
from tallystick.rulebook.load import load
from tallystick.rulebook.periods import Span
from tallystick.rulebook.rulebook import Rulebook
from tallystick.runs import operations
from tallystick.runs.computing import Computed
from tallystick.runs.models import Exclusion, HeldRow, Run, Submission
from tallystick.runs.taken import Excluded
from tests.month.drilled_july import drilled
from tests.month.figures_of_july import PARTIES
from tests.month.july import MONTH
from tests.site import people
from tests.site.entering import enter

NOW = dt.datetime(2021, 9, 20, 9, 0, tzinfo=dt.UTC)
# White may be published until the Panel said otherwise, on 27 September 2021.
ONCE, TODAY = dt.date(2021, 8, 20), NOW.date()
WORKER = Actor("", "Worker")
ALFA, BRVO = "Alderbrook Energy", "Brightwater Power"
PUBLIC = "public"
MOST_QUERIES = 12
OFFICE = {"jo": Role.ANALYST, "sam": Role.SECRETARY, "kit": Role.ANALYST}
OTHERS = {
    "ed": Role.AUDITOR,
    "olly": Role.OBSERVER,
    "cat": Role.CHANGE_TEAM,
    "iris": Role.ADMINISTRATOR,
}
ON_BODY = {"bo": Role.BOARD_MEMBER, "cy": Role.COMMITTEE_MEMBER, "hal": Role.CHAIR}
OF_PARTIES = {
    "ada": (Role.PARTY_DELEGATE, ALFA),
    "ben": (Role.PARTY_DELEGATE, BRVO),
    "pru": (Role.PROPOSER, ALFA),
    "machine": (Role.INGEST, ALFA),
}
EVERYBODY = [*OFFICE, *OTHERS, *ON_BODY, *OF_PARTIES, "nell", PUBLIC]
SLUGS = {name: name.lower().replace(" ", "-") for name in PARTIES}


@dataclass
class Landed:
    """What there is: rows by what they are, and people by their first name."""

    parties: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    roles: dict[str, Role | None] = field(default_factory=dict)
    runs: dict[str, Run] = field(default_factory=dict)
    sent: dict[str, Submission] = field(default_factory=dict)
    held: dict[str, HeldRow] = field(default_factory=dict)
    body: Body | None = None
    exclusion: Exclusion | None = None
    decided: dict[str, Any] = field(default_factory=dict)
    month: Assessment = MONTH

    def client(self, name: str) -> Client:
        """Return a browser in which somebody has signed in; `public` has nobody in it."""
        client = Client()
        if name != PUBLIC:
            enter(client, self.people[name], self.roles[name])
        return client

    def acting(self, name: str) -> Acting:
        if name == PUBLIC:
            return Acting("sec", TODAY)
        return Acting("sec", TODAY, self.people[name], self.roles[name], NOW)

    def finding(self, subject: str) -> str:
        """Return the reference of the first finding on a subject."""
        return next(one.id for one in self.month.findings if one.subject == subject)

    def statuses(self, address: str, names: Iterable[str] = EVERYBODY) -> dict[int, set[str]]:
        """Return who gets which answer at an address."""
        told: dict[int, set[str]] = {}
        for name in names:
            told.setdefault(self.client(name).get(address).status_code, set()).add(name)
        return told


def rules() -> Rulebook:
    rulebook = load(Path("rulebooks/sec")).rulebook
    assert rulebook is not None
    return rulebook


def july(**changes: Any) -> Assessment:
    """Return July with references as long as real ones, some of its fields exchanged."""
    found = tuple(replace(one, id=f"FND-{number:010d}") for number, one in enumerate(MONTH.findings))
    pasts = {one.measure: MONTH.history.get(one.measure, ()) for one in MONTH.figures if not one.group}
    # A stream that is not here is named by its title, which names no party.
    gaps = tuple(replace(one, title=f"Rows of {one.what}") for one in MONTH.missing)
    given = {"findings": found, "history": pasts, "lines": (), "missing": gaps}
    return replace(MONTH, **{**given, **changes})


def restated(month: Assessment, **changes: Any) -> Assessment:
    """Return a month as it was known before CPM1 was restated."""
    figures = tuple(
        replace(one, numerator=one.numerator - 1104, change=None)
        if one.measure == "CPM1" and one.numerator
        else one
        for one in month.figures
    )
    return replace(month, **{"figures": figures, "known_on": str(ONCE), **changes})


def ask(by: Acting, period: str = "2021-07", known_on: dt.date = TODAY) -> Run:
    return operations.start_run(period=Span.parse(period), known_on=known_on, by=by, at=NOW)


def land(assessment: Assessment, by: Acting, *, known_on: dt.date = TODAY) -> Run:
    """Land a month by a run of its own."""
    run = ask(by, assessment.period, known_on)
    run.state, run.worker = Run.RUNNING, "worker"
    run.save()
    lines = {one.id: one.lines for one in assessment.findings}
    computed = Computed(assessment, rules(), (), lines, drilled(assessment))
    return operations.land_run(run=run, computed=computed, by=WORKER, at=NOW)


def invited(world: Landed) -> None:
    """Enter parties and people."""
    for name, slug in SLUGS.items():
        one = world.parties[name] = people.organisation(name)
        one.slug = slug
        one.save()
        kind = "large_supplier" if name != "Ilexmoor Networks" else "electricity_network"
        Category.objects.create(organisation=one, code="sec", category=kind, from_on=people.BEGAN)
    world.body = people.body()
    for name in [*OFFICE, *OTHERS, *ON_BODY, *OF_PARTIES, "nell"]:
        world.people[name] = Person.objects.create(name=f"{name.title()} Tarn", email=f"{name}@example.org")
    for name, role in {**OFFICE, **OTHERS}.items():
        world.roles[name] = people.role(world.people[name], role)
    for name, role in ON_BODY.items():
        world.roles[name] = people.role(world.people[name], role, world.body)
        seat = Seat.objects.create(body=world.body, name=f"Seat of {name}", from_on=people.BEGAN)
        Membership.objects.create(
            seat=seat, person=world.people[name], is_independent=True, from_on=people.BEGAN
        )
    for name, (role, party) in OF_PARTIES.items():
        world.roles[name] = people.role(world.people[name], role, world.parties[party])
    world.roles["nell"] = None


def submission(party: Organisation | None, evidence: str = "", **more: Any) -> Submission:
    given: dict[str, Any] = {
        "stream": "hub_returns",
        "period": "2021-07",
        "filename": "as-sent.csv",
        "state": Submission.COMMITTED if evidence else Submission.PREVIEWED,
        "taken_in_at": NOW if evidence else None,
        "rows": 3,
        "accepted": 2,
        "held": 1,
        "problems": [
            {"row": 2, "column": "at", "state": "held", "what": "in the future", "remedy": "a past day"}
        ],
    }
    return Submission.objects.create(
        code="sec",
        classification="amber",
        publicity="issued",
        party=party,
        received_at=NOW,
        evidence=evidence,
        **{**given, **more},
    )


def sent(world: Landed) -> None:
    """Enter a submission of ALFA, of BRVO and of the office, with a held row in the first two."""
    alfa, brvo = world.parties[ALFA], world.parties[BRVO]
    world.sent = {
        "alfa": submission(alfa, "S-0377"),
        "brvo": submission(brvo, "S-0391", filename="of-brvo.csv"),
        "office": submission(None, "S-0381", held=0, accepted=3),
        "waiting": submission(alfa, person=world.people["ada"], filename="waiting.csv"),
    }
    for name in ("alfa", "brvo"):
        of = world.sent[name]
        world.held[name] = HeldRow.objects.create(
            code="sec", classification="amber", publicity="issued", party=of.party, submission=of,
            row=2, column="at", what=f"doubt about {name}", remedy="send it again",
        )  # fmt: skip


def build(month: Assessment | None = None) -> Landed:
    """Enter everybody, what they sent, and July as it was known twice; one run waits and one failed."""
    world = Landed(month=month or july(known_on=str(TODAY)))
    invited(world)
    sent(world)
    jo = world.acting("jo")
    world.runs["once"] = land(restated(world.month), jo, known_on=ONCE)
    world.runs["now"] = land(world.month, jo)
    failed = ask(jo, "2021-05")
    world.runs["failed"] = operations.fail_run(run=failed, reason="The disk is full.", by=WORKER, at=NOW)
    world.runs["waiting"] = ask(jo, "2021-06")
    world.exclusion = operations.enter_exclusion(
        row=Excluded("service_requests", "SR-1", "CPM1", "2021-07"),
        reason="Agreed outage of the gateway",
        party=None,
        by=jo,
        at=NOW,
    )
    return world


@contextmanager
def around_all(blocker: DjangoDbBlocker) -> Iterator[None]:
    """Undo afterwards whatever is written inside, by a fixture and by the tests that use it."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def landed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Landed]:
    with around_all(django_db_blocker):
        yield build()
