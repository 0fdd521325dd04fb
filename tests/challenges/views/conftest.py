"""Browsers of whoever has to do with a challenge, on the day after it was served."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tallystick.parties.acting import Acting
from tests.cases.cast import on
from tests.cases.views.conftest import browser as case_browser
from tests.cases.views.conftest import key_of, text
from tests.challenges.cast import NEXT

__all__ = ["asks", "browser", "key_of", "text"]


@pytest.fixture(autouse=True)
def _on_the_day(settings: Any) -> None:
    """Let the site count its days from the one on which these tests are told."""
    settings.DEMO_DAY = NEXT.isoformat()


def browser(who: Acting) -> Client:
    return case_browser(on(who, NEXT))


def asks(who: Acting, address: str) -> int:
    """Count what a page asks of the database."""
    client = browser(who)
    client.get("/sec/waiting")
    with CaptureQueriesContext(connection) as taken:
        text(client.get(address))
    return sum(one["sql"].startswith("SELECT") and "closedday" not in one["sql"] for one in taken)
