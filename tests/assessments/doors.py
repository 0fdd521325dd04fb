"""What the tests of the doors of assurance share."""

import datetime as dt
import re
from typing import Any

from tests.cases.views.conftest import browser, key_of, text

__all__ = ["browser", "goes_on_to", "key_in", "key_of", "text"]


def key_in(page: str) -> str:
    """Return the key of the one form on a page."""
    [key] = re.findall(r'name="key" value="([^"]+)"', page)
    return str(key)


def goes_on_to(settings: Any, day: dt.date) -> None:
    """Let the site take another day for today."""
    settings.DEMO_DAY = day.isoformat()
