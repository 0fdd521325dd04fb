"""What tests of several rooms ask for."""

from pathlib import Path

import pytest

from tallystick.rulebook.load import load
from tallystick.rulebook.rulebook import Rulebook


@pytest.fixture(scope="session")
def sec() -> Rulebook:
    """Return the Smart Energy Code's rulebook."""
    rulebook = load(Path("rulebooks/sec")).rulebook
    assert rulebook is not None
    return rulebook
