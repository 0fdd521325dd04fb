from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.findings.rounding import (
    Mode,
    Rounding,
    limit_of_averages,
    points_to,
    rounded,
    share,
    shortfall,
)

MODES: dict[Mode, str] = {
    "half_up": ROUND_HALF_UP,
    "half_even": ROUND_HALF_EVEN,
    "up": ROUND_UP,
    "down": ROUND_DOWN,
}


class TestRounded:
    @pytest.mark.parametrize(
        ("mode", "figures"),
        [
            ("half_up", ["0.1", "0.2", "0.3", "-0.2", "0.2"]),
            ("half_even", ["0.0", "0.2", "0.2", "-0.2", "0.2"]),
            ("up", ["0.1", "0.2", "0.3", "-0.2", "0.2"]),
            ("down", ["0.0", "0.1", "0.2", "-0.1", "0.1"]),
        ],
    )
    def test_decides_a_half_by_its_mode(self, mode: Mode, figures: list[str]) -> None:
        halves = [Fraction(text) for text in ("0.05", "0.15", "0.25", "-0.15", "0.19")]

        assert [str(rounded(half, 1, mode)) for half in halves] == figures

    def test_keeps_the_places_that_were_asked_for(self) -> None:
        assert str(rounded(Fraction(99), 2)) == "99.00"

    def test_never_shows_a_negative_nought(self) -> None:
        assert str(rounded(Fraction(-1, 1000), 1)) == "0.0"

    @given(
        st.decimals(min_value=-(10**6), max_value=10**6, places=6),
        st.integers(0, 4),
        st.sampled_from(sorted(MODES)),
    )
    def test_agrees_with_decimal_wherever_decimal_is_exact(
        self, value: Decimal, places: int, mode: Mode
    ) -> None:
        expected = value.quantize(Decimal(1).scaleb(-places), rounding=MODES[mode])

        assert rounded(Fraction(value), places, mode) == expected

    @given(st.fractions(max_denominator=10**12), st.integers(0, 6), st.sampled_from(sorted(MODES)))
    def test_moves_a_number_by_less_than_its_last_place(
        self, value: Fraction, places: int, mode: Mode
    ) -> None:
        moved = abs(Fraction(rounded(value, places, mode)) - value) * 10**places

        assert moved < 1
        assert moved <= Fraction(1, 2) or mode in ("up", "down")


class TestShare:
    def test_is_nothing_where_there_was_no_event(self) -> None:
        assert share(0, 0) is None

    def test_is_nought_where_every_event_failed(self) -> None:
        assert share(0, 5) == Decimal("0.00")

    def test_is_exact_where_a_float_would_round_the_wrong_way(self) -> None:
        assert share(2675, 100_000, 2) == Decimal("2.68")  # the float 2.675 is a little less

    def test_of_available_minutes_leaves_out_agreed_maintenance(self) -> None:
        july, unavailable, planned = 44_640, 300, 180

        assert share(july - (unavailable - planned), july, 3) == Decimal("99.731")

    def test_of_sent_against_forecast_is_as_the_panel_read_it_in_august_2018(self) -> None:
        assert share(407_397, 868_301) == Decimal("46.92")
        assert share(1_209_004, 7_004_230) == Decimal("17.26")


class TestPointsTo:
    def test_is_negative_below_the_level_and_positive_above_it(self) -> None:
        assert points_to(9713, 10_000, Decimal(99)) == Decimal("-1.87")
        assert points_to(9713, 10_000, Decimal(96)) == Decimal("1.13")

    def test_is_the_variance_where_the_level_is_the_forecast_itself(self) -> None:
        assert points_to(407_397, 868_301, Decimal(100)) == Decimal("-53.08")
        assert points_to(1_209_004, 7_004_230, Decimal(100)) == Decimal("-82.74")

    def test_is_nothing_where_there_was_no_event(self) -> None:
        assert points_to(0, 0, Decimal(99)) is None


class TestShortfall:
    @pytest.mark.parametrize(
        ("numerator", "places", "used"),
        [(9694, 1, "0.1"), (9694, 2, "0.06"), (9696, 1, "0.0"), (9696, 2, "0.04"), (9700, 1, "0.0")],
    )
    def test_is_used_at_the_places_the_code_says(self, numerator: int, places: int, used: str) -> None:
        assert str(shortfall(numerator, 10_000, Decimal(97), places)) == used

    def test_is_never_negative(self) -> None:
        assert shortfall(99, 100, Decimal(97), 1) == 0

    def test_is_nothing_where_there_was_no_event(self) -> None:
        assert shortfall(0, 0, Decimal(97), 1) is None


class TestLimitOfAverages:
    UP = Rounding(0, "up")
    NEAREST = Rounding(0, "half_up")
    ONE_PLACE = Rounding(1, "half_up")

    def test_takes_the_greatest_of_the_months(self) -> None:
        months = [(193, 10), (214, 10), (271, 10)]

        assert limit_of_averages(months, Decimal("1.2"), averages=None, limit=self.UP) == 33

    def test_rounds_up_where_the_rule_does_though_32_was_printed(self) -> None:
        months = [(267, 10)]

        assert limit_of_averages(months, Decimal("1.2"), averages=None, limit=self.UP) == 33
        assert limit_of_averages(months, Decimal("1.2"), averages=None, limit=self.NEAREST) == 32

    def test_depends_on_the_stage_at_which_an_average_is_rounded(self) -> None:
        months = [(541, 20)]  # 27.05, printed as 27.1

        first = limit_of_averages(months, Decimal("1.2"), averages=self.ONE_PLACE, limit=self.NEAREST)
        last = limit_of_averages(months, Decimal("1.2"), averages=None, limit=self.NEAREST)

        assert (first, last) == (Decimal(33), Decimal(32))

    def test_is_nothing_where_no_month_has_days(self) -> None:
        assert limit_of_averages([(0, 0)], Decimal("1.2"), averages=None, limit=self.UP) is None
