import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.assessments.comparisons.withholding import (
    Counted,
    UnableToCompareParties,
    check_league,
    ranks,
    withheld,
)
from tallystick.rulebook.handling import UNWRITTEN_FEWEST, Fewest
from tallystick.runs.peers import is_safe_to_publish

SIZES = st.lists(
    st.integers(1, 60).flatmap(lambda size: st.tuples(st.integers(0, size), st.just(size))),
    min_size=5,
    max_size=16,
)


def counted(*sizes: tuple[int, int]) -> list[Counted]:
    return [Counted(f"p{at:02}", f"o{at:02}", good, whole) for at, (good, whole) in enumerate(sizes)]


class TestWithheld:
    def test_is_nobody_where_each_has_ten_events(self) -> None:
        assert withheld(counted(*[(9, 10)] * 5)) == frozenset()

    @given(SIZES)
    def test_is_a_sum_that_tells_on_nobody(self, sizes: list[tuple[int, int]]) -> None:
        several = counted(*sizes)
        try:
            hidden = withheld(several)
        except UnableToCompareParties:
            return

        parts = [(one.owner, one.numerator, one.denominator) for one in several if one.party in hidden]
        assert {one.party for one in several if one.denominator < UNWRITTEN_FEWEST.events} <= hidden
        assert is_safe_to_publish(parts)
        assert len(several) - len(hidden) >= UNWRITTEN_FEWEST.owners

    def test_is_by_how_few_the_rulebook_lets_be_told_of(self) -> None:
        three = Fewest(owners=3, events=4, source="assumed", verified=False)

        assert withheld(counted(*[(4, 5)] * 3), fewest=three) == frozenset()
        with pytest.raises(UnableToCompareParties, match="Fewer than 5"):
            withheld(counted(*[(9, 10)] * 4))

    def test_takes_the_smallest_of_the_others_along(self) -> None:
        several = counted((3, 5), *[(at, at + 5) for at in range(20, 34)])

        assert withheld(several) == {"p00", "p01", "p02", "p03", "p04", "p05"}

    def test_counts_parties_under_one_owner_as_one(self) -> None:
        shared = [Counted(f"p{at}", "one owner", 9, 10) for at in range(5)]

        with pytest.raises(UnableToCompareParties, match="under different owners"):
            withheld(shared)

    def test_keeps_who_was_withheld_before(self) -> None:
        several = counted(*[(15, 20)] * 14)

        assert {"p03"} < withheld(several, {"p03"})


class TestCheckLeague:
    def test_asks_for_enough_owners_with_something_open(self) -> None:
        enough = [(f"o{at}", at < 5) for at in range(9)]

        check_league(enough, UNWRITTEN_FEWEST)
        with pytest.raises(UnableToCompareParties, match="have anything open"):
            check_league(enough[1:], UNWRITTEN_FEWEST)
        with pytest.raises(UnableToCompareParties, match="of this category"):
            check_league(enough[:4], UNWRITTEN_FEWEST)

    def test_counts_parties_under_one_owner_as_one(self) -> None:
        shared = [(f"o{at}", at < 5) for at in range(9)] + [("o8", True)]

        with pytest.raises(UnableToCompareParties, match="have anything open"):
            check_league(shared[2:], UNWRITTEN_FEWEST)


class TestRanks:
    def test_gives_the_same_place_to_the_same_share(self) -> None:
        several = counted((9, 10), (10, 10), (18, 20), (1, 10))

        assert ranks(several, "up") == {"p01": 1, "p00": 2, "p02": 2, "p03": 4}
        assert ranks(several, "down")["p03"] == 1
