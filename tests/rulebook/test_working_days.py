import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.rulebook.code import CalendarText
from tallystick.rulebook.drafts import draft
from tallystick.rulebook.working_days import ONE_DAY, Calendar, OutsideCalendar

PINNED = Path("rulebooks/sec/calendars")


def pinned(key: str) -> Calendar:
    text: CalendarText | None = draft(PINNED / f"{key}.yaml", CalendarText).definition
    assert text is not None
    return Calendar(key, text.title, text.first, text.last, text.days())


ENGLAND_WALES = pinned("england_wales")
SCOTLAND = pinned("scotland")
BOTH = Calendar.united("both", "Both", [ENGLAND_WALES, SCOTLAND])
CALENDARS = {calendar.key: calendar for calendar in (ENGLAND_WALES, SCOTLAND, BOTH)}
# Only the autumn matters: the last bank holiday of that summer was 25 August.
YEAR_2008 = Calendar("2008", "2008", dt.date(2008, 1, 1), dt.date(2008, 12, 31), frozenset())

DAYS = st.dates(dt.date(2013, 1, 1), dt.date(2029, 12, 31))
ANY = st.sampled_from(sorted(CALENDARS)).map(CALENDARS.__getitem__)


class TestAfter:
    @pytest.mark.parametrize(
        ("start", "count", "due"),
        [
            ("2018-07-31", 25, "2018-09-05"),  # over 27 August
            ("2018-08-31", 10, "2018-09-14"),
            ("2018-09-14", 1, "2018-09-17"),  # one Working Day late
            ("2021-07-31", 25, "2021-09-06"),  # over 30 August
            ("2021-08-31", 10, "2021-09-14"),
            ("2015-11-26", 15, "2015-12-17"),
            ("2020-06-12", 15, "2020-07-03"),
            ("2020-03-30", 10, "2020-04-15"),  # over Good Friday and Easter Monday
            ("2012-12-13", 15, "2013-01-08"),
        ],
    )
    def test_is_the_printed_date_counting_from_the_next_day(self, start: str, count: int, due: str) -> None:
        assert str(ENGLAND_WALES.after(dt.date.fromisoformat(start), count)) == due

    def test_is_the_printed_date_counting_the_day_itself(self) -> None:
        assert ENGLAND_WALES.after(dt.date(2012, 12, 13), 15, inclusive=True) == dt.date(2013, 1, 7)

    def test_adds_one_count_to_another(self) -> None:
        first = YEAR_2008.after(dt.date(2008, 8, 31), 26)

        assert first == dt.date(2008, 10, 6)
        assert YEAR_2008.after(first, 5) == YEAR_2008.after(dt.date(2008, 8, 31), 31) == dt.date(2008, 10, 13)

    def test_depends_on_whose_holidays_count(self) -> None:
        new_year = dt.date(2020, 12, 31)

        assert ENGLAND_WALES.after(new_year, 1) == dt.date(2021, 1, 4)
        assert SCOTLAND.after(new_year, 1) == dt.date(2021, 1, 5)

    def test_counts_the_day_itself_only_where_it_is_a_working_day(self) -> None:
        saturday = dt.date(2021, 7, 31)

        assert ENGLAND_WALES.after(saturday, 1, inclusive=True) == dt.date(2021, 8, 2)
        assert ENGLAND_WALES.after(saturday, 1) == dt.date(2021, 8, 2)

    def test_refuses_to_count_past_the_calendar(self) -> None:
        with pytest.raises(OutsideCalendar, match="2012-01-01 to 2030-12-31 \\(england_wales\\)"):
            ENGLAND_WALES.after(dt.date(2030, 12, 30), 25)


class TestBefore:
    @pytest.mark.parametrize(
        ("meeting", "paper_day"), [("2018-10-12", "2018-10-05"), ("2019-05-16", "2019-05-09")]
    )
    def test_is_paper_day_five_working_days_before_a_meeting(self, meeting: str, paper_day: str) -> None:
        assert str(ENGLAND_WALES.before(dt.date.fromisoformat(meeting), 5)) == paper_day

    def test_may_count_the_day_itself(self) -> None:
        friday = dt.date(2018, 10, 12)

        assert ENGLAND_WALES.before(friday, 1, inclusive=True) == friday
        assert ENGLAND_WALES.before(friday, 1) == dt.date(2018, 10, 11)

    def test_refuses_to_count_to_before_the_calendar(self) -> None:
        with pytest.raises(OutsideCalendar):
            ENGLAND_WALES.before(dt.date(2012, 1, 3), 1)

    @given(ANY, DAYS, st.integers(1, 250))
    def test_undoes_what_after_did(self, calendar: Calendar, day: dt.date, count: int) -> None:
        there = calendar.after(day, count)
        back = calendar.before(there, count)

        assert back == (day if calendar.is_working(day) else calendar.before(day, 1))


class TestBetween:
    def test_leaves_out_the_start_and_counts_the_end(self) -> None:
        assert ENGLAND_WALES.between(dt.date(2018, 9, 14), dt.date(2018, 9, 17)) == 1

    def test_is_negative_where_the_end_came_first(self) -> None:
        assert ENGLAND_WALES.between(dt.date(2018, 9, 17), dt.date(2018, 9, 14)) == -1

    @given(ANY, DAYS, st.integers(1, 250))
    def test_is_the_count_that_after_was_given(self, calendar: Calendar, day: dt.date, count: int) -> None:
        due = calendar.after(day, count)

        assert calendar.between(day, due) == count
        assert calendar.is_working(due)

    @given(ANY, DAYS, DAYS, DAYS)
    def test_adds_up_over_any_day_on_the_way(
        self, calendar: Calendar, start: dt.date, way: dt.date, end: dt.date
    ) -> None:
        assert calendar.between(start, way) + calendar.between(way, end) == calendar.between(start, end)


class TestCalendar:
    @pytest.mark.parametrize("key", sorted(CALENDARS))
    def test_agrees_with_a_loop_over_every_day(self, key: str) -> None:
        calendar, count, day = CALENDARS[key], 0, dt.date(2012, 1, 1)
        while day <= dt.date(2030, 12, 31):
            working = day.isoweekday() not in (6, 7) and day not in calendar.days_off
            count += working

            assert (calendar.is_working(day), calendar.count_to(day)) == (working, count)

            day += ONE_DAY

    @pytest.mark.parametrize("key", sorted(CALENDARS))
    def test_agrees_with_numpy_on_every_day(self, key: str) -> None:
        calendar = CALENDARS[key]
        days = np.arange("2012-01-01", "2031-01-01", dtype="datetime64[D]")
        off = np.array(sorted(calendar.days_off), dtype="datetime64[D]")
        written: list[dt.date] = days.tolist()

        counted = np.busday_count(days[0], days + 1, holidays=off)
        fifth = np.busday_offset(days[:-60], 5, roll="backward", holidays=off).tolist()

        assert [calendar.count_to(day) for day in written] == counted.tolist()
        assert [calendar.after(day, 5) for day in written[:-60]] == fifth

    @pytest.mark.parametrize("key", sorted(CALENDARS))
    def test_gives_the_engine_the_same_index(self, key: str) -> None:
        calendar = CALENDARS[key]

        rows = list(calendar.index_rows())

        assert [day for day, _, _ in rows] == [
            calendar.first + n * ONE_DAY for n in range((calendar.last - calendar.first).days + 1)
        ]
        assert all(until == calendar.count_to(day) for day, _, until in rows)
        assert all(until - before == calendar.is_working(day) for day, before, until in rows)

    @pytest.mark.parametrize("day", [dt.date(2011, 12, 31), dt.date(2031, 1, 1)])
    def test_refuses_a_day_it_does_not_cover(self, day: dt.date) -> None:
        with pytest.raises(OutsideCalendar, match="covers 2012-01-01 to 2030-12-31"):
            ENGLAND_WALES.is_working(day)
        with pytest.raises(OutsideCalendar):
            ENGLAND_WALES.count_to(day)


class TestUnited:
    def test_rests_whenever_either_rests(self) -> None:
        assert BOTH.days_off == ENGLAND_WALES.days_off | SCOTLAND.days_off
        assert SCOTLAND.is_working(dt.date(2021, 8, 30))
        assert not BOTH.is_working(dt.date(2021, 8, 30))

    def test_covers_only_what_both_cover(self) -> None:
        short = Calendar("short", "Short", dt.date(2015, 1, 1), dt.date(2031, 1, 1), frozenset())

        united = Calendar.united("united", "United", [ENGLAND_WALES, short])

        assert (united.first, united.last) == (dt.date(2015, 1, 1), dt.date(2030, 12, 31))
