import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.evidence.civil_days import SECOND, civil_days, day_number, day_of
from tallystick.evidence.civil_time import CivilTime

LONDON = ZoneInfo("Europe/London")
ZONES = [LONDON, ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe"), ZoneInfo("Asia/Kathmandu")]


def micros(text: str) -> int:
    return round(dt.datetime.fromisoformat(text).timestamp()) * SECOND


class TestCivilDays:
    @pytest.mark.parametrize(
        ("instant", "day"),
        [
            ("2021-07-01T22:59:59+00:00", "2021-07-01"),
            ("2021-07-01T23:00:00+00:00", "2021-07-02"),
            ("2021-01-01T23:59:59+00:00", "2021-01-01"),
            ("2021-03-28T00:30:00+00:00", "2021-03-28"),
            ("2021-10-30T23:00:00+00:00", "2021-10-31"),
            ("2021-10-31T23:30:00+00:00", "2021-10-31"),
            ("2022-10-29T22:59:59+00:00", "2022-10-29"),
            ("1970-01-01T23:00:00+00:00", "1970-01-02"),
            ("2096-07-01T23:30:00+00:00", "2096-07-02"),
        ],
    )
    def test_are_those_of_the_clock_on_a_london_wall(self, instant: str, day: str) -> None:
        assert [day_of(n) for n in civil_days(np.array([micros(instant)]), LONDON)] == [
            dt.date.fromisoformat(day)
        ]

    @given(
        st.lists(st.integers(micros("1970-01-01T00:00+00:00"), micros("2100-12-31T00:00+00:00")), min_size=1),
        st.sampled_from(ZONES),
    )
    def test_agree_with_the_zone_asked_instant_by_instant(self, instants: list[int], zone: ZoneInfo) -> None:
        asked = [
            dt.datetime.fromtimestamp(instant // SECOND, zone).date() for instant in instants
        ]  # whole seconds: a day never starts within one

        assert [day_of(n) for n in civil_days(np.array(instants), zone)] == asked

    @settings(max_examples=20)
    @given(
        st.integers(micros("2021-01-01T00:00+00:00"), micros("2021-12-31T00:00+00:00")), st.integers(1, 400)
    )
    def test_agree_with_those_the_reading_side_counts(self, start: int, hours: int) -> None:
        instants = start + np.arange(50, dtype=np.int64) * hours * 3600 * SECOND

        assert civil_days(instants, LONDON).tolist() == CivilTime(LONDON).wall_days(instants).tolist()

    def test_of_nothing_are_none(self) -> None:
        assert len(civil_days(np.array([], np.int64), LONDON)) == 0


class TestDayNumber:
    def test_is_undone_by_day_of(self) -> None:
        day = dt.date(2021, 7, 1)

        assert day_of(day_number(day)) == day
