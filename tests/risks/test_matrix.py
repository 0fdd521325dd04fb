from decimal import Decimal

import pytest

from tallystick.risks import matrix
from tallystick.risks.listed import register
from tests.risks.cast import Cast
from tests.risks.scoring.methods import five_by_five


class TestGrid:
    def test_has_the_likeliest_first_and_a_score_in_each_cell(self) -> None:
        rows = matrix.rows(five_by_five(), [], "net")

        assert [row.step for row in rows] == [5, 4, 3, 2, 1]
        assert [cell.score for cell in rows[0].cells] == [5, 10, 15, 20, 25]
        assert [cell.shade for cell in rows[0].cells] == ["a1", "a2", "a3", "a3", "a3"]
        assert rows[-1].cells[0].shade == "a0"

    def test_has_each_risk_where_its_side_lies(self, cast: Cast) -> None:
        period = cast.opened()
        cast.scored("R-02", (5, 4, 3, 2))
        listed = register(cast.jo, period, None)

        there = {
            side: [
                (row.step, place)
                for row in matrix.rows(five_by_five(), listed, side)
                for place, cell in enumerate(row.cells, start=1)
                if cell.risks
            ]
            for side in matrix.SIDES
        }

        assert there == {"inherent": [(5, 4)], "net": [(3, 2)], "planned": []}

    @pytest.mark.parametrize(("left", "step"), [("6", 3), ("4.01", 3), ("4", 2), ("0.3", 1), ("0", 1)])
    def test_lets_the_plan_make_a_risk_less_likely(self, cast: Cast, left: str, step: int) -> None:
        period = cast.opened()
        cast.scored("R-02", (5, 4, 3, 2))
        listed = register(cast.jo, period, None)

        rows = matrix.rows(five_by_five(), listed, "planned", {"R-02": Decimal(left)})

        assert [row.step for row in rows if row.cells[1].risks] == [step]


class TestKeys:
    def test_say_the_bands_in_words(self) -> None:
        assert [(one.shade, one.words) for one in matrix.keys(five_by_five())] == [
            ("a3", "15 and over: above appetite"),
            ("a2", "10 to 14: watch"),
            ("a1", "5 to 9: accept with checks"),
            ("a0", "under 5: accept"),
        ]
