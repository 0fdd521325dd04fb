"""The journal's own small cast, and acts upon nothing."""

import datetime as dt
from pathlib import Path

import pytest
from django.db import transaction

from tallystick.journal import keys
from tallystick.journal.models import Entry
from tallystick.journal.operations import record
from tallystick.journal.subjects import Actor, Subject

AT = dt.datetime(2021, 9, 20, 9, 0, tzinfo=dt.UTC)
JO = Actor("0123456789ABCDEFGHJK", "Analyst")
MONTH = Subject("sec", "run", "RUN0000000000000000A", "white")
ORIGIN = "tallystick.example/journal"
OTHER = Subject("sec", "submission", "SUB0000000000000000A", "amber")


@transaction.atomic
def act(number: int = 0, subject: Subject = MONTH, at: dt.datetime = AT) -> Entry:
    """Write one entry as an act would."""
    return record(
        act="runs.try",
        subject=subject,
        by=JO,
        at=at + dt.timedelta(minutes=number),
        said=f"tried {number}",
        facts={"number": number},
    )


@pytest.fixture
def log(db: None) -> list[Entry]:
    """Return the entries of a log of seven."""
    return [act(number, OTHER if number == 3 else MONTH) for number in range(7)]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return the home of an installation that has a key to sign with."""
    folder = tmp_path / "home"
    folder.mkdir()
    keys.make(folder, ORIGIN)
    return folder


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was counted, also where several processes ran the tests."""
    for report in (*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")):
        for name, value in report.user_properties:
            if name == "counted":
                terminalreporter.write_line(f"counted: {value}")
