from dataclasses import replace

import pytest

from tallystick.assessments.optimiser.frontier import Frontier, Point, frontier
from tests.assessments.optimiser.asked import at_random, of_two


class TestFrontier:
    def test_covers_what_each_budget_buys(self) -> None:
        found = frontier(of_two(), range(0, 1_600, 100), gap=1e-6)

        covered = {point.budget: round(point.covered, 6) for point in found.points}
        assert [covered[one] for one in (0, 300, 400, 500, 600, 900, 1_000, 1_100, 1_500)] == [
            *(0, 0, 0.2, 0.4, 0.5, 0.52, 0.6, 0.7, 0.76)
        ]

    @pytest.mark.parametrize("seed", range(4))
    def test_never_covers_less_for_more(self, seed: int) -> None:
        question = replace(at_random(seed), coverage={}, fixed={})

        found = frontier(question, range(0, 40_000_00, 4_000_00))

        covered = [point.covered for point in found.points]
        assert covered == sorted(covered)
        assert all(point.chosen and point.chosen.spent <= point.budget for point in found.points)

    def test_says_where_nothing_fits(self) -> None:
        found = frontier(replace(of_two(), coverage={"R-01": 0.45}), (0, 600))

        assert [point.chosen is None for point in found.points] == [True, False]
        assert found.points[0].covered == 0

    def test_keeps_what_a_smaller_budget_found(self) -> None:
        # So wide a gap lets the solver stop at the first choice it comes upon.
        found = frontier(of_two(), (500, 600, 1_000, 1_100), gap=0.9)

        assert [point.covered for point in found.points] == sorted(point.covered for point in found.points)

    def test_is_without_points_where_no_budget_is_asked(self) -> None:
        assert frontier(of_two(), ()) == Frontier(())


class TestKnee:
    def test_is_where_more_money_begins_to_buy_little(self) -> None:
        found = frontier(of_two(), (0, 500, 1_000, 1_500), gap=1e-6)

        # From £10 on, £5 more adds 16 points of a hundred; before that, at least 20.
        assert found.knee(0.18, step=500) == 1_000
        assert found.knee(0.1, step=500) is None

    def test_is_at_the_start_where_nothing_buys_anything(self) -> None:
        flat = Frontier((Point(0, None), Point(500, None)))

        assert flat.knee(0.01) == 0
        assert Frontier(()).knee(0.01) is None
