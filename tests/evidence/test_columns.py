from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from tallystick.evidence.blocks import UNKNOWN, Traits
from tallystick.evidence.civil_time import CivilTime
from tallystick.evidence.columns import TYPES, tidied, typed
from tallystick.evidence.plan import ColumnPlan

CIVIL = CivilTime(ZoneInfo("Europe/London"))
PLAIN = Traits(wide=False, spaces=False, controls=False, apostrophes=False, exponents=False)


class TestTidied:
    def test_takes_away_what_surrounds_a_word(self) -> None:
        column = pa.array([" a ", "\tb", "\u00a0c\u3000", "'=d", "'e", "  ", "", None])

        assert tidied(column, UNKNOWN).to_pylist() == ["a", "b", "c", "=d", "'e", None, None, None]

    def test_leaves_a_plain_column_as_it_is(self) -> None:
        column = pa.array(["a b", None])

        assert (
            tidied(
                column, Traits(wide=False, spaces=True, controls=False, apostrophes=False, exponents=False)
            )
            is column
        )


class TestTyped:
    @pytest.mark.parametrize(
        ("kind", "text"),
        [
            ("id", "R-1"),
            ("text", "x"),
            ("enum", "a"),
            ("count", "1"),
            ("day", "2021-07-01"),
            ("instant", "2021-07-01T00:00:00Z"),
        ],
    )
    def test_has_the_type_of_its_column_and_no_flaw(self, kind: str, text: str) -> None:
        plan = ColumnPlan("c", kind, required=False, values=("a",) if kind == "enum" else ())

        column, flaws = typed(plan, pa.array([text, None]), PLAIN, CIVIL)

        assert column.type == TYPES[kind]
        assert (column.null_count, flaws) == (1, [])

    @pytest.mark.parametrize("kind", ["id", "text", "enum", "count", "day", "instant"])
    def test_says_where_a_value_is_wanting(self, kind: str) -> None:
        plan = ColumnPlan("c", kind, values=("a",) if kind == "enum" else ())

        _, flaws = typed(plan, pa.array([None, None], pa.string()), PLAIN, CIVIL)

        assert [(flaw.place, flaw.what) for flaw in flaws] == [
            (0, "the cell is empty"),
            (1, "the cell is empty"),
        ]

    def test_reads_a_count_of_nineteen_digits(self) -> None:
        column, _ = typed(ColumnPlan("c", "count"), pa.array(["9223372036854775807", "1"]), PLAIN, CIVIL)

        assert column.to_pylist() == [2**63 - 1, 1]
