"""What the tests of assurance share."""

import pytest

from tests.assessments import plan_cast
from tests.assessments.cast import Cast, made_cast
from tests.assessments.field_cast import FieldCast
from tests.assessments.market import Market, made_market


@pytest.fixture
def cast(db: None) -> Cast:
    return made_cast()


@pytest.fixture
def field(cast: Cast) -> FieldCast:
    return FieldCast(cast)


@pytest.fixture
def market(db: None) -> Market:
    return made_market()


@pytest.fixture
def plans(db: None) -> plan_cast.Cast:
    return plan_cast.made_cast()
