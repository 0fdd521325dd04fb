import io

import numpy as np
import pyarrow as pa
import pytest

from tallystick.evidence.blocks import Block, Flaw, Ragged
from tallystick.evidence.refused_rows import RefusedRows, safe, told

WRONG = Flaw(0, "b", "refused", "it is wrong", "better")


class TestRefusedRows:
    def test_stand_in_the_order_of_the_file_with_their_problems(self) -> None:
        file = io.BytesIO()
        block = Block(
            np.array([4, 2]),
            {"a": pa.array(["x", "y"]), "problem": pa.array(["old", "old"]), "b": pa.array([None, "z"])},
        )

        RefusedRows(file, ("a", "problem", "b")).add(
            block, {0: [WRONG], 1: [WRONG]}, [Ragged(3, ("r", "s", "t", "u"), "the row is long", "less")]
        )

        assert file.getvalue().decode().splitlines() == [
            "a,b,problem",
            "y,z,b: it is wrong; expected better",
            "r,t,u,the row is long; expected less",
            "x,,b: it is wrong; expected better",
        ]


class TestSafe:
    @pytest.mark.parametrize(
        ("cell", "kept"), [("=1", "'=1"), (" @x", "' @x"), ("-3", "-3"), ("x=1", "x=1"), (None, "")]
    )
    def test_marks_what_a_spreadsheet_would_work_out(self, cell: str | None, kept: str) -> None:
        assert safe(cell) == kept


class TestTold:
    def test_names_columns_where_there_are_any(self) -> None:
        assert told([WRONG, Flaw(0, "", "refused", "it is odd", "even")]) == (
            "b: it is wrong; expected better | it is odd; expected even"
        )
