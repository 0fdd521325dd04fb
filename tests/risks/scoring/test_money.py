from decimal import Decimal

import pytest

from tallystick.risks.scoring.money import Case, Drawn, UnableToDraw, draw
from tests.risks.scoring.methods import money

CASE = Case(events=Decimal("2.5"), low=Decimal(1_000), central=Decimal(4_000), high=Decimal(13_000))


class TestDraw:
    @pytest.mark.parametrize(("shape", "loss"), [("pert", 5_000), ("triangular", 6_000)])
    def test_has_the_mean_of_events_times_loss(self, shape: str, loss: int) -> None:
        # The mean of a PERT is (1,000 + 4 x 4,000 + 13,000) / 6, that of a triangle a third of the sum.
        found = draw(money(shape), CASE)

        assert found.mean == pytest.approx(2.5 * loss, rel=0.02)

    def test_has_quantiles_that_rise_and_years_without_any(self) -> None:
        found = draw(money(), CASE)

        assert list(found.quantiles.values()) == sorted(found.quantiles.values())
        # None in a year has a chance of e to the -2.5.
        assert float(found.without) == pytest.approx(0.0821, abs=0.006)

    def test_of_one_seed_is_the_same_to_the_pound_and_another_seed_another(self) -> None:
        again = [
            draw(money(seed=seed), CASE, of)
            for seed, of in ((1, "R-01"), (1, "R-01"), (2, "R-01"), (1, "R-02"))
        ]

        assert again[0] == again[1]
        assert len({one.mean for one in again}) == 3

    def test_is_pinned(self) -> None:
        # What was published once is drawn again the same, whatever library there is then.
        assert draw(money(draws=1_000, seed=7), CASE) == Drawn(
            12_455, {Decimal("0.05"): 0, Decimal("0.5"): 11_551, Decimal("0.95"): 28_053}, Decimal("0.09")
        )

    def test_of_no_events_loses_nothing(self) -> None:
        found = draw(money(), Case(Decimal(0), Decimal(1), Decimal(2), Decimal(3)))

        assert (found.mean, set(found.quantiles.values())) == (0, {0})
        assert found.without == Decimal(1)

    def test_of_one_loss_alone_counts_events(self) -> None:
        found = draw(money(draws=1_000), Case(Decimal(3), Decimal(10), Decimal(10), Decimal(10)))

        assert all(value % 10 == 0 for value in found.quantiles.values())


class TestCase:
    @pytest.mark.parametrize(
        "said", [(1, 5, 4, 9), (1, -1, 4, 9), (-1, 1, 4, 9), (10**6, 1, 4, 9), (1, 1, 9, 4)]
    )
    def test_that_cannot_be_is_refused(self, said: tuple[int, ...]) -> None:
        with pytest.raises(UnableToDraw):
            Case(*(Decimal(one) for one in said))
