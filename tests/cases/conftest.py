"""What the tests of cases share."""

import pytest

from tests.cases.cast import Cast, made_cast


@pytest.fixture
def cast(db: None) -> Cast:
    return made_cast()
