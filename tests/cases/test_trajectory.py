"""Months beside a promise: how many in a row, and when it can be kept at the earliest."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.cases.trajectory import Criterion, Measured, Reading, trajectory
from tallystick.rulebook.periods import Span

SINCE = Span.parse("2021-10")
THREE = Criterion("AREA-B", Decimal(97), 3)
# A month: g reaches the level, s falls short, n had no events, u was not reported, x is missing.
KINDS = "gsnux"


def reading(period: str, kind: str) -> Reading | None:
    counts = {"g": (97, 100), "s": (96, 100), "n": (0, 0)}.get(kind)
    if counts:
        return Reading(period, *counts)
    return Reading(period, None, None, "", "not_reported") if kind == "u" else None


def measured(
    kinds: str, since: Span = SINCE, criterion: Criterion = THREE, first: Span | None = None
) -> Measured:
    """Return what months tell of a criterion, each told by one letter, from the first that counts on."""
    begins = first or since
    periods = [str(begins.shifted(number)) for number in range(len(kinds))]
    told = [reading(period, kind) for period, kind in zip(periods, kinds, strict=True)]
    until = Span.parse(periods[-1]) if periods else None
    return Measured(criterion, since, trajectory(criterion, [one for one in told if one], since, until))


def rows(kinds: str, months: int) -> tuple[int, int | None]:
    """Count again, the slow way: the row at the end, and after how many months one was long enough."""
    reached = None
    for end in range(1, len(kinds) + 1):
        tail = kinds[:end].replace("n", "")
        if kinds[end - 1] == "g" and tail.endswith("g" * months):
            reached = reached or end
    tail = kinds.replace("n", "")
    return len(tail) - len(tail.rstrip("g")), reached


class TestMonths:
    def test_count_while_they_follow_each_other(self) -> None:
        found = measured("sgg")

        assert [one.in_a_row for one in found.months] == [0, 1, 2]
        assert found.in_a_row == 2
        assert found.reached_on is None

    def test_reach_the_level_when_they_equal_it_and_before_any_rounding(self) -> None:
        just_short = Reading("2021-10", 96_999_999, 100_000_000)

        short = trajectory(THREE, [just_short], SINCE, SINCE)
        equal = trajectory(THREE, [replace(just_short, numerator=97_000_000)], SINCE, SINCE)

        assert (short[0].told, equal[0].told) == ("short", "reached")
        assert short[0].share == Fraction(96_999_999, 100_000_000)

    def test_are_judged_the_other_way_round_where_less_is_better(self) -> None:
        most = Criterion("OPEN", Decimal(5), 1, "down")

        found = trajectory(most, [Reading("2021-10", 5, 100)], SINCE, SINCE)

        assert found[0].told == "reached"

    def test_without_events_are_passed_over(self) -> None:
        assert measured("gngg").reached_on == dt.date(2022, 1, 31)

    @pytest.mark.parametrize("gap", ["u", "x"])
    def test_that_were_not_reported_end_the_row(self, gap: str) -> None:
        found = measured(f"gg{gap}gg")

        assert found.reached_on is None
        assert found.in_a_row == 2

    def test_that_are_reported_late_count_after_all(self) -> None:
        assert measured("gxgg").reached_on is None
        assert measured("gggg").reached_on == dt.date(2021, 12, 31)

    def test_before_the_promise_are_shown_and_do_not_count(self) -> None:
        found = measured("ggg", first=Span.parse("2021-08"))

        assert [one.counts for one in found.months] == [False, False, True]
        assert found.in_a_row == 1

    def test_reported_as_a_percentage_alone_are_judged_by_it(self) -> None:
        found = trajectory(THREE, [Reading("2021-10", None, None, "97.5%", "met")], SINCE, SINCE)

        assert (found[0].told, found[0].share) == ("reached", Fraction(975, 1000))

    @pytest.mark.parametrize("share", ["", "n/a"])
    def test_that_say_no_number_are_not_reported(self, share: str) -> None:
        found = trajectory(THREE, [Reading("2021-10", None, None, share, "met")], SINCE, SINCE)

        assert found[0].told == "not_reported"

    def test_that_are_withheld_tell_nothing(self) -> None:
        found = trajectory(THREE, [Reading("2021-10", 99, 100, "", "withheld")], SINCE, SINCE)

        assert found[0].told == "not_reported"

    def test_say_whether_they_were_restated_or_may_yet_be(self) -> None:
        one = Reading("2021-10", 98, 100, flags=frozenset({"restated", "provisional"}))

        found = trajectory(THREE, [one], SINCE, SINCE)

        assert (found[0].is_restated, found[0].is_unsettled) == (True, True)

    def test_are_none_where_none_was_computed(self) -> None:
        found = measured("")

        assert (found.months, found.in_a_row, found.is_told) == ((), 0, False)


class TestTheEarliestDay:
    def test_is_the_end_of_as_many_months_as_are_asked(self) -> None:
        assert measured("").earliest == dt.date(2021, 12, 31)

    def test_moves_on_with_a_month_that_falls_short(self) -> None:
        assert measured("gs").earliest == dt.date(2022, 2, 28)

    def test_stays_while_every_month_reaches(self) -> None:
        assert {measured("g" * count).earliest for count in range(4)} == {dt.date(2021, 12, 31)}

    def test_is_that_on_which_it_was_reached(self) -> None:
        assert measured("sgggs").earliest == dt.date(2022, 1, 31)

    def test_counts_from_the_promise_where_only_months_before_it_are_known(self) -> None:
        assert measured("gg", first=Span.parse("2021-06")).earliest == dt.date(2021, 12, 31)


class TestEveryCourse:
    @given(st.text(KINDS, max_size=30), st.integers(1, 6))
    def test_is_counted_as_by_hand(self, kinds: str, months: int) -> None:
        found = measured(kinds, criterion=replace(THREE, months=months))

        in_a_row, reached = rows(kinds, months)
        assert found.in_a_row == in_a_row
        assert found.reached_on == (SINCE.shifted(reached - 1).last if reached else None)

    @given(st.text(KINDS, max_size=20), st.integers(1, 6))
    def test_reaches_on_the_earliest_day_if_every_month_to_come_does_and_never_before(
        self, kinds: str, months: int
    ) -> None:
        criterion = replace(THREE, months=months)
        now = measured(kinds, criterion=criterion)

        later = measured(kinds + "g" * months, criterion=criterion)

        assert later.reached_on == now.earliest

    @given(st.text(KINDS, max_size=20), st.text(KINDS, max_size=6))
    def test_never_gets_earlier_by_waiting(self, kinds: str, more: str) -> None:
        assert measured(kinds + more).earliest >= measured(kinds).earliest

    @given(st.text(KINDS, min_size=1, max_size=20), st.data())
    def test_gains_nothing_by_a_month_that_is_kept_back(self, kinds: str, data: st.DataObject) -> None:
        place = data.draw(st.integers(0, len(kinds) - 1))

        kept_back = kinds[:place] + "x" + kinds[place + 1 :]

        assert measured(kept_back).earliest >= min(
            measured(kinds).earliest, measured(kinds[:place] + "s" + kinds[place + 1 :]).earliest
        )
        assert measured(kept_back).in_a_row == measured(kinds[:place] + "s" + kinds[place + 1 :]).in_a_row

    @given(st.lists(st.sampled_from(KINDS), min_size=1, max_size=20), st.data())
    def test_comes_out_the_same_whichever_way_its_months_were_restated(
        self, kinds: Sequence[str], data: st.DataObject
    ) -> None:
        once = data.draw(st.lists(st.sampled_from(KINDS), min_size=len(kinds), max_size=len(kinds)))
        order = data.draw(st.permutations(range(len(kinds))))
        told = list(once)

        for place in order:  # each month is restated in turn until all say what they say in the end
            told[place] = kinds[place]

        assert measured("".join(told)) == measured("".join(kinds))

    @given(st.text(KINDS, min_size=3, max_size=12), st.integers(0, 11))
    def test_is_never_earlier_for_a_month_restated_from_good_to_short(self, kinds: str, place: int) -> None:
        place %= len(kinds)

        worse = kinds[:place] + "s" + kinds[place + 1 :]

        assert measured(worse).in_a_row <= measured(kinds).in_a_row
        assert measured(worse).earliest >= measured(kinds).earliest
