from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.findings.spc import (
    FEWEST_POINTS,
    RULE_SET,
    Direction,
    Spc,
    limits_of,
    spc,
    verdict_in_words,
)
from tallystick.rulebook.periods import Span

# Mean 95, every moving range 2: limits 95 less and plus 5.32, two sigma at 98.5466….
STEADY = ["96", "94"] * 6
# July 2020 to May 2021: mean 95.00, mean moving range 0.372, limits 94.01 and 95.99.
CPM1 = [
    "95.4",
    "95.1",
    "94.86",
    "95",
    "94.6",
    "94.9",
    "94.2",
    "94.7",
    "95.1",
    "95.3",
    "95.84",
    "96.6",
    "97.13",
]
SHARES = st.lists(
    st.fractions(0, 1, max_denominator=1000), min_size=FEWEST_POINTS, max_size=3 * FEWEST_POINTS
)
OTHER: dict[str, str] = {"improving": "worsening", "worsening": "improving"}


def series(percentages: Sequence[str], first: str = "2020-07") -> list[tuple[str, Fraction]]:
    """Return the percentages in consecutive months from the first."""
    start = Span.parse(first)
    return [(str(start.shifted(n)), Fraction(one) / 100) for n, one in enumerate(percentages)]


def verdict(
    percentages: Sequence[str],
    direction: Direction = "up",
    target: str | None = "99",
    baseline: int | None = FEWEST_POINTS,
) -> Spc:
    wanted = None if target is None else Fraction(target) / 100
    return spc(series(percentages), direction=direction, target=wanted, baseline=baseline)


class TestLimitsOf:
    def test_are_the_mean_and_2_66_mean_moving_ranges_either_side(self) -> None:
        limits = limits_of([Fraction(text) for text in STEADY])

        assert (limits.mean, limits.lower, limits.upper) == (
            Fraction(95),
            Fraction("89.68"),
            Fraction("100.32"),
        )

    def test_are_those_of_the_worked_chart(self) -> None:
        limits = limits_of([Fraction(text) for text in CPM1[:11]])

        assert (limits.mean, limits.upper - limits.mean) == (
            Fraction(95),
            Fraction("2.66") * Fraction("0.372"),
        )

    def test_need_two_points(self) -> None:
        with pytest.raises(ValueError, match="2 points or more, not 1"):
            limits_of([Fraction(1)])


class TestSpc:
    def test_names_its_rule_set(self) -> None:
        assert verdict(STEADY).rule_set == RULE_SET == "2021.1"

    def test_finds_only_common_causes_inside_the_limits(self) -> None:
        found = verdict([*STEADY, "98.5", "94"])

        assert (found.variation, found.rules) == ("common", ())
        assert {point.special for point in found.points} == {""}

    @pytest.mark.parametrize(("last", "rules"), [("100.32", ()), ("100.33", ("outside_limits",))])
    def test_finds_a_point_outside_a_limit_but_not_on_it(self, last: str, rules: tuple[str, ...]) -> None:
        assert verdict([*STEADY, "95", last]).rules == rules

    @pytest.mark.parametrize(("count", "rules"), [(6, ()), (7, ("seven_on_one_side",))])
    def test_finds_seven_on_one_side_of_the_mean(self, count: int, rules: tuple[str, ...]) -> None:
        found = verdict([*STEADY, *["95.5"] * count])

        assert found.rules == rules
        assert [point.special for point in found.points].count("improving") == (count if rules else 0)

    def test_ends_a_run_at_a_point_on_the_mean(self) -> None:
        assert verdict([*STEADY, *["95.5"] * 4, "95", *["95.5"] * 4]).rules == ()

    @pytest.mark.parametrize(("rises", "rules"), [(5, ()), (6, ("seven_rising_or_falling",))])
    def test_finds_seven_points_that_rise_without_a_break(self, rises: int, rules: tuple[str, ...]) -> None:
        climb = [str(Decimal(93) + Decimal("0.5") * step) for step in range(rises + 1)]

        assert verdict([*STEADY, "95", *climb]).rules == rules

    def test_finds_no_trend_where_two_points_are_equal(self) -> None:
        assert verdict([*STEADY, "95", "93", "93.5", "94", "94.5", "94.5", "95.5", "96"]).rules == ()

    @pytest.mark.parametrize(
        ("tail", "rules"),
        [
            (["98.6", "95", "98.6"], ("two_of_three_near_limit",)),
            (["98.6", "95", "95", "98.6"], ()),
            (["98.6", "95", "91.4"], ()),
            (["98.54", "95", "98.54"], ()),
        ],
    )
    def test_finds_two_of_three_beyond_two_thirds_of_the_way_to_one_limit(
        self, tail: list[str], rules: tuple[str, ...]
    ) -> None:
        assert verdict([*STEADY, "95", *tail]).rules == rules

    def test_leaves_the_third_of_three_unmarked(self) -> None:
        found = verdict([*STEADY, "95", "98.6", "95", "98.6"])

        assert [point.special for point in found.points[-3:]] == ["improving", "", "improving"]

    def test_lets_the_worst_rule_decide_where_two_disagree(self) -> None:
        fall = [str(Decimal("103.3") - Decimal("0.1") * step) for step in range(7)]

        found = verdict([*STEADY, *fall])

        assert found.variation == "improving"
        assert found.rules[0] == "outside_limits"
        assert found.rules[-1] == "seven_rising_or_falling"

    def test_says_that_higher_is_worse_where_the_measure_wants_less(self) -> None:
        assert verdict([*STEADY, "95", "101"], direction="down").variation == "worsening"
        assert verdict([*STEADY, "95", "89"], direction="down").variation == "improving"

    def test_keeps_the_limits_of_its_baseline_however_far_the_process_moves(self) -> None:
        moved = verdict([*STEADY, *["99"] * 24])

        assert (moved.mean, moved.lower, moved.upper) == (0.95, 0.8968, 1.0032)

    def test_takes_every_point_without_a_baseline(self) -> None:
        assert verdict([*STEADY, *["99"] * 12], baseline=None).mean == 0.97

    @pytest.mark.parametrize("count", [0, 1, 11])
    def test_says_so_where_the_points_are_too_few(self, count: int) -> None:
        found = verdict(STEADY[:count])

        assert (found.variation, found.assurance, found.mean) == ("too_few", "too_few", None)
        assert len(found.points) == count

    @pytest.mark.parametrize(
        ("direction", "target", "assurance"),
        [
            ("up", "89.68", "passes"),
            ("up", "89.69", "hit_or_miss"),
            ("up", "100.32", "hit_or_miss"),
            ("up", "100.33", "fails"),
            ("down", "100.32", "passes"),
            ("down", "100.31", "hit_or_miss"),
            ("down", "89.68", "hit_or_miss"),
            ("down", "89.67", "fails"),
            ("up", None, "no_target"),
        ],
    )
    def test_compares_the_limits_with_the_target(
        self, direction: Direction, target: str | None, assurance: str
    ) -> None:
        assert verdict(STEADY, direction, target).assurance == assurance

    @given(st.fractions(0, 1), st.integers(FEWEST_POINTS, 40), st.sampled_from(["up", "down"]))
    def test_finds_no_special_cause_in_a_constant_series(
        self, share: Fraction, count: int, direction: Direction
    ) -> None:
        constant = [(str(Span.parse("2018-01").shifted(n)), share) for n in range(count)]

        found = spc(constant, direction=direction, target=share)

        assert (found.variation, found.assurance, found.rules) == ("common", "passes", ())
        assert not any(point.special for point in found.points)

    @given(SHARES, st.fractions(0, 1), st.sampled_from([None, 2, FEWEST_POINTS]))
    def test_says_of_a_mirrored_series_what_it_says_of_the_series(
        self, shares: list[Fraction], target: Fraction, baseline: int | None
    ) -> None:
        written = [(str(Span.parse("2018-01").shifted(n)), share) for n, share in enumerate(shares)]
        mirrored = [(period, 1 - share) for period, share in written]

        up = spc(written, direction="up", target=target, baseline=baseline)
        down = spc(mirrored, direction="down", target=1 - target, baseline=baseline)
        against = spc(mirrored, direction="up", target=target, baseline=baseline)

        assert (up.variation, up.assurance, up.rules) == (down.variation, down.assurance, down.rules)
        assert [point.special for point in up.points] == [point.special for point in down.points]
        assert against.variation == OTHER.get(up.variation, up.variation)

    @given(SHARES)
    def test_marks_every_point_outside_the_limits(self, shares: list[Fraction]) -> None:
        written = [(str(Span.parse("2018-01").shifted(n)), share) for n, share in enumerate(shares)]
        limits = limits_of(shares)

        found = spc(written, direction="up", target=None)

        for share, point in zip(shares, found.points, strict=True):
            assert point.special == "improving" or share <= limits.upper
            assert point.special == "worsening" or share >= limits.lower


class TestVerdictInWords:
    def test_is_the_verdict_of_the_worked_chart(self) -> None:
        found = verdict(CPM1, baseline=11)

        assert verdict_in_words(found, Decimal(99), "2021-07") == (
            "Yes, it has improved: June and July lie above the upper limit of 95.99%. "
            "It is not yet enough: on July's process, 99% stays out of reach without a further change."
        )

    def test_says_between_which_limits_an_unchanged_process_moves(self) -> None:
        assert verdict_in_words(verdict(STEADY), Decimal("99.50"), "2021-06") == (
            "No: since July 2020 it has moved as this process always does, between 89.68% and 100.32%. "
            "It is not certain: on June's process, 99.5% is reached at times and missed at others."
        )

    def test_says_when_a_target_is_safe_and_when_it_is_out_of_reach(self) -> None:
        safe, lost = verdict(STEADY, target="85"), verdict(STEADY, target="101")

        assert "It is enough: on June's process, 85% is reached every time" in verdict_in_words(
            safe, Decimal(85), "2021-06"
        )
        assert "It is not enough: on June's process, 101% stays out of reach" in verdict_in_words(
            lost, Decimal(101), "2021-06"
        )

    def test_names_the_year_of_a_period_that_is_not_of_this_year(self) -> None:
        found = verdict([*STEADY, "95", "89"])

        assert verdict_in_words(found, Decimal(99), "2022-01").startswith(
            "Yes, it has worsened: August 2021 lies below the lower limit of 89.68%."
        )

    def test_counts_the_periods_where_they_are_many(self) -> None:
        found = verdict([*STEADY, *["95.5"] * 7])

        assert verdict_in_words(found, None, "2022-01") == (
            "Yes, it has improved: the last 7 periods, July 2021 to January, lie above the mean of 95.00%. "
            "There is no target to compare it with."
        )

    def test_says_how_often_it_has_fallen(self) -> None:
        fall = [str(Decimal(97) - Decimal("0.5") * step) for step in range(7)]

        found = verdict([*STEADY, "95", *fall], direction="down", target=None)

        assert verdict_in_words(found, None, "2022-02", "down").startswith(
            "Yes, it has improved: it has fallen 6 times in a row up to February."
        )

    def test_says_that_two_of_three_lie_near_a_limit(self) -> None:
        found = verdict([*STEADY, "95", "98.6", "95", "98.6"], target=None)

        assert "two of the last three periods, up to October, lie near the upper limit" in verdict_in_words(
            found, None, "2021-10"
        )

    @pytest.mark.parametrize(
        ("count", "known"), [(0, "0 periods are"), (1, "1 period is"), (5, "5 periods are")]
    )
    def test_is_one_sentence_where_the_points_are_too_few(self, count: int, known: str) -> None:
        assert verdict_in_words(verdict(STEADY[:count]), Decimal(99), "2021-07") == (
            f"It is too early to tell: {known} known, and more are needed."
        )

    @given(SHARES, st.sampled_from(["up", "down"]))
    def test_always_ends_its_sentences(self, shares: list[Fraction], direction: Direction) -> None:
        written = [(str(Span.parse("2018-01").shifted(n)), share) for n, share in enumerate(shares)]
        found = spc(written, direction=direction, target=Fraction(99, 100))

        words = verdict_in_words(found, Decimal(99), written[-1][0], direction)

        assert words.endswith(".")
        assert words.startswith("Yes" if found.rules else "No")
        assert words != verdict_in_words(
            replace(found, assurance="no_target"), None, written[-1][0], direction
        )
