"""What the tests of assurance share."""

from typing import Any

import pytest

from tests.assessments import plan_cast
from tests.assessments.cast import DAY, Cast, made_cast
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


@pytest.fixture(autouse=True)
def _on_the_day(settings: Any, request: pytest.FixtureRequest) -> None:
    """Let the site count its days from the module's `TODAY`, else the one on which techniques are applied."""
    settings.DEMO_DAY = getattr(request.module, "TODAY", DAY).isoformat()
