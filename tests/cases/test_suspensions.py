"""What rooms above say of a case: that what was decided on it has no effect, by what."""

from typing import Any

import pytest
from django.db.models import BooleanField, F, Value

from tallystick.cases.suspensions import suspended_by
from tallystick.decisions.models import Decision
from tests.cases.cast import Cast

pytestmark = pytest.mark.django_db


def by_nothing(code: str) -> Any:
    return _rows(code).none()


def by_one(code: str) -> Any:
    return _rows(code, is_for_good=False)


def for_good(code: str) -> Any:
    return _rows(code, is_for_good=True)


def _rows(code: str, *, is_for_good: bool = False) -> Any:
    """Return decisions as what leaves themselves without effect."""
    told = Value(is_for_good, output_field=BooleanField())
    return Decision.objects.filter(code=code).annotate(
        decision=F("pk"), motion=Value(None, output_field=BooleanField()), is_for_good=told
    )


class TestSuspension:
    def test_is_told_by_whom_the_settings_name(self, cast: Cast, settings: pytest.FixtureRequest) -> None:
        case, decision = cast.escalated(cast.opened()), cast.decided(cast.pab)
        cast.step(case, "escalate_to_panel", by=cast.hal, decision=decision.reference)
        told = []

        for names in ([], ["by_nothing"], ["for_good"], ["by_nothing", "by_one"]):
            settings.DECISIONS_WITHOUT_EFFECT = [f"{__name__}.{one}" for one in names]  # type: ignore[attr-defined]
            told.append(suspended_by(case))

        assert told == [None, None, None, decision.reference]
