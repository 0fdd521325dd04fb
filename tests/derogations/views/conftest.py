"""Browsers of whoever has to do with a derogation, on the day that its story is told."""

import datetime as dt
from typing import Any

import pytest

from tests.cases.views.conftest import browser, key_of, text
from tests.derogations.cast import ASKED

__all__ = ["browser", "key_of", "text"]


@pytest.fixture(autouse=True)
def _on_the_day(settings: Any) -> None:
    """Let the site count its days from the one on which leave is asked for in these tests."""
    settings.DEMO_DAY = ASKED.isoformat()


def goes_on_to(settings: Any, day: dt.date) -> None:
    """Let the site's day be another."""
    settings.DEMO_DAY = day.isoformat()
