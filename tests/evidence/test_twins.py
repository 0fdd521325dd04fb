import io
from collections import defaultdict

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.evidence import twins as module
from tallystick.evidence.plan import ColumnPlan, Plan
from tallystick.evidence.twins import Twins, hashes_of, twins, without
from tallystick.evidence.typed_files import TypedFiles, typed_schema

PLAN = Plan(
    stream="s",
    format="csv",
    columns=(ColumnPlan("a", "id"), ColumnPlan("b", "count", required=False), ColumnPlan("c", "text")),
    row_key=("a", "b"),
    time_zone="UTC",
    received_at=0,
)
SCHEMA = typed_schema(PLAN)
Cells = tuple[str, int | None, str]
rows = st.lists(
    st.tuples(st.sampled_from("xy"), st.sampled_from([None, 0, 1]), st.sampled_from("pq")), max_size=25
)


def batch(numbered: list[tuple[int, Cells]]) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist(
        [{"_row": row, **dict(zip("abc", cells, strict=True))} for row, cells in numbered], SCHEMA
    )


def found_in(cells: list[Cells]) -> tuple[TypedFiles, Twins]:
    """Return the twins of rows of which every fourth is held for some reason of its own."""
    files = TypedFiles(io.BytesIO(), io.BytesIO(), SCHEMA)
    numbered = list(enumerate(cells, start=2))
    for start in range(0, len(numbered), 7):
        part = numbered[start : start + 7]
        files.add(batch([one for one in part if one[0] % 4]), batch([one for one in part if not one[0] % 4]))
    files.finish()
    return files, twins(files, PLAN, [hashes_of(batch(numbered), PLAN)])


class TestTwins:
    @given(rows)
    def test_are_found_as_one_would_by_hand(self, cells: list[Cells]) -> None:
        firsts: dict[Cells, int] = {}
        repeats = {}
        for row, one in enumerate(cells, start=2):
            if firsts.setdefault(one, row) != row:
                repeats[row] = firsts[one]
        keys = defaultdict(list)
        for one, row in firsts.items():
            keys[one[:2]].append(row)
        rivals = {row for group in keys.values() if len(group) > 1 for row in group}

        _, found = found_in(cells)

        assert found.repeats == repeats
        assert set(found.rivals) == rivals

    def test_are_told_apart_where_their_hashes_meet(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(module, "key_hashes", lambda _, count: np.full(count, 7, np.uint64))

        _, found = found_in([("x", 0, "p"), ("y", 0, "p"), ("x", 0, "p"), ("y", 0, "q")])

        assert found.repeats == {4: 2}
        assert set(found.rivals) == {3, 5}

    def test_name_the_first_of_many(self) -> None:
        found = Twins({}, {9: tuple(range(2, 9))})

        assert found.flaw(9, 0).what == "rows 2, 3, 4, 5, 6, 7 … have the same key and differ"


class TestWithout:
    def test_moves_rivals_and_drops_repeats(self) -> None:
        pair = (
            batch([(2, ("x", 0, "p")), (3, ("x", 0, "q")), (5, ("y", 0, "p"))]),
            batch([(4, ("x", 0, "p"))]),
        )

        accepted, held = without(pair, Twins({4: 2}, {2: (2, 3), 3: (2, 3)}))

        assert [one["_row"].to_pylist() for one in accepted] == [[5]]
        assert [one["_row"].to_pylist() for one in held] == [[], [2, 3]]
