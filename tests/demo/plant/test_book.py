import datetime as dt

import pytest

from tallystick.demo.plant.book import Book, Sides, area, provider
from tallystick.demo.plant.limits import AREA_LEVEL, ZERO_TOLERANCE
from tallystick.demo.plant.rows import HubReturn

JULY = "2021-07"
DUTY = area("AREA-G")


def removal(number: int, party: str = "ALFA") -> HubReturn:
    return HubReturn(f"HUB-{number}", "removed", 0, party, "north", None)


@pytest.fixture
def book() -> Book:
    found = Book(dt.date(2021, 8, 20), (JULY,))
    found.open_account([DUTY])
    return found


class TestState:
    @pytest.mark.parametrize(
        ("part", "state"), [(97, "met"), (96, "below_target"), (92, "below_target"), (91, "below_minimum")]
    )
    def test_is_met_at_the_level_exactly(self, part: int, state: str) -> None:
        assert Sides(part, 100).state(AREA_LEVEL) == state

    def test_is_no_events_without_any(self) -> None:
        assert Sides(0, 0).state(AREA_LEVEL) == "no_events"

    def test_knows_no_tolerance_where_there_is_none(self) -> None:
        assert Sides(9_999, 10_000).state(ZERO_TOLERANCE) == "below_minimum"


class TestSettle:
    def test_writes_a_line_and_a_finding_for_the_party_that_failed(self, book: Book) -> None:
        book.settle(DUTY, JULY, removal(1), "ALFA", "failed")
        book.settle(DUTY, JULY, removal(2, "BRVO"), "BRVO", "met")

        assert [(line.key.split("|")[0], line.subject) for line in book.lines()] == [("ALFA", "ALFA")]
        assert [(one.subject, one.state) for one in book.findings()] == [("ALFA", "below_minimum")]

    def test_leaves_an_excluded_row_out_of_both_sides(self, book: Book) -> None:
        book.exclude(removal(1), "A test", "A group")
        book.settle(DUTY, JULY, removal(1), "ALFA", "failed")

        whole = next(row for row in book.figures() if not row.group)

        assert (whole.denominator, whole.excluded) == (0, 1)
        assert not book.lines()

    @pytest.mark.parametrize("verdict", ["open", "held"])
    def test_counts_what_is_open_or_held_on_neither_side(self, book: Book, verdict: str) -> None:
        book.settle(DUTY, JULY, removal(1), "ALFA", verdict)  # type: ignore[arg-type]

        whole = next(row for row in book.figures() if not row.group)

        assert (whole.denominator, getattr(whole, verdict)) == (0, 1)

    def test_passes_over_months_that_it_is_not_about(self, book: Book) -> None:
        book.settle(DUTY, "2021-08", removal(1), "ALFA", "failed")

        assert not book.lines()


class TestRollingUp:
    @pytest.mark.parametrize(
        ("rolls_up", "measures"), [(True, {"CPM1", "DSP-PM1.1"}), (False, {"DSP-PM1.1"})]
    )
    def test_adds_the_measures_above_unless_told_not_to(self, *, rolls_up: bool, measures: set[str]) -> None:
        book = Book(dt.date(2021, 8, 20), (JULY,), rolls_up=rolls_up)
        duty = provider("DSP-PM1.1", "DSP", "CPM1")
        book.open_account([duty])

        book.measure_out(duty, JULY, 90, 100)

        assert {row.measure for row in book.figures()} == measures
        assert {row.numerator for row in book.figures()} == {90}
        assert {one.subject for one in book.findings()} == {"DSP", "DCC"} if rolls_up else {"DSP"}
