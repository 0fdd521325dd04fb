import pytest

from tallystick.assessments.matters.operations.rows import locked, seal_of
from tests.assessments.market import Market, fresh, lines_of

pytestmark = pytest.mark.django_db


class TestSealOf:
    def test_follows_from_what_the_lines_say_and_not_their_order(self) -> None:
        lines = [("a", 1, None), ("b", 2, "met")]

        assert seal_of(lines) == seal_of(lines[::-1])
        assert seal_of(lines) != seal_of([("a", 1, None), ("b", 3, "met")])


class TestLocked:
    def test_gives_a_matter_as_it_stands(self, market: Market) -> None:
        row = market.drafted()
        market.moves(row, "open_window")

        assert locked(row).publicity == "issued"


class TestCarryAlong:
    def test_gives_every_row_of_a_matter_its_state(self, market: Market) -> None:
        row = market.opened()

        assert {one.publicity for one in lines_of(row).values()} == {"issued"}
        assert fresh(row).course.publicity == "issued"
        assert row.sheets.get().publicity == "issued"
