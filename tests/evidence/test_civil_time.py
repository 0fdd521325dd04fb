import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from tallystick.evidence.civil_time import CivilTime

LONDON = ZoneInfo("Europe/London")
EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001  wall-clock times are what is tested
STEP = dt.timedelta(minutes=30)
CHANGES = [
    day
    for year in range(2012, 2031)
    for month in (3, 10)
    for day in [
        max(dt.date(year, month, day) for day in range(25, 32) if dt.date(year, month, day).weekday() == 6)
    ]
]


def wall_times(day: dt.date) -> list[dt.datetime]:
    """Return every half hour from the evening before to the morning after."""
    start = dt.datetime.combine(day, dt.time()) - dt.timedelta(hours=6)
    return [start + STEP * number for number in range(72)]


def micros(times: list[dt.datetime]) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    return np.array([(time - EPOCH) // dt.timedelta(microseconds=1) for time in times], np.int64)


class TestCivilTime:
    @pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Australia/Lord_Howe", "UTC"])
    def test_is_that_of_the_zone_on_every_day_the_clocks_change(self, zone: str) -> None:
        rule = ZoneInfo(zone)
        walls = [time for day in CHANGES for time in wall_times(day)]

        found = CivilTime(rule).localise(micros(walls))

        for place, wall in enumerate(walls):
            first, second = (wall.replace(tzinfo=rule, fold=fold).astimezone(dt.UTC) for fold in (0, 1))
            there = first.astimezone(rule).replace(tzinfo=None) == wall
            expected = (first.replace(tzinfo=None), first != second and there, not there)
            instant = EPOCH + dt.timedelta(microseconds=int(found.instants[place]))
            assert (instant, bool(found.repeated[place]), bool(found.missing[place])) == expected

    def test_reaches_far_back_and_ahead(self) -> None:
        walls = [dt.datetime(year, 7, 1) for year in (1900, 1941, 1970, 2021, 2100)]  # noqa: DTZ001  wall clock

        found = CivilTime(LONDON).localise(micros(walls))

        expected = [wall.replace(tzinfo=LONDON).astimezone(dt.UTC).replace(tzinfo=None) for wall in walls]
        assert [EPOCH + dt.timedelta(microseconds=int(one)) for one in found.instants] == expected

    def test_gives_the_civil_day_of_an_instant(self) -> None:
        before, after = (dt.datetime(2021, 6, 30, 22, 59, 59), dt.datetime(2021, 6, 30, 23))  # noqa: DTZ001  in UTC

        days = CivilTime(LONDON).wall_days(micros([before, after]))

        assert [dt.date(1970, 1, 1) + dt.timedelta(days=int(day)) for day in days] == [
            dt.date(2021, 6, 30),
            dt.date(2021, 7, 1),
        ]

    def test_of_no_times_is_none(self) -> None:
        none = np.zeros(0, np.int64)

        assert len(CivilTime(LONDON).localise(none).instants) == len(CivilTime(LONDON).wall_days(none)) == 0
