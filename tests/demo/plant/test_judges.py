import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.demo.plant.clock import HOUR, MINUTE
from tallystick.demo.plant.judges import (
    by_day,
    crossed,
    elapsed,
    minutes_within,
    month_span,
    united,
    without,
)
from tallystick.demo.plant.rows import Device

SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: (min(pair), max(pair))))
DAY = dt.date(2021, 7, 8)


class TestElapsed:
    @pytest.mark.parametrize(
        ("end", "verdict"), [(130, "met"), (131, "failed"), (100, "met"), (None, "open")]
    )
    def test_is_in_time_at_the_limit_exactly(self, end: int | None, verdict: str) -> None:
        assert elapsed(100, end, 30, known_until=130) == verdict

    def test_fails_once_the_limit_has_passed(self) -> None:
        assert elapsed(100, None, 30, known_until=131) == "failed"


class TestByDay:
    @pytest.mark.parametrize(("done", "verdict"), [(0, "met"), (1, "failed"), (None, "failed")])
    def test_allows_the_last_day(self, done: int | None, verdict: str) -> None:
        on = None if done is None else DAY + dt.timedelta(days=done)

        assert by_day(DAY, on, DAY) == verdict

    def test_is_open_while_days_are_left(self) -> None:
        assert by_day(DAY, None, DAY - dt.timedelta(days=1)) == "open"


class TestIntervals:
    @given(SPANS)
    def test_united_cover_the_same_points_once(self, spans: list[tuple[int, int]]) -> None:
        joined = united(spans)

        assert {n for start, end in joined for n in range(start, end)} == {
            n for start, end in spans for n in range(start, end)
        }
        assert all(one[1] < other[0] for one, other in pairwise(joined))

    @given(SPANS, SPANS)
    def test_without_leaves_what_the_others_do_not_cover(
        self, spans: list[tuple[int, int]], less: list[tuple[int, int]]
    ) -> None:
        left = without(united(spans), united(less))

        taken = {n for start, end in less for n in range(start, end)}
        whole = {n for start, end in spans for n in range(start, end)}
        assert {n for start, end in left for n in range(start, end)} == whole - taken
        assert sum(end - start for start, end in left) == len(whole - taken)

    def test_are_cut_at_the_ends_of_a_month(self) -> None:
        start, end = month_span("2021-07")

        assert end - start == 31 * 24 * HOUR
        assert (
            minutes_within([(start - HOUR, start + 5 * MINUTE), (end - MINUTE, end + HOUR)], (start, end))
            == 6
        )


class TestCrossed:
    def found(self, *spans: tuple[str, int, int]) -> set[int]:
        row = Device("D", 0, "1", "esme", "P", "M", "F", "s", None)
        return crossed((row, "key", holder, (start, end)) for holder, start, end in spans)

    def test_is_the_one_that_begins_while_another_runs(self) -> None:
        assert self.found(("A", 0, 10), ("B", 9, 20)) == {1}

    def test_is_not_the_one_that_touches(self) -> None:
        assert self.found(("A", 0, 10), ("B", 10, 20)) == set()

    def test_is_not_another_entry_of_the_same_holder(self) -> None:
        assert self.found(("A", 0, 10), ("A", 9, 20)) == set()

    def test_sees_past_a_short_one_between(self) -> None:
        assert self.found(("A", 0, 100), ("B", 10, 20), ("C", 30, 40)) == {1, 2}
