"""What the tests of the register share."""

import pytest

from tests.risks.cast import Cast, made_cast


@pytest.fixture
def cast(db: None) -> Cast:
    return made_cast()
