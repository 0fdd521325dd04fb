import datetime as dt

import time_machine
from pytest_django import Settings

from tallystick.site import clock


class TestToday:
    @time_machine.travel(dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC))
    def test_is_the_civil_day_of_the_site(self, settings: Settings) -> None:
        settings.DEMO_DAY = None

        assert clock.today() == dt.date(2026, 7, 2)

    def test_is_the_storys_last_day_in_a_demonstration(self, settings: Settings) -> None:
        settings.DEMO_DAY = "2021-09-28"

        assert clock.today() == dt.date(2021, 9, 28)
