"""What rooms above say of a case: that what was decided on it has no effect, by what."""

from typing import Any

import pytest
from django.db.models import BooleanField, F, Value

from tallystick.cases.suspensions import suspended_by
from tallystick.processes.models import CarriedOut
from tests.cases.cast import Cast

pytestmark = pytest.mark.django_db


def _itself(code: str, *, is_for_good: bool) -> Any:
    """Return the decisions that were carried out as what leaves each of them without effect."""
    reference = F("decision__reference")
    told = Value(is_for_good, output_field=BooleanField())
    return CarriedOut.objects.filter(course__code=code).annotate(reference=reference, is_for_good=told)


def by_nothing(code: str) -> Any:
    return _itself(code, is_for_good=False).none()


def by_one(code: str) -> Any:
    return _itself(code, is_for_good=False)


def for_good(code: str) -> Any:
    return _itself(code, is_for_good=True)


class TestSuspension:
    def test_is_told_by_whom_the_settings_name(self, cast: Cast, settings: pytest.FixtureRequest) -> None:
        case, decision = cast.escalated(cast.opened()), cast.decided(cast.pab)
        cast.step(case, "escalate_to_panel", by=cast.hal, decision=decision.reference)
        told = []

        for names in ([], ["by_nothing"], ["for_good"], ["by_nothing", "by_one"]):
            settings.DECISIONS_WITHOUT_EFFECT = [f"{__name__}.{one}" for one in names]  # type: ignore[attr-defined]
            told.append(suspended_by(case))

        assert told == [None, None, None, decision.reference]
