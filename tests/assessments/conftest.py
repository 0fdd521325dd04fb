"""What the tests of assurance share."""

import pytest

from tests.assessments.cast import Cast, made_cast
from tests.assessments.field_cast import FieldCast
"""What the tests of the plan and its documents share."""

import pytest

from tests.assessments.plan_cast import Cast, made_cast


@pytest.fixture
def cast(db: None) -> Cast:
    return made_cast()


@pytest.fixture
def field(cast: Cast) -> FieldCast:
    return FieldCast(cast)


"""What the tests of comparisons and charges share."""

import pytest

from tests.assessments.market import Market, made_market


@pytest.fixture
def market(db: None) -> Market:
    return made_market()
