import datetime as dt

import pytest

from tallystick.assessments.reports.days import quarters_of, reach_of
from tallystick.risks.models import OperatingPeriod

YEAR = OperatingPeriod(name="2022-23", from_on=dt.date(2022, 4, 1), until_on=dt.date(2023, 3, 31))


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
        short = OperatingPeriod(name="2022", from_on=dt.date(2022, 4, 15), until_on=dt.date(2022, 8, 10))

        found = [reach_of(short, quarter) for quarter in (1, 2)]

        assert quarters_of(short) == 2
        assert [(one.first, one.last) for one in found if one] == [
            (dt.date(2022, 4, 15), dt.date(2022, 6, 30)),
            (dt.date(2022, 7, 1), dt.date(2022, 8, 10)),
        ]

    def test_is_called_by_its_period_and_quarter(self) -> None:
        titles = [one.title for one in (reach_of(YEAR), reach_of(YEAR, 2)) if one]

        assert titles == ["2022-23", "2022-23, quarter 2"]
