"""Browsers of whoever has to do with assurance, on the day that its story is told."""

import datetime as dt
import re
from typing import Any

import pytest

from tests.assessments.cast import DAY
from tests.cases.views.conftest import browser, key_of, text

__all__ = ["browser", "goes_on_to", "key_in", "key_of", "text"]


@pytest.fixture(autouse=True)
def _on_the_day(settings: Any, request: pytest.FixtureRequest) -> None:
    """Let the site count its days from the module's `TODAY`, else the one on which techniques are applied."""
    settings.DEMO_DAY = getattr(request.module, "TODAY", DAY).isoformat()


def key_in(page: str) -> str:
    """Return the key of the one form on a page."""
    [key] = re.findall(r'name="key" value="([^"]+)"', page)
    return str(key)


def goes_on_to(settings: Any, day: dt.date) -> None:
    """Let the site take another day for today."""
    settings.DEMO_DAY = day.isoformat()
