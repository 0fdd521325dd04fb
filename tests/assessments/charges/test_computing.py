from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.assessments.charges.computing import (
    Charge,
    Pot,
    Settled,
    UnableToCharge,
    margin,
    parts,
    redistributed,
    settled,
    shortfall,
)

NAMES = st.sampled_from(["alderbrook", "brightwater", "cairn", "dunmoor", "eastmere"])
VOLUMES = st.dictionaries(NAMES, st.integers(0, 5_000), min_size=1)
PENCE = st.integers(0, 10**9)


class TestCharge:
    # Worked example T10: payable is the lesser of what was computed and the cap.
    @pytest.mark.parametrize(
        ("computed", "cap", "payable", "is_bound"),
        [
            (500, 300, 300, True),
            (300, 300, 300, False),
            (200, 300, 200, False),
            (500, None, 500, False),
            (5, 0, 0, True),
        ],
    )
    def test_is_payable_up_to_its_cap_and_says_if_that_binds(
        self, computed: int, cap: int | None, payable: int, *, is_bound: bool
    ) -> None:
        charge = Charge("alderbrook", computed, cap)

        assert (charge.payable, charge.is_cap_bound, charge.computed) == (payable, is_bound, computed)

    def test_is_not_below_nothing(self) -> None:
        with pytest.raises(UnableToCharge):
            Charge("alderbrook", -1)


class TestShortfall:
    # Worked example T7: at one place, not two.
    @pytest.mark.parametrize(
        ("actual", "places", "short"),
        [
            ("96.94", 1, "0.1"),
            ("96.94", 2, "0.06"),
            ("96.96", 1, "0.0"),
            ("96.96", 2, "0.04"),
            ("98", 1, "0.0"),
            ("96.95", 1, "0.1"),
        ],
    )
    def test_is_rounded_half_up_where_the_rule_says(self, actual: str, places: int, short: str) -> None:
        assert shortfall(Decimal(actual), Decimal(97), places) == Decimal(short)


class TestParts:
    @given(PENCE, VOLUMES.filter(lambda one: any(one.values())))
    def test_conserve_every_penny_and_stray_from_no_share_by_one(
        self, pence: int, shares: dict[str, int]
    ) -> None:
        found = parts(pence, shares)

        assert sum(found.values()) == pence
        whole = sum(shares.values())
        assert all(abs(found[name] - Fraction(pence * share, whole)) < 1 for name, share in shares.items())

    def test_of_nothing_are_nothing_whoever_has_a_share(self) -> None:
        assert parts(0, {"alderbrook": 0}) == {"alderbrook": 0}

    def test_of_something_need_somebody(self) -> None:
        with pytest.raises(UnableToCharge, match="nobody has a share"):
            parts(1, {"alderbrook": 0})


class TestRedistributed:
    # Worked example T9: nine tenths to suppliers of the group by energy, one tenth to all by funding share.
    def test_goes_by_pot_and_share(self) -> None:
        pots = {
            "group": Pot(Fraction(9, 10), {"alderbrook": 60, "brightwater": 40}),
            "all": Pot(Fraction(1, 10), {"alderbrook": 20, "brightwater": 30, "cairn": 50}),
        }

        found = redistributed(1_000_00, pots)

        assert found["group"] == {"alderbrook": 540_00, "brightwater": 360_00}
        assert found["all"] == {"alderbrook": 20_00, "brightwater": 30_00, "cairn": 50_00}

    @given(PENCE, VOLUMES.filter(lambda one: any(one.values())), st.integers(0, 100))
    def test_conserves_every_penny(self, pence: int, shares: dict[str, int], per_cent: int) -> None:
        first = Fraction(per_cent, 100)

        found = redistributed(pence, {"one": Pot(first, shares), "other": Pot(1 - first, {"all": 1})})

        assert sum(sum(pot.values()) for pot in found.values()) == pence

    def test_leaves_nothing_out(self) -> None:
        with pytest.raises(UnableToCharge, match="sum to the whole"):
            redistributed(100, {"one": Pot(Fraction(1, 2), {"all": 1})})


class TestSettled:
    # Worked example T11, at a rate of one pound.
    def test_gives_back_what_was_charged_by_accurate_volume(self) -> None:
        found = settled(
            {"alderbrook": 50, "brightwater": 130, "cairn": 120},
            {"alderbrook": 900, "brightwater": 1500, "cairn": 300},
            Decimal(1),
        )

        assert [(one.charged, one.received, one.net) for one in found] == [
            *((50_00, 100_00, 50_00), (130_00, 166_67, 36_67), (120_00, 33_33, -86_67))
        ]

    @given(VOLUMES, VOLUMES.filter(lambda one: any(one.values())), st.decimals(0, 5, places=2))
    def test_gains_where_the_accurate_share_exceeds_the_limited(
        self, limited: dict[str, int], accurate: dict[str, int], rate: Decimal
    ) -> None:
        found = settled(limited, accurate, rate)

        assert sum(one.net for one in found) == 0
        charged = sum(one.charged for one in found)
        for one in found if charged else ():
            ahead = Fraction(accurate.get(one.party, 0), sum(accurate.values())) - Fraction(
                limited.get(one.party, 0), sum(limited.values())
            )
            # Whoever is ahead by more than the pennies that rounding moves gains, and only they.
            assert one.net > 0 if ahead * charged >= 2 else one.net < 0 if ahead * charged <= -2 else True

    def test_charges_nothing_where_nothing_is_limited(self) -> None:
        assert settled({"alderbrook": 0}, {"alderbrook": 9}, Decimal(1)) == [Settled("alderbrook", 0, 0)]

    def test_finds_nobody_to_give_to(self) -> None:
        with pytest.raises(UnableToCharge, match="nobody has a share"):
            settled({"alderbrook": 5}, {"alderbrook": 0}, Decimal(1))


class TestMargin:
    # Worked example T24: £10m by 70, 15 and 15.
    def test_is_lost_by_weight(self) -> None:
        weights = {"system": 70, "engagement": 15, "contract": 15}

        all_of_it = margin(10_000_000_00, weights, dict.fromkeys(weights, Fraction(1)))
        third = margin(10_000_000_00, weights, {"engagement": Fraction(1, 3)})

        assert all_of_it == {"system": 7_000_000_00, "engagement": 1_500_000_00, "contract": 1_500_000_00}
        assert third == {"system": 0, "engagement": 500_000_00, "contract": 0}

    def test_weighs_the_whole(self) -> None:
        with pytest.raises(UnableToCharge, match="sum to 100"):
            margin(1, {"system": 70}, {})
