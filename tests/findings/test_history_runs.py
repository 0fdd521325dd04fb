import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.findings.history_runs import (
    STATES,
    Run,
    Side,
    current_run,
    last_before,
    run_on,
)
from tallystick.rulebook.periods import Span

STATE = st.sampled_from(["met", "below_target", "below_minimum", "not_reported", "no_events", "no_level"])
SIDE: st.SearchStrategy[Side] = st.sampled_from(sorted(STATES))


def series(first: str, *states: str) -> tuple[tuple[str, str], ...]:
    """Return the states in consecutive months from the first."""
    start = Span.parse(first)
    return tuple((str(start.shifted(index)), state) for index, state in enumerate(states))


class TestRunOn:
    def test_counts_the_periods_up_to_the_last(self) -> None:
        history = series("2021-04", "met", "below_target", "below_target", "below_target")

        assert run_on(history, "below_target") == Run("below_target", 3, "2021-05")

    def test_counts_a_period_below_minimum_as_below_target_too(self) -> None:
        history = series("2021-04", "met", "below_target", "below_minimum", "below_target")

        assert run_on(history, "below_target") == Run("below_target", 3, "2021-05")

    def test_counts_only_periods_below_minimum_on_that_side(self) -> None:
        history = series("2021-04", "below_minimum", "below_target", "below_minimum", "below_minimum")

        assert run_on(history, "below_minimum") == Run("below_minimum", 2, "2021-06")

    def test_counts_a_period_met_as_above_minimum_too(self) -> None:
        history = series("2021-04", "below_minimum", "met", "below_target", "met")

        assert run_on(history, "above_minimum") == Run("above_minimum", 3, "2021-05")

    def test_is_nothing_where_the_last_period_is_on_another_side(self) -> None:
        assert run_on(series("2021-04", "below_target", "met"), "below_target") is None

    def test_is_nothing_where_nothing_is_known(self) -> None:
        assert run_on((), "met") is None

    def test_passes_over_a_period_without_events(self) -> None:
        history = series("2021-03", "met", "below_target", "no_events", "below_target")

        assert run_on(history, "below_target") == Run("below_target", 2, "2021-04")

    @pytest.mark.parametrize("last", ["no_events", "not_reported", "no_level"])
    def test_is_nothing_where_the_last_period_says_nothing(self, last: str) -> None:
        assert run_on(series("2021-06", "below_target", last), "below_target") is None

    def test_is_at_least_so_long_after_a_period_that_was_not_reported(self) -> None:
        history = series("2021-03", "below_target", "not_reported", "below_target", "below_target")

        assert run_on(history, "below_target") == Run("below_target", 2, "2021-05", at_least=True)

    def test_is_at_least_so_long_after_a_period_the_series_leaves_out(self) -> None:
        history = (("2021-04", "below_target"), ("2021-06", "below_target"), ("2021-07", "below_target"))

        assert run_on(history, "below_target") == Run("below_target", 2, "2021-06", at_least=True)

    def test_is_at_least_so_long_where_it_reaches_the_first_period_known(self) -> None:
        history = series("2021-06", "no_events", "below_target", "below_target")

        assert run_on(history, "below_target") == Run("below_target", 2, "2021-07", at_least=True)

    def test_ends_where_the_measure_had_no_level_yet(self) -> None:
        history = series("2013-08", "no_level", "below_target", "below_target")

        assert run_on(history, "below_target") == Run("below_target", 2, "2013-09")

    def test_counts_quarters_as_it_counts_months(self) -> None:
        history = (("2020-Q4", "met"), ("2021-Q1", "below_target"), ("2021-Q2", "below_target"))

        assert run_on(history, "below_target") == Run("below_target", 2, "2021-Q1")

    def test_finds_the_37_months_of_cpm1(self) -> None:
        below_minimum = Span.parse("2021-05")
        states = [
            "below_minimum" if Span.parse("2020-07") <= month <= below_minimum else "below_target"
            for month in (Span.parse("2018-07").shifted(count) for count in range(37))
        ]
        history = series("2018-06", "met", *states)

        below, above = run_on(history, "below_target"), run_on(history, "above_minimum")

        assert history[-1][0] == "2021-07"
        assert below == Run("below_target", 37, "2018-07")
        assert above == Run("above_minimum", 2, "2021-06")
        assert last_before(history, above) == "2020-06"

    @given(st.lists(STATE, max_size=30), SIDE)
    def test_is_never_longer_than_the_history_nor_starts_outside_it(
        self, states: list[str], side: Side
    ) -> None:
        history = series("2019-01", *states)

        run = run_on(history, side)

        if run is None:
            assert not states or states[-1] not in STATES[side]
        else:
            assert run.periods == sum(
                period >= run.since and state in STATES[side] for period, state in history
            )

    @given(st.lists(STATE, min_size=1, max_size=30), SIDE)
    def test_grows_by_one_with_one_more_period_on_its_side(self, states: list[str], side: Side) -> None:
        before = run_on(series("2019-01", *states), side)

        after = run_on(series("2019-01", *states, min(STATES[side])), side)

        assert after is not None
        assert after.periods == (before.periods + 1 if before else after.periods)


class TestCurrentRun:
    @pytest.mark.parametrize("state", ["met", "below_target", "below_minimum"])
    def test_is_of_the_state_the_last_period_is_in(self, state: str) -> None:
        run = current_run(series("2021-06", "no_level", state))

        assert run is not None
        assert (run.side, run.periods) == (state, 1)

    @pytest.mark.parametrize("state", ["not_reported", "no_events", "no_level"])
    def test_is_nothing_where_the_last_period_is_in_none(self, state: str) -> None:
        assert current_run(series("2021-06", "met", state)) is None

    def test_is_nothing_where_nothing_is_known(self) -> None:
        assert current_run(()) is None


class TestLastBefore:
    def test_is_nothing_where_the_figure_was_never_on_that_side(self) -> None:
        history = series("2021-05", "below_minimum", "met")

        assert last_before(history, Run("met", 1, "2021-06")) is None
