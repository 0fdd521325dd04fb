"""Browsers of whoever has to do with techniques, on the day that they are applied."""

from typing import Any

import pytest

from tests.assessments.cast import DAY
from tests.cases.views.conftest import browser, key_of, text

__all__ = ["browser", "key_of", "text"]


@pytest.fixture(autouse=True)
def _on_the_day(settings: Any) -> None:
    """Let the site count its days from the one on which techniques are applied in these tests."""
    settings.DEMO_DAY = DAY.isoformat()
