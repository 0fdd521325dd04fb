import pytest

from tallystick.risks.scoring.grid import UnableToScore, score, stands
from tests.risks.scoring.methods import five_by_five

METHOD = five_by_five()


class TestScore:
    # Worked examples T14: of scores of 1 to 25, a top risk has 12 or more.
    @pytest.mark.parametrize(
        ("likelihood", "impact", "product", "is_top"),
        [(3, 4, 12, True), (2, 5, 10, False), (2, 4, 8, False), (1, 1, 1, False), (5, 5, 25, True)],
    )
    def test_is_likelihood_times_impact(
        self, likelihood: int, impact: int, product: int, *, is_top: bool
    ) -> None:
        found = score(METHOD, likelihood, impact)

        assert (found, METHOD.is_top(found)) == (product, is_top)

    @pytest.mark.parametrize(("likelihood", "impact"), [(0, 3), (6, 3), (3, 0), (3, 6)])
    def test_is_of_steps_that_there_are(self, likelihood: int, impact: int) -> None:
        with pytest.raises(UnableToScore, match="from 1 to 5"):
            score(METHOD, likelihood, impact)


class TestStands:
    @pytest.mark.parametrize(
        ("net", "appetite", "where"),
        [
            *((16, 9, "above"), (15, 9, "above"), (15, 16, "watch"), (12, 12, "watch")),
            *((12, 9, "watch"), (8, 6, "watch"), (9, 9, "within"), (8, 9, "within"), (4, 6, "within")),
        ],
    )
    def test_weighs_band_and_appetite_together(self, net: int, appetite: int, where: str) -> None:
        assert stands(METHOD, net, appetite) == where
