"""What tests of several rooms ask for."""

from pathlib import Path

import pytest
from hypothesis import settings

from tallystick.rulebook.load import load
from tallystick.rulebook.rulebook import Rulebook

# A slow machine is no fault of the code; speed is measured in `make bench`, never here.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(scope="session")
def sec() -> Rulebook:
    """Return the Smart Energy Code's rulebook."""
    rulebook = load(Path("rulebooks/sec")).rulebook
    assert rulebook is not None
    return rulebook
