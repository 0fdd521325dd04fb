"""What rooms above say of a case: that a step of it is suspended, by what."""

import pytest

from tallystick.cases.models import Case
from tallystick.cases.suspensions import suspended_by
from tests.cases.cast import Cast

pytestmark = pytest.mark.django_db


def by_nothing(_: Case) -> str | None:
    return None


def by_one(case: Case) -> str | None:
    return f"CHA of {case.reference}"


class TestSuspension:
    def test_is_told_by_whom_the_settings_name(self, cast: Cast, settings: pytest.FixtureRequest) -> None:
        case = cast.opened()
        told = []

        for names in ([], ["by_nothing"], ["by_nothing", "by_one"]):
            settings.STEPS_SUSPENDED_BY = [f"{__name__}.{one}" for one in names]  # type: ignore[attr-defined]
            told.append(suspended_by(case))

        assert told == [None, None, f"CHA of {case.reference}"]
