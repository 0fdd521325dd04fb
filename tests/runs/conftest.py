"""A home with nothing in it, three people, two parties, and a month to land."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from tallystick.evidence.here import run_here
from tallystick.evidence.reading import read_with
from tallystick.journal.subjects import Actor
from tallystick.month.assessment import Assessment
from tallystick.parties import rulebooks
from tallystick.parties.acting import Acting
from tallystick.parties.models import Organisation, Person, Role
from tallystick.rulebook.periods import Span
from tallystick.rulebook.rulebook import Rulebook
from tallystick.runs import exclusions, operations, sending, uploads
from tallystick.runs.computing import Computed
from tallystick.runs.models import Run, Submission
from tests.month.drilled_july import drilled
from tests.month.july import MONTH

NOW = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)
TODAY = NOW.date()
WORKER = Actor("", "Worker")
HEADER = "hub_id,activity,at,party,region,fault"


def person(name: str) -> Person:
    made = Person(email=f"{name.lower()}@example.org", name=name)
    made.save()
    return made


def acting(name: str, role: str, organisation: Organisation | None = None) -> Acting:
    """Return somebody new in a role, with a second factor shown just now."""
    one = person(name)
    held = Role(person=one, code="sec", role=role, organisation=organisation, from_on=dt.date(2020, 1, 1))
    held.save()
    shown = dt.datetime.now(dt.UTC)  # noqa: TID251 - the policy compares it with the clock
    return Acting("sec", TODAY, one, held, shown)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Settings) -> Path:
    """Let every test have a home of its own."""
    settings.HOME, settings.STORE = tmp_path, tmp_path / "store"
    return tmp_path


@pytest.fixture
def apart() -> None:
    """Let files be read as they are outside of tests, in limited processes: slower by a second each."""


@pytest.fixture(autouse=True)
def _read_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "apart" not in request.fixturenames:
        for reader in (sending, exclusions):
            monkeypatch.setattr(reader, "read_file", partial(read_with, run_here))


@pytest.fixture
def alfa(db: None) -> Organisation:
    made = Organisation(slug="alderbrook-energy", name="Alderbrook Energy")
    made.save()
    return made


@pytest.fixture
def brvo(db: None) -> Organisation:
    made = Organisation(slug="brightwater-power", name="Brightwater Power")
    made.save()
    return made


@pytest.fixture
def jo(db: None) -> Acting:
    """The analyst."""
    return acting("Jo", Role.ANALYST)


@pytest.fixture
def sam(db: None) -> Acting:
    """The secretary."""
    return acting("Sam", Role.SECRETARY)


@pytest.fixture
def ada(alfa: Organisation) -> Acting:
    """The delegate of ALFA."""
    return acting("Ada", Role.PARTY_DELEGATE, alfa)


@pytest.fixture
def public() -> Acting:
    return Acting("sec", TODAY)


@pytest.fixture
def month() -> Assessment:
    """July 2021, with references as long as real ones, and everything it rests on received."""
    found = tuple(replace(one, id=f"FND-{number:010d}") for number, one in enumerate(MONTH.findings))
    pasts = {one.measure: MONTH.history.get(one.measure, ()) for one in MONTH.figures if not one.group}
    return replace(MONTH, code="sec", findings=found, history=pasts, lines=())


@pytest.fixture
def send(jo: Acting) -> Callable[..., Submission]:
    """Return how the rows of a stream are looked over, for whoever sends them."""

    def send_rows(rows: Iterable[str], **told: Any) -> Submission:
        by = told.pop("by", jo)
        header, stream = told.pop("header", HEADER), told.pop("stream", "hub_returns")
        upload = uploads.keep(
            ["\n".join([header, *rows, ""]).encode()], filename="rows.csv", person=by.person
        )
        return sending.preview(upload, sending.Told(stream, **told), by=by, at=told.pop("at", NOW))

    return send_rows


@pytest.fixture
def land(jo: Acting, sec: Rulebook) -> Callable[..., Run]:
    """Return how a month is landed by a run of its own."""

    def land_month(assessment: Assessment, *, known_on: dt.date = TODAY) -> Run:
        run = operations.start_run(period=Span.parse(assessment.period), known_on=known_on, by=jo, at=NOW)
        run.state, run.worker = Run.RUNNING, "worker"
        run.save()
        lines = {one.id: one.lines for one in assessment.findings}
        computed = Computed(assessment, sec, (), lines, drilled(assessment))
        return operations.land_run(run=run, computed=computed, by=WORKER, at=NOW)

    return land_month


@pytest.fixture
def received(month: Assessment, alfa: Organisation) -> list[Submission]:
    """Return rows of what the month rests on; the first is of ALFA."""
    rows = [
        Submission(
            code="sec",
            classification="amber",
            publicity="issued",
            party=None if place else alfa,
            stream=one.stream,
            filename="as-sent.csv",
            received_at=NOW,
            taken_in_at=NOW,
            state=Submission.COMMITTED,
            evidence=one.id,
        )
        for place, one in enumerate(month.received)
    ]
    for row in rows:
        row.save()
    return rows


@pytest.fixture
def of_recycling(sec: Rulebook, monkeypatch: pytest.MonkeyPatch) -> Rulebook:
    """Let the code have one measure, so that a month is quick to compute."""
    obligation = sec.measures["AREA-D1"].obligation
    small = replace(
        sec,
        measures={"AREA-D1": sec.measures["AREA-D1"]},
        obligations={obligation: sec.obligations[obligation]},
    )
    monkeypatch.setattr(rulebooks, "_loaded", lambda _folder: small)
    return small
