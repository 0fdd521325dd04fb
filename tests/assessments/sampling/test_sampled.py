"""What a sample tells."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.assessments.models import Sample, Tally
from tallystick.assessments.sampling.sampled import Stratum, drawn_of, sizes, told


def sample(taken: int = 40, size: int = 1000) -> Sample:
    drawn = "\n".join(f"all\tn{one}" for one in range(taken))
    strata, counts = {"all": size}, {"all": taken}
    return Sample(strata=strata, taken=counts, drawn=drawn, confidence=Decimal(95), tolerable=Decimal("7.5"))


def tally(number: int = 1, *, fails: int = 0, of: int = 40) -> Tally:
    ways = {str(one + 1): "fails" if one < fails else "conforms" for one in range(of)}
    return Tally(number=number, outcomes=ways)


class TestTold:
    def test_has_the_rate_with_its_exact_interval(self) -> None:
        known = told(sample(), [tally(fails=3)])

        assert known.rate is not None
        assert (known.rate.failed, known.rate.of) == (3, 40)
        assert (round(known.rate.low, 4), round(known.rate.high, 4)) == (0.0157, 0.2039)
        assert known.says == "It cannot be assured that no more than 7.5% fails."

    def test_assures_the_tolerable_share_where_no_more_fail_than_let(self) -> None:
        assert told(sample(), [tally()]).says.startswith("No more than 7.5% fails")

    def test_waits_for_what_was_not_seen(self) -> None:
        known = told(sample(), [tally(of=30), Tally(number=2, outcomes={"31": "not_seen"})])

        assert (known.waiting, known.looked, known.is_whole) == (10, 30, False)
        assert known.says == "10 of the sample wait to be looked at."

    def test_flags_the_inspections_of_2012_that_make_up_more_than_all(self) -> None:
        totals = {"all": {"looked": 1116, "conform": 244, "fail": 953}}

        known = told(sample(1116, 120_000), [Tally(number=1, totals=totals)])

        assert known.mismatches == [("all", "244 conform and 953 fail: 1,197 of 1,116 looked at (107.3%)")]
        assert known.rate is None

    def test_flags_more_looked_at_than_there_are(self) -> None:
        assert "of 10 that there are" in Stratum("all", 10, 5, 12, 12, 0).mismatch

    def test_mends_totals_by_later_ones(self) -> None:
        first = {"all": {"looked": 40, "conform": 1, "fail": 1}}
        second = {"all": {"looked": 40, "conform": 39, "fail": 1}}

        known = told(sample(), [Tally(number=2, totals=second), Tally(number=1, totals=first)])

        assert (known.mismatches, known.fail) == ([], 1)

    def test_still_counts_where_the_names_were_ordered_away(self) -> None:
        one = sample()
        one.drawn = "Removed by order, 7 September 2021 (#41)"

        assert drawn_of(one) == []
        assert told(one, [tally(fails=3)]).fail == 3

    @settings(max_examples=40, deadline=None)
    @given(st.integers(0, 40), st.integers(0, 40))
    def test_never_counts_more_than_was_drawn(self, fails: int, of: int) -> None:
        known = told(sample(), [tally(fails=fails, of=of)])

        assert known.looked + known.waiting == 40
        assert known.fail == min(fails, of)
        if known.rate is not None:
            assert known.rate.low <= known.fail / known.looked <= known.rate.high


class TestSizes:
    @settings(max_examples=40, deadline=None)
    @given(st.dictionaries(st.sampled_from("abcd"), st.integers(1, 500), min_size=1), st.integers(0, 2))
    def test_take_something_of_every_stratum_and_no_more_than_there_is(
        self, strata: dict[str, int], accepted: int
    ) -> None:
        taken = sizes(Decimal(95), Decimal(5), accepted, strata)

        assert all(0 < taken[name] <= count for name, count in strata.items()) or sum(taken.values()) < len(
            strata
        )

    @pytest.mark.parametrize(("population", "expected"), [(100, 39), (1000, 56), (100_000, 59)])
    def test_let_more_than_the_tolerable_share_pass_rarely(self, population: int, expected: int) -> None:
        assert sum(sizes(Decimal(95), Decimal(5), 0, {"all": population}).values()) == expected
