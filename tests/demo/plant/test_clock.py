import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.demo.plant import clock
from tallystick.rulebook.load import load

LONDON = ZoneInfo("Europe/London")
AUTUMN, SPRING = dt.date(2020, 10, 25), dt.date(2021, 3, 28)
INSTANTS = st.integers(
    int(dt.datetime(2020, 1, 1, tzinfo=dt.UTC).timestamp()) * 1000,
    int(dt.datetime(2022, 12, 31, tzinfo=dt.UTC).timestamp()) * 1000,
)


class TestCivilDay:
    @given(INSTANTS)
    def test_is_the_day_that_a_london_clock_shows(self, at: int) -> None:
        there = dt.datetime.fromtimestamp(at / 1000, tz=LONDON)

        assert clock.civil_day(at) == there.date()
        assert clock.month_of(at) == f"{there:%Y-%m}"


class TestWriting:
    @given(INSTANTS)
    def test_keeps_the_instant_in_each_of_its_ways(self, at: int) -> None:
        moment = dt.datetime.fromtimestamp(0, tz=dt.UTC) + dt.timedelta(milliseconds=at)

        assert dt.datetime.fromisoformat(clock.in_utc(at)) == moment
        assert dt.datetime.fromisoformat(clock.with_offset(at)) == moment
        local = dt.datetime.fromisoformat(clock.as_local(at))
        assert (local if local.tzinfo else local.replace(tzinfo=LONDON)) == moment

    def test_adds_the_offset_in_the_hour_shown_twice_only(self) -> None:
        first = clock.instant(AUTUMN, 1, 30)

        assert clock.as_local(first) == "2020-10-25T01:30:00+01:00"
        assert clock.as_local(first + clock.HOUR) == "2020-10-25T01:30:00+00:00"
        assert clock.as_local(first + 2 * clock.HOUR) == "2020-10-25T02:30:00"
        assert clock.as_local(clock.instant(SPRING, 3)) == "2021-03-28T03:00:00"


class TestInstant:
    @pytest.mark.parametrize(("day", "hours"), [(AUTUMN, 25), (SPRING, 23), (dt.date(2021, 7, 1), 24)])
    def test_leaves_the_real_hours_between_midnights(self, day: dt.date, hours: int) -> None:
        assert clock.instant(day + clock.ONE_DAY) - clock.instant(day) == hours * clock.HOUR


class TestWorkingDays:
    def test_are_those_of_the_rulebook(self) -> None:
        rulebook = load(Path("rulebooks/sec")).rulebook
        assert rulebook is not None
        calendar = rulebook.calendar()

        for day in clock.days_between(dt.date(2020, 1, 1), dt.date(2022, 12, 31)):
            assert clock.is_working(day) == calendar.is_working(day), day
            assert clock.working_days_after(day, 5) == calendar.after(day, 5), day


class TestMonths:
    def test_follow_each_other_over_the_year_end(self) -> None:
        assert clock.month_after("2020-12") == "2021-01"
        assert clock.month_after("2021-01", -1) == "2020-12"
        assert clock.last_day_of("2021-02") == dt.date(2021, 2, 28)
        assert len(clock.days_of("2020-02")) == 29
