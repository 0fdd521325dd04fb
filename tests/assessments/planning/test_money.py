import pytest

from tallystick.assessments.planning.money import plain, read, thousands


class TestThousands:
    @pytest.mark.parametrize(
        ("pence", "told"),
        [(0, "£0"), (67_500_00, "£67.5k"), (14_000_00, "£14k"), (123_45, "£123.45"), (8_250_00, "£8,250")],
    )
    def test_are_short_where_they_can_be(self, pence: int, told: str) -> None:
        assert thousands(pence) == told


class TestRead:
    @pytest.mark.parametrize(("told", "pence"), [("67.5", 67_500_00), ("0", 0), ("112.5", 112_500_00)])
    def test_turns_back_what_an_address_has(self, told: str, pence: int) -> None:
        assert read(told) == pence
        assert plain(pence) == told

    @pytest.mark.parametrize("told", ["", "much", "-1", "NaN", "Infinity", "1e99"])
    def test_takes_nothing_for_an_amount_that_is_none(self, told: str) -> None:
        assert read(told) is None
