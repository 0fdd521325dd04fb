from tallystick.month.assessment import Point
from tallystick.month.series import filled, value


def point(period: str, numerator: int | None) -> Point:
    return Point(
        period, numerator, None if numerator is None else 10, None, "met" if numerator else "not_reported"
    )


class TestFilled:
    def test_puts_an_unreported_period_where_one_is_left_out(self) -> None:
        drawn = filled([point("2021-05", 9), point("2021-07", 10)])

        assert [(one.period, one.state) for one in drawn] == [
            ("2021-05", "met"),
            ("2021-06", "not_reported"),
            ("2021-07", "met"),
        ]

    def test_begins_with_the_first_figure_known(self) -> None:
        drawn = filled([point("2021-05", None), point("2021-06", 9), point("2021-07", 10)])

        assert [one.period for one in drawn] == ["2021-06", "2021-07"]

    def test_keeps_to_the_last_periods(self) -> None:
        assert [one.period for one in filled([point("2019-01", 1), point("2021-07", 1)], 2)] == [
            "2021-06",
            "2021-07",
        ]

    def test_steps_by_quarters_where_periods_are_quarters(self) -> None:
        drawn = filled([point("2020-Q4", 9), point("2021-Q2", 9)])

        assert [one.period for one in drawn] == ["2020-Q4", "2021-Q1", "2021-Q2"]

    def test_of_nothing_is_nothing(self) -> None:
        assert filled([]) == []


class TestValue:
    def test_is_the_percentage(self) -> None:
        assert value(Point("2021-07", 1, 3, None, "met")) == 33.3333

    def test_is_the_number_of_a_count(self) -> None:
        assert value(Point("2021-07", 341, None, None, "no_level")) == 341

    def test_is_nothing_without_events(self) -> None:
        assert value(Point("2021-07", 0, 0, None, "no_events")) is None
