import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.rulebook.periods import Span, UnreadablePeriod

MONTHS = st.builds(
    Span, st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)).map(lambda day: day.replace(day=1))
)


class TestParse:
    @pytest.mark.parametrize(
        ("written", "first", "last", "length"),
        [
            ("2021-07", dt.date(2021, 7, 1), dt.date(2021, 7, 31), 31),
            ("2020-02", dt.date(2020, 2, 1), dt.date(2020, 2, 29), 29),
            ("2021-12", dt.date(2021, 12, 1), dt.date(2021, 12, 31), 31),
            ("2021-Q1", dt.date(2021, 1, 1), dt.date(2021, 3, 31), 90),
            ("2021-Q4", dt.date(2021, 10, 1), dt.date(2021, 12, 31), 92),
            ("2021", dt.date(2021, 1, 1), dt.date(2021, 12, 31), 365),
            ("2199-12", dt.date(2199, 12, 1), dt.date(2199, 12, 31), 31),
        ],
    )
    def test_reads_months_quarters_and_years(
        self, written: str, first: dt.date, last: dt.date, length: int
    ) -> None:
        span = Span.parse(written)

        assert (span.first, span.last, span.length, str(span)) == (first, last, length, written)

    @pytest.mark.parametrize(
        "written",
        [
            "",
            "2021-7",
            "2021-00",
            "2021-13",
            "2021-Q0",
            "2021-Q5",
            "July 2021",
            "202107",
            "2021-07-01",
            "21-07",
            "0000",
            "0001-01",
            "9999-12",
            "2200",
            "٢٠٢١",
            "2021-07\n",
            " 2021-07",
        ],
    )
    def test_refuses_anything_else_and_says_what_would_do(self, written: str) -> None:
        with pytest.raises(UnreadablePeriod, match=r"is not a period\. Write a month such as 2021-07"):
            Span.parse(written)

    @given(MONTHS)
    def test_gives_back_what_was_written(self, month: Span) -> None:
        assert Span.parse(str(month)) == month


class TestSpan:
    def test_of_a_day_is_its_month_or_its_quarter(self) -> None:
        day = dt.date(2021, 8, 31)

        assert str(Span.month_of(day)) == "2021-08"
        assert str(Span.quarter_of(day)) == "2021-Q3"

    @given(st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)))
    def test_of_a_day_holds_the_day(self, day: dt.date) -> None:
        assert day in Span.month_of(day)
        assert day in Span.quarter_of(day)
        assert Span.month_of(day).first in Span.quarter_of(day)

    def test_holds_its_first_and_last_day_and_no_other(self) -> None:
        july = Span.parse("2021-07")

        assert dt.date(2021, 7, 1) in july
        assert dt.date(2021, 7, 31) in july
        assert dt.date(2021, 6, 30) not in july
        assert dt.date(2021, 8, 1) not in july

    def test_lists_its_days(self) -> None:
        days = Span.parse("2020-02").days()

        assert (days[0], days[-1], len(days)) == (dt.date(2020, 2, 1), dt.date(2020, 2, 29), 29)

    @pytest.mark.parametrize(
        ("written", "months", "moved"),
        [
            ("2021-12", 1, "2022-01"),
            ("2021-01", -1, "2020-12"),
            ("2021-07", -24, "2019-07"),
            ("2021-Q1", -3, "2020-Q4"),
            ("2021", 12, "2022"),
            ("2021-07", 0, "2021-07"),
        ],
    )
    def test_is_shifted_by_months_over_the_end_of_a_year(self, written: str, months: int, moved: str) -> None:
        assert str(Span.parse(written).shifted(months)) == moved

    @given(MONTHS, st.integers(-600, 600))
    def test_comes_back_when_it_is_shifted_back(self, month: Span, months: int) -> None:
        assert month.shifted(months).shifted(-months) == month

    @given(MONTHS)
    def test_ends_the_day_before_the_next_begins(self, month: Span) -> None:
        assert month.last + dt.timedelta(days=1) == month.shifted(1).first

    @pytest.mark.parametrize(
        ("written", "words"), [("2021-07", "July 2021"), ("2021-Q3", "2021 Q3"), ("2021", "2021")]
    )
    def test_is_said_in_words(self, written: str, words: str) -> None:
        assert Span.parse(written).words == words
