"""The journal's own small cast, and acts upon nothing."""

import datetime as dt

import pytest
from django.db import transaction

from tallystick.journal.models import Entry
from tallystick.journal.operations import record
from tallystick.journal.subjects import Actor, Subject

AT = dt.datetime(2021, 9, 20, 9, 0, tzinfo=dt.UTC)
JO = Actor("0123456789ABCDEFGHJK", "Analyst")
MONTH = Subject("sec", "run", "RUN0000000000000000A", "white")
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
