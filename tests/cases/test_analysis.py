import datetime as dt
from collections import Counter
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tallystick.cases.analysis import (
    BANDS,
    HALF,
    QUARTER,
    SANCTIONS,
    THREE_QUARTERS,
    Row,
    Stay,
    ageing,
    gone_by,
    repeats,
    sanctioned_in_all,
    sanctions,
    stage_times,
)

MONDAY = dt.date(2021, 9, 6)
CAUSES = ("late", "harm")


def days(start: dt.date, end: dt.date) -> int:
    """Count every day as a working day, so that a reader can count along."""
    return (end - start).days


def on(day: int) -> dt.date:
    return MONDAY + dt.timedelta(days=day)


def row(reference: str, opened: int = 0, **told: object) -> Row:
    said: dict[str, object] = {"stage": "notice", **told}
    return Row(reference, on(opened), **said)  # type: ignore[arg-type]  # as the tests below say it


stays = st.builds(
    lambda stage, start, took: Stay(stage, on(start), None if took is None else on(start + took)),
    st.sampled_from(["notice", "remedy"]),
    st.integers(0, 40),
    st.none() | st.integers(0, 90),
)
rows_of_any = st.lists(
    st.builds(
        Row,
        reference=st.text("ABCDEF", min_size=1, max_size=3),
        opened_on=st.integers(0, 100).map(on),
        stage=st.sampled_from(["notice", "remedy"]),
        ended=st.sampled_from(["", "closed", "withdrawn"]),
        area=st.sampled_from(["", "a", "b"]),
        repeats=st.text("ABCDEF", max_size=3),
        cause=st.sampled_from(["", "late", "harm", "old"]),
        stays=st.lists(stays, max_size=4).map(tuple),
        rungs=st.frozensets(st.sampled_from([*SANCTIONS, "informed"])),
    ),
    max_size=12,
    unique_by=lambda one: one.reference,
)


class TestAgeing:
    def test_is_by_stage_and_band_with_the_oldest_named(self) -> None:
        rows = [row("A", 80), row("B", 79), row("C", 0), row("D", 0, ended="closed")]

        [found] = ageing(rows, on(100), days)

        assert found.bands == (("A",), ("B",), ("C",))
        assert (found.stage, found.oldest, found.working_days) == ("notice", "C", 100)

    @given(rows_of_any)
    def test_counts_each_open_case_once(self, rows: list[Row]) -> None:
        found = ageing(rows, on(100), days)

        naive = Counter(
            (one.stage, name)
            for one in rows
            for name, _, least, most in BANDS
            if one.ended == "" and least <= days(one.opened_on, on(100)) <= most
        )
        counted = {
            (one.stage, name): len(band)
            for one in found
            for (name, *_), band in zip(BANDS, one.bands, strict=True)
            if band
        }
        assert counted == naive


class TestGoneBy:
    def test_is_the_plain_quantile_where_all_have_left(self) -> None:
        lasted = [(1, True), (2, True), (3, True), (10, True)]

        assert [gone_by(lasted, part) for part in (QUARTER, HALF, THREE_QUARTERS)] == [1, 2, 3]

    def test_counts_what_has_not_left_for_as_long_as_it_lasted(self) -> None:
        # Of four, one left after 2 days. Two lasted beyond 4, of whom one then left: 3/4 x 1/2 remain.
        lasted = [(2, True), (3, False), (4, True), (9, False)]

        assert gone_by(lasted, QUARTER) == 2
        assert gone_by(lasted, HALF) == 4
        assert gone_by(lasted, THREE_QUARTERS) is None

    def test_is_unknown_where_nothing_has_left(self) -> None:
        assert gone_by([(5, False)], QUARTER) is None
        assert gone_by([], HALF) is None

    @given(st.lists(st.integers(0, 30), min_size=1), st.sampled_from([QUARTER, HALF, THREE_QUARTERS]))
    def test_agrees_with_a_naive_count_where_all_have_left(self, took: list[int], part: Fraction) -> None:
        naive = next(day for day in range(31) if Fraction(sum(t <= day for t in took), len(took)) >= part)

        assert gone_by([(one, True) for one in took], part) == naive

    @given(st.lists(st.tuples(st.integers(0, 12), st.booleans()), max_size=10))
    def test_agrees_with_sharing_out_the_weight_of_what_has_not_left(
        self, lasted: list[tuple[int, bool]]
    ) -> None:
        """Efron's way to the same estimate: who is still there hands their weight to what lasted longer."""
        order = sorted(lasted, key=lambda one: (one[0], not one[1]))
        weights = [Fraction(1, len(order))] * len(order) if order else []
        for place, (_, has_left) in enumerate(order):
            later = len(order) - place - 1
            if not has_left and later:
                share = weights[place] / later
                weights[place + 1 :] = [one + share for one in weights[place + 1 :]]
            if not has_left:
                weights[place] = Fraction(0)
        naive = next(
            (
                day
                for day in range(13)
                if sum(w for w, (took, _) in zip(weights, order, strict=True) if took <= day) >= HALF
            ),
            None,
        )

        assert gone_by(lasted, HALF) == naive


class TestStageTimes:
    def test_tell_the_middle_the_longest_and_what_still_stands(self) -> None:
        gone = [row(name, stays=(Stay("notice", on(0), on(took)),)) for name, took in (("A", 4), ("B", 8))]
        here = row("C", stays=(Stay("notice", on(0), None),))

        [found] = stage_times([*gone, here], on(20), days)

        assert (found.left, found.still) == (("A", "B"), ("C",))
        assert (found.lower, found.median, found.upper) == (4, 8, None)
        assert (found.longest, found.longest_of, found.longest_is_open) == (20, "C", True)

    def test_leave_out_the_stage_that_a_case_ended_in(self) -> None:
        ended = row("A", ended="closed", stays=(Stay("notice", on(0), on(3)), Stay("closed", on(3), None)))

        assert [one.stage for one in stage_times([ended], on(20), days)] == ["notice"]

    @given(rows_of_any)
    def test_count_each_stay_once(self, rows: list[Row]) -> None:
        found = stage_times(rows, on(100), days)

        left = sum(stay.left_on is not None for one in rows for stay in one.stays)
        still = sum(stay.left_on is None and not one.ended for one in rows for stay in one.stays)
        assert (sum(len(one.left) for one in found), sum(len(one.still) for one in found)) == (left, still)


class TestRepeats:
    def test_are_the_closed_cases_that_came_back(self) -> None:
        rows = [
            row("A", ended="closed", area="b"),
            row("B", ended="closed", area="c"),
            row("C", ended="withdrawn", area="b"),
            row("D", repeats="A", area="b"),
            row("E", repeats="A", area="b"),
        ]

        everywhere, of_b, of_c = repeats(rows, "closed")

        assert (everywhere.counted.numerator, everywhere.counted.denominator) == (("A",), ("A", "B"))
        assert everywhere.counted.share == HALF
        assert everywhere.again == ("D", "E")
        assert (of_b.area, of_b.counted.share) == ("b", Fraction(1))
        assert (of_c.area, of_c.counted.share) == ("c", Fraction(0))

    def test_have_no_share_where_nothing_is_closed(self) -> None:
        [everywhere] = repeats([row("A")], "closed")

        assert everywhere.counted.share is None

    @given(rows_of_any)
    def test_never_exceed_what_is_closed(self, rows: list[Row]) -> None:
        found = repeats(rows, "closed")

        closed = {one.reference for one in rows if one.ended == "closed"}
        naive = closed & {one.repeats for one in rows}
        assert set(found[0].counted.numerator) == naive
        assert set(found[0].counted.denominator) == closed


class TestSanctions:
    def test_are_shared_out_by_cause(self) -> None:
        rows = [
            row("A", cause="late", rungs=frozenset({"published", "referred", "informed"})),
            row("B", cause="harm", rungs=frozenset({"published"})),
            row("C", cause="harm"),
            row("D"),
        ]

        found = sanctions(rows, CAUSES)

        assert [(one.cause, len(one.sanctions), len(one.cases)) for one in found] == [
            ("late", 2, 1),
            ("harm", 1, 2),
            ("", 0, 1),
        ]
        assert sanctioned_in_all(found) == 3
        assert found[0].references == ("A",)

    @given(rows_of_any)
    def test_are_as_many_as_there_are(self, rows: list[Row]) -> None:
        found = sanctions(rows, CAUSES)

        assert sanctioned_in_all(found) == sum(len(one.rungs & set(SANCTIONS)) for one in rows)
        assert sum(len(one.cases) for one in found) == len(rows)
