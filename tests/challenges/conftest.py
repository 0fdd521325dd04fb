"""What the tests of challenges and disputes share."""

import pytest

from tests.cases.cast import made_cast
from tests.challenges.cast import Chamber, made_chamber


@pytest.fixture
def cast(db: None) -> Chamber:
    return made_chamber(made_cast())
