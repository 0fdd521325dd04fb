"""What tests of the month ask for."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tallystick.month.assessment import Assessment
from tests.month.july import MONTH


@pytest.fixture
def july() -> Assessment:
    return MONTH


@pytest.fixture
def july_with() -> Callable[..., Assessment]:
    """Return July with some of its fields exchanged."""
    return lambda **changes: replace(MONTH, **changes)
