"""What the tests of assurance share."""

import pytest

from tests.assessments.cast import Cast, made_cast


@pytest.fixture
def cast(db: None) -> Cast:
    return made_cast()
