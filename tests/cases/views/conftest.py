"""Browsers of whoever has to do with a case, on the day that its story is told."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from tests.cases.cast import NOTICED
from tests.decisions.views.conftest import browser, text

__all__ = ["browser", "text"]


@pytest.fixture(autouse=True)
def _on_the_day(settings: Any) -> None:
    """Let the site count its days from the one on which cases of these tests are told."""
    settings.DEMO_DAY = NOTICED.isoformat()


def goes_on_to(settings: Any, day: dt.date) -> None:
    """Let the site's day be another."""
    settings.DEMO_DAY = day.isoformat()


def key_of(client: Client, address: str) -> str:
    """Return the key of the form on a page, as a browser would send it back."""
    page = text(client.get(address))
    return page.partition('name="key" value="')[2].partition('"')[0]
