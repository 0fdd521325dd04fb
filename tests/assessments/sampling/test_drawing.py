from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.assessments.sampling.drawing import (
    UnableToSample,
    Wanted,
    adds_up,
    draw,
    drawn,
    share_of,
    size,
    split,
)
from tests.assessments.drawers import chance_of_missing

NAMES = [f"site-{number}" for number in range(500)]


class TestSize:
    # One in twenty and more: (19 / 20) to the 59th is the first power at or under one in twenty.
    @pytest.mark.parametrize(
        ("population", "taken"), [(0, 0), (1, 1), (20, 16), (100_000, 59), (10_000_000, 59)]
    )
    def test_grows_with_the_population_to_a_limit(self, population: int, taken: int) -> None:
        assert size(Wanted(Fraction(95, 100), Fraction(5, 100)), population) == taken

    @pytest.mark.parametrize(
        ("population", "tolerable", "accepted"), [(60, 10, 0), (60, 10, 1), (45, 20, 2), (300, 5, 0)]
    )
    def test_is_the_least_that_misses_seldom_enough(
        self, population: int, tolerable: int, accepted: int
    ) -> None:
        wanted = Wanted(Fraction(9, 10), Fraction(tolerable, 100), accepted)

        taken = size(wanted, population)

        failing = population * tolerable // 100 + 1
        chances = [chance_of_missing(population, failing, one, accepted) for one in (taken - 1, taken)]
        assert chances[0] > Fraction(1, 10) >= chances[1]

    @pytest.mark.parametrize(
        ("confidence", "tolerable"), [("0", "0.1"), ("1", "0.1"), ("0.9", "0"), ("0.9", "1")]
    )
    def test_is_asked_for_with_shares_that_can_be(self, confidence: str, tolerable: str) -> None:
        with pytest.raises(UnableToSample):
            Wanted(Fraction(confidence), Fraction(tolerable))

    def test_of_too_many_is_refused(self) -> None:
        with pytest.raises(UnableToSample, match="at most 10,000,000"):
            size(Wanted(Fraction(9, 10), Fraction(1, 10)), 10_000_001)


class TestShareOf:
    # Worked examples T17: 1 % of supplier meters, 5 % of central ones, a fifth of the sample by choice.
    @pytest.mark.parametrize(
        ("population", "share", "taken"), [(120_000, "0.01", 1_200), (1_200, "0.2", 240), (791, "0.05", 40)]
    )
    def test_counts_a_part_of_one_as_one(self, population: int, share: str, taken: int) -> None:
        assert share_of(population, Fraction(share)) == taken

    def test_is_no_more_than_all(self) -> None:
        with pytest.raises(UnableToSample):
            share_of(10, Fraction(11, 10))


class TestSplit:
    @given(st.lists(st.integers(0, 300), min_size=1, max_size=8), st.data())
    def test_takes_no_more_from_a_stratum_than_it_has_and_all_that_is_asked(
        self, sizes: list[int], data: st.DataObject
    ) -> None:
        strata = {f"s{number}": one for number, one in enumerate(sizes)}
        taken = data.draw(st.integers(0, sum(sizes)))

        parts = split(taken, strata)

        assert sum(parts.values()) == taken
        assert all(0 <= parts[name] <= strata[name] for name in strata)

    def test_is_in_proportion_and_leaves_nobody_out(self) -> None:
        assert split(100, {"large": 700, "small": 290, "network": 2}) == {
            "large": 70,
            "small": 29,
            "network": 1,
        }

    def test_gives_what_is_left_over_to_who_lost_most(self) -> None:
        assert split(10, {"a": 26, "b": 35, "c": 39}) == {"a": 3, "b": 3, "c": 4}

    def test_of_more_than_there_are_is_refused(self) -> None:
        with pytest.raises(UnableToSample, match="A sample of 4 cannot be taken from 3"):
            split(4, {"a": 3})


class TestDraw:
    def test_is_the_same_whatever_the_order_of_the_list(self) -> None:
        assert draw("2022/audit", NAMES, 40) == draw("2022/audit", NAMES[::-1], 40)

    def test_is_another_for_another_seed(self) -> None:
        assert draw("2022/audit", NAMES, 40) != draw("2023/audit", NAMES, 40)

    def test_keeps_its_beginning_when_more_are_taken(self) -> None:
        assert draw("2022/audit", NAMES, 60)[:40] == draw("2022/audit", NAMES, 40)

    def test_takes_each_about_as_often_as_any_other(self) -> None:
        counts = dict.fromkeys(NAMES[:50], 0)
        for seed in range(2_000):
            for name in draw(str(seed), NAMES[:50], 10):
                counts[name] += 1

        # 400 are expected of each, with a standard deviation of 18.
        assert 300 < min(counts.values()) <= max(counts.values()) < 500

    @pytest.mark.parametrize(("names", "taken"), [(["a", "a"], 1), (["a"], 2), (["a"], -1)])
    def test_of_what_cannot_be_is_refused(self, names: list[str], taken: int) -> None:
        with pytest.raises(UnableToSample):
            draw("seed", names, taken)

    def test_goes_by_stratum(self) -> None:
        strata = {"large": NAMES[:300], "small": NAMES[300:]}

        found = drawn("2022/audit", strata, 50)

        assert {name: len(names) for name, names in found.items()} == {"large": 30, "small": 20}
        assert all(set(found[name]) <= set(names) for name, names in strata.items())


class TestAddsUp:
    # Worked examples T18: 244 compliant and 953 not, of 1,116 visits; 77 and 250 of 329.
    def test_flags_parts_that_make_too_many(self) -> None:
        found = adds_up(1_116, (244, 953))

        assert found is not None
        assert (found.parts, found.over) == (1_197, 81)

    def test_flags_parts_that_make_too_few(self) -> None:
        found = adds_up(329, (77, 250))

        assert found is not None
        assert found.over == -2

    def test_says_nothing_of_parts_that_make_the_whole(self) -> None:
        assert adds_up(329, (77, 252)) is None
