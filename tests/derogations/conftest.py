"""What the tests of derogations share."""

import pytest

from tests.derogations.cast import Cast, made_cast


@pytest.fixture
def cast(db: None) -> Cast:
    return made_cast()
