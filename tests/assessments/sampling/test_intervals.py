from fractions import Fraction

import pytest

from tallystick.assessments.sampling.intervals import UnableToEstimate, rate
from tests.assessments.drawers import failures


class TestRate:
    @pytest.mark.parametrize(
        ("failed", "of", "low", "high"),
        # As tables of exact binomial limits print them.
        [
            (0, 10, 0.0, 0.3085),
            (1, 10, 0.0025, 0.4450),
            (5, 10, 0.1871, 0.8129),
            (10, 10, 0.6915, 1.0),
            (3, 59, 0.0106, 0.1415),
        ],
    )
    def test_has_exact_limits(self, failed: int, of: int, low: float, high: float) -> None:
        found = rate(failed, of)

        assert found.share == Fraction(failed, of)
        assert [found.low, found.high] == pytest.approx([low, high], abs=6e-5)

    @pytest.mark.parametrize("true", [0.01, 0.05, 0.3])
    def test_holds_the_true_rate_as_often_as_it_says(self, true: float) -> None:
        tried = failures(7, true, of=80, times=2_000)

        held = [found.low <= true <= found.high for found in map(rate, tried, [80] * len(tried))]

        assert sum(held) / len(held) >= 0.945

    def test_is_wider_where_more_confidence_is_asked(self) -> None:
        narrow, wide = (rate(4, 80, confidence) for confidence in (0.9, 0.99))

        assert wide.low < narrow.low < narrow.high < wide.high

    @pytest.mark.parametrize(("failed", "of"), [(0, 0), (3, 2), (-1, 5)])
    def test_of_counts_that_cannot_be_is_refused(self, failed: int, of: int) -> None:
        with pytest.raises(UnableToEstimate):
            rate(failed, of)
