from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.assessments.charges.reckoning import Did, reckoned
from tallystick.rulebook.charges import ChargeValue

DID = st.lists(
    st.integers(0, 400).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))),
    min_size=1,
    max_size=12,
)


def scheme(**told: Any) -> ChargeValue:
    said = {
        "status": "proposed",
        "target": "97",
        "rate": {"amount": "2.50", "events": "10"},
        "cap": {"amount": "500", "basis": "party"},
        "pots": {
            "met": {"share": "0.90", "to": "met", "by": "events"},
            "all": {"share": "0.10", "to": "all", "by": "equal"},
        },
        "rounding": {"places": "1"},
        "least_events": "10",
        "source": "assumed",
        **told,
    }
    return ChargeValue.model_validate(said)


def did(*sizes: tuple[int, int]) -> list[Did]:
    return [Did(f"p{at:02}", good, whole) for at, (good, whole) in enumerate(sizes)]


class TestReckoned:
    def test_charges_the_points_by_which_a_party_falls_short(self) -> None:
        short, good = reckoned(scheme(), "up", did((180, 200), (200, 200)))

        # 7 points, at 2.50 for each ten of 200 events
        assert (short.shortfall, short.computed, short.payable) == (Decimal("7.0"), 350_00, 350_00)
        assert (good.computed, good.received) == (0, 315_00 + 17_50)
        assert short.received == 17_50

    def test_keeps_what_is_computed_beside_what_the_cap_leaves(self) -> None:
        (short, _) = reckoned(scheme(), "up", did((100, 200), (200, 200)))

        assert (short.computed, short.cap, short.payable) == (2350_00, 500_00, 500_00)

    def test_caps_by_the_events_where_the_scheme_says_so(self) -> None:
        (short, _) = reckoned(
            scheme(cap={"amount": "1.25", "basis": "event"}), "up", did((100, 200), (200, 200))
        )

        assert short.cap == 250_00

    def test_takes_nothing_of_who_is_relieved(self) -> None:
        (short, good) = reckoned(scheme(), "up", did((180, 200), (200, 200)), {"p00"})

        assert (short.computed, short.payable, short.is_relieved, good.received) == (350_00, 0, True, 0)

    def test_charges_nobody_of_few_events(self) -> None:
        (few, _) = reckoned(scheme(), "up", did((1, 9), (200, 200)))

        assert (few.computed, few.shortfall > 0) == (0, True)

    def test_gives_to_all_where_nobody_met_the_target(self) -> None:
        first, second = reckoned(scheme(), "up", did((90, 100), (80, 100)))

        assert first.received + second.received == first.payable + second.payable > 0

    def test_takes_a_lower_share_for_the_better_where_the_measure_does(self) -> None:
        short, good = reckoned(scheme(target="5"), "down", did((20, 100), (5, 100)))

        assert (short.shortfall, good.shortfall) == (Decimal("15.0"), Decimal("0.0"))

    # Property of the bars: what is given back is what is payable, to the penny, whatever anybody did.
    @given(DID, st.sets(st.integers(0, 11)), st.sampled_from(["up", "down"]))
    def test_conserves_every_penny(
        self, sizes: list[tuple[int, int]], relieved: set[int], direction: str
    ) -> None:
        found = reckoned(scheme(), direction, did(*sizes), {f"p{at:02}" for at in relieved})

        assert sum(one.received for one in found) == sum(one.payable for one in found)
        for one in found:
            assert 0 <= one.payable <= one.computed
            assert one.cap is None or one.payable <= one.cap

    def test_has_no_cap_where_the_scheme_has_none(self) -> None:
        (short, _) = reckoned(scheme(cap=None), "up", did((0, 200), (200, 200)))

        assert (short.cap, short.payable) == (None, short.computed)

    def test_needs_pots_of_one_whole(self) -> None:
        with pytest.raises(ValueError, match="do not sum to 1"):
            scheme(pots={"all": {"share": "0.9"}})
