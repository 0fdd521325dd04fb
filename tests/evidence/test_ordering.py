from typing import Any

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from tallystick.evidence.layout import FILE_ROW, SUBMISSION, Layout
from tallystick.evidence.ordering import arranged, order
from tests.evidence.conftest import stream

WIDE = Layout.of(
    stream(
        "wide",
        {"key": "id", "kind": "text", "size": "count?", "on": "day?", "name": "id?", "end_at": "instant?"},
        row_key=["key"],
        partition="none",
        upsert="key",
        sort=["kind", "size", "name", "on", "end_at"],
    )
)
NAMES = ["kind", "size", "name", "on", "end_at", "key", SUBMISSION, FILE_ROW]
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.none() | st.integers(0, 2),
            "size": st.none() | st.sampled_from([-(2**62), -1, 0, 7, 2**62]),
            "name": st.none() | st.sampled_from(["", "a", "b", "é"]),
            "on": st.none() | st.integers(-3, 3),
            "end_at": st.none() | st.integers(-5, 5),
            "key": st.sampled_from(["k1", "k2", "k3"]),
            SUBMISSION: st.sampled_from(["E-1", "E-2"]),
        }
    ),
    max_size=12,
)


def table(rows: list[dict[str, Any]]) -> pa.Table:
    kinds = {"kind": pa.int32(), "size": pa.int64(), "on": pa.int32(), "end_at": pa.int64()}
    columns = {
        name: pa.array([row[name] for row in rows], kinds.get(name, pa.string())) for name in NAMES[:-1]
    }
    columns["on"] = columns["on"].cast(pa.date32())
    columns[SUBMISSION] = columns[SUBMISSION].dictionary_encode()
    return pa.table(columns | {FILE_ROW: np.arange(len(rows), dtype=np.int64)})


class TestOrder:
    @given(ROWS)
    def test_is_that_of_comparing_column_by_column_nothing_first(self, rows: list[dict[str, Any]]) -> None:
        numbered = [{**row, FILE_ROW: n} for n, row in enumerate(rows)]

        found = order(table(rows), WIDE)

        expected = sorted(range(len(rows)), key=lambda n: [_sortable(numbered[n][name]) for name in NAMES])
        assert found.tolist() == expected


def _sortable(value: Any) -> tuple[Any, ...]:
    """Return a value that compares, with nothing before everything."""
    return () if value is None else (value.encode() if isinstance(value, str) else value,)


class TestArranged:
    def test_numbers_submissions_by_their_first_row_however_they_were_merged(self) -> None:
        rows = [
            {"kind": kind, "size": 1, "name": "n", "on": 1, "end_at": 1, "key": "k", SUBMISSION: submission}
            for kind, submission in [(2, "E-1"), (1, "E-2"), (0, "E-1")]
        ]
        one, other = table(rows), pa.concat_tables([table(rows).slice(1), table(rows).slice(0, 1)])

        first, second = arranged(one, WIDE), arranged(other, WIDE)

        assert first[SUBMISSION].to_pylist() == ["E-1", "E-2", "E-1"]
        assert first.drop_columns([FILE_ROW]).equals(second.drop_columns([FILE_ROW]))
        assert first[SUBMISSION].chunk(0).dictionary.to_pylist() == ["E-1", "E-2"]
        assert second[SUBMISSION].chunk(0).dictionary.to_pylist() == ["E-1", "E-2"]
