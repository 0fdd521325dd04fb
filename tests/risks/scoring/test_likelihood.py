from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.risks.scoring.likelihood import Prior, Seen, UnableToPropose, propose

EVEN = Prior(Fraction(1), Fraction(1))


class TestPropose:
    def test_begins_with_the_prior_alone(self) -> None:
        found = propose(EVEN, Seen(0, 0))

        assert found.month == Fraction(1, 2)
        # Of a chance that may be anything, none in twelve has one chance in thirteen.
        assert found.year == Fraction(12, 13)
        assert (found.low, found.high) == (0.05, 0.95)

    def test_moves_with_what_was_seen(self) -> None:
        found = propose(EVEN, Seen(months=478, found=13))

        assert found.month == Fraction(14, 480)
        assert found.low < 14 / 480 < found.high
        assert 0.29 < found.year < 0.30

    @given(st.integers(0, 400), st.integers(0, 400))
    def test_holds_the_chance_of_a_year_between_that_of_a_month_and_its_power(
        self, found: int, clear: int
    ) -> None:
        proposed = propose(Prior(), Seen(found + clear, found))

        # What is not known of the chance of a month makes several months alike: fewer years have one.
        assert proposed.month <= proposed.year <= 1 - (1 - proposed.month) ** 12
        assert 0 <= proposed.low <= proposed.high <= 1

    @pytest.mark.parametrize(("months", "found"), [(3, 4), (3, -1)])
    def test_refuses_counts_that_cannot_be(self, months: int, found: int) -> None:
        with pytest.raises(UnableToPropose, match=f"{found} of {months} months"):
            Seen(months, found)

    def test_refuses_a_prior_without_a_side(self) -> None:
        with pytest.raises(UnableToPropose, match="two numbers above 0"):
            Prior(Fraction(0), Fraction(1))
