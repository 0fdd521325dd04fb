import pytest

from tallystick.month import scales


class TestTicks:
    def test_stop_at_a_hundred_percent(self) -> None:
        assert scales.ticks([94.2, 99, 97], 100) == [93, 94, 95, 96, 97, 98, 99, 100]

    def test_go_on_where_a_value_lies_beyond(self) -> None:
        assert scales.ticks([90, 101], 100)[-1] >= 101

    def test_hold_every_value(self) -> None:
        for values in ([0.0], [3.0, 3.0], [33.7, 99.4], [0.0, 1_234_567.0], [-4.0, 9.0]):
            ticks = scales.ticks(values)

            assert ticks[0] <= min(values) <= max(values) <= ticks[-1]
            assert 2 <= len(ticks) <= 11

    def test_do_not_fall_below_nought_for_counts(self) -> None:
        assert scales.ticks([1, 300])[0] == 0


class TestDeclutter:
    def test_moves_labels_apart_and_keeps_their_order(self) -> None:
        moved = scales.declutter([100, 101, 99], 200)

        assert moved[2] < moved[0] < moved[1]
        assert min(moved[0] - moved[2], moved[1] - moved[0]) >= scales.LABEL_HEIGHT

    def test_leaves_labels_that_do_not_touch(self) -> None:
        assert scales.declutter([10, 60, 120], 200) == [10, 60, 120]

    def test_keeps_labels_within_the_plot(self) -> None:
        assert max(scales.declutter([199, 200, 200], 200)) <= 200


class TestEvery:
    @pytest.mark.parametrize(("width", "apart"), [(700, 3), (400, 6), (200, 12)])
    def test_leaves_room_for_each_label(self, width: int, apart: int) -> None:
        assert scales.every(25, width) == apart
