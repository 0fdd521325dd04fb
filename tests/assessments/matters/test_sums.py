import pytest

from tallystick.assessments.matters.sums import percent, rolling


class TestRolling:
    MONTHS = {f"{2020 + number // 12}-{number % 12 + 1:02}": (number, 100) for number in range(24)}

    # Worked example T28: monthly, on the last thirteen months.
    def test_sums_the_months_up_to_the_last(self) -> None:
        assert rolling(self.MONTHS, "2021-01", 13) == (sum(range(13)), 1_300)
        assert rolling(self.MONTHS, "2021-12", 13) == (sum(range(11, 24)), 1_300)

    def test_is_none_while_a_month_is_missing(self) -> None:
        assert rolling(self.MONTHS, "2020-12", 13) is None


class TestPercent:
    @pytest.mark.parametrize(("places", "told"), [(2, "99.54%"), (1, "99.5%"), (0, "100%")])
    def test_is_rounded_half_up_from_the_counts(self, places: int, told: str) -> None:
        assert percent(216, 217, places) == told
        assert percent(1, 8, 2) == "12.50%"
