from typing import Any

import pytest

from tallystick.assessments.comparisons.exported import cells_of_lines, cells_of_printed, columns
from tallystick.assessments.comparisons.operations.sheets import print_sheet
from tests.assessments import league
from tests.assessments.market import Market, lines_of, printed

pytestmark = pytest.mark.django_db


class TestColumns:
    def test_are_as_many_as_the_cells(self, market: Market, settings: Any) -> None:
        settings.OPEN_ISSUES = league.TOLD_BY

        for row in (market.drafted(), league.drafted(market)):
            print_sheet(row)
            lines = cells_of_lines(row, lines_of(row).values(), has_places=True)
            told = [*lines, *cells_of_printed(row, printed(row))]

            assert {len(one) for one in told} == {len(columns(row))}


class TestCellsOfLines:
    def test_have_no_place_before_it_is_published(self, market: Market) -> None:
        row = market.drafted()
        place = columns(row).index("place")

        cells = list(cells_of_lines(row, lines_of(row).values(), has_places=False))

        assert {one[place] for one in cells} == {""}


class TestCellsOfPrinted:
    def test_say_what_is_withheld(self, market: Market) -> None:
        row = market.drafted()
        print_sheet(row)

        cells = [one for one in cells_of_printed(row, printed(row)) if one[-1] == "no"]

        assert {one[columns(row).index("percent")] for one in cells} == {"not shown"}
