import datetime as dt

import pytest

from tallystick.assessments.reports.days import Year, quarters_of, reach_of, years_of
from tallystick.risks.models import OperatingPeriod

YEAR = Year(name="2022-23", from_on=dt.date(2022, 4, 1), until_on=dt.date(2023, 3, 31))


class TestReach:
    @pytest.mark.parametrize(
        ("quarter", "first", "last"),
        [
            (0, dt.date(2022, 4, 1), dt.date(2023, 3, 31)),
            (1, dt.date(2022, 4, 1), dt.date(2022, 6, 30)),
            (3, dt.date(2022, 10, 1), dt.date(2022, 12, 31)),
            (4, dt.date(2023, 1, 1), dt.date(2023, 3, 31)),
        ],
    )
    def test_is_a_quarter_or_the_whole_period(self, quarter: int, first: dt.date, last: dt.date) -> None:
        found = reach_of(YEAR, quarter)

        assert found is not None
        assert (found.first, found.last) == (first, last)
        assert [found.has(one) for one in (first, last, last + dt.timedelta(days=1), None)] == [
            *(True, True, False, False)
        ]

    @pytest.mark.parametrize("quarter", [-1, 5])
    def test_is_none_of_a_quarter_that_is_none(self, quarter: int) -> None:
        assert reach_of(YEAR, quarter) is None

    def test_ends_with_a_period_that_is_shorter(self) -> None:
        short = Year(name="2022", from_on=dt.date(2022, 4, 15), until_on=dt.date(2022, 8, 10))

        found = [reach_of(short, quarter) for quarter in (1, 2)]

        assert quarters_of(short) == 2
        assert [(one.first, one.last) for one in found if one] == [
            (dt.date(2022, 4, 15), dt.date(2022, 6, 30)),
            (dt.date(2022, 7, 1), dt.date(2022, 8, 10)),
        ]

    def test_is_called_by_its_period_and_quarter(self) -> None:
        titles = [one.title for one in (reach_of(YEAR), reach_of(YEAR, 2)) if one]

        assert titles == ["2022-23", "2022-23, quarter 2"]


class TestYears:
    def test_go_back_to_what_was_first_applied(self) -> None:
        opened = OperatingPeriod(name=YEAR.name, from_on=YEAR.from_on, until_on=YEAR.until_on)

        assert years_of([opened], dt.date(2022, 4, 1)) == [YEAR]
        assert years_of([opened], dt.date(2021, 3, 31)) == [
            YEAR,
            Year("2021-22", dt.date(2021, 4, 1), dt.date(2022, 3, 31)),
            Year("2020-21", dt.date(2020, 4, 1), dt.date(2021, 3, 31)),
        ]

    def test_are_none_before_a_register_was_opened(self) -> None:
        assert years_of([], dt.date(2021, 3, 31)) == []

    def test_of_the_calendar_are_called_by_their_number(self) -> None:
        opened = OperatingPeriod(name="2022", from_on=dt.date(2022, 1, 1), until_on=dt.date(2022, 12, 31))

        before = years_of([opened], dt.date(2021, 6, 1))[1]

        assert before == Year("2021", dt.date(2021, 1, 1), dt.date(2021, 12, 31))
