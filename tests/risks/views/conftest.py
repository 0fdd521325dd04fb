"""Browsers of whoever has to do with the register, on the day that its story is told."""

from typing import Any

import pytest

from tests.cases.views.conftest import browser, key_of, text
from tests.risks.cast import DAY

__all__ = ["browser", "key_of", "text"]


@pytest.fixture(autouse=True)
def _on_the_day(settings: Any) -> None:
    """Let the site count its days from the one on which the register is opened in these tests."""
    settings.DEMO_DAY = DAY.isoformat()
