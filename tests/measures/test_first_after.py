from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.measures import first_after as module
from tallystick.measures.first_after import NEVER, NO_DAY, Found, first_after

SCHEMA = pa.schema([("key", pa.string()), ("other", pa.int32()), ("at", pa.int64())])


def one_by_one(duties: list[Any], answers: list[Any]) -> list[int]:
    found = []
    for key, other, at in duties:
        fit = [
            (when, place)
            for place, (mine, its, when) in enumerate(answers)
            if None not in (key, other, at) and (mine, its) == (key, other) and when >= at
        ]
        found.append(min(fit)[1] if fit else -1)
    return found


KEYS = st.tuples(
    st.none() | st.sampled_from("abc"), st.none() | st.integers(0, 2), st.none() | st.integers(0, 6)
)


ANSWERS = KEYS.filter(lambda row: None not in row)


def tables(duties: list[Any], answers: list[Any]) -> tuple[pa.Table, pa.Table]:
    made = [
        pa.Table.from_pylist([dict(zip(SCHEMA.names, row, strict=True)) for row in rows], SCHEMA)
        for rows in (duties, answers)
    ]
    return made[0], made[1]


class TestFirstAfter:
    @given(st.lists(KEYS, max_size=12), st.lists(ANSWERS, max_size=12, unique=True), st.integers(1, 30))
    def test_agrees_with_looking_at_every_answer(
        self, duties: list[Any], answers: list[Any], part: int
    ) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, "PART", part)

            found = first_after(*tables(duties, answers))

        assert np.array_equal(found, one_by_one(duties, answers))

    @given(st.lists(KEYS, max_size=12), st.lists(ANSWERS, max_size=12, unique=True))
    def test_agrees_where_key_and_place_are_too_wide_for_a_number(
        self, duties: list[Any], answers: list[Any]
    ) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, "WORD", 0)
            patch.setattr(module, "PART", 3)

            found = first_after(*tables(duties, answers))

        assert np.array_equal(found, one_by_one(duties, answers))

    def test_finds_nothing_before_the_duty(self) -> None:
        assert first_after(*tables([("a", 1, 5)], [("a", 1, 4)])).tolist() == [-1]

    def test_takes_an_answer_of_the_very_instant(self) -> None:
        assert first_after(*tables([("a", 1, 5)], [("a", 1, 6), ("a", 1, 5)])).tolist() == [1]


class TestFound:
    def test_tells_instants_and_days_of_the_places(self) -> None:
        days = pa.array([18_000, 18_001], pa.int32()).cast(pa.date32())
        answers = pa.table({"response__": [70, 80], "response__day": days})

        found = Found.of(np.array([1, -1, 0]), answers)

        assert found.instants.tolist() == [80, NEVER, 70]
        assert found.days.tolist() == [18_001, NO_DAY, 18_000]

    def test_is_spread_over_those_that_were_looked_for(self) -> None:
        few = Found(np.array([80]), np.array([18_001], np.int32))

        found = few.spread(np.array([False, True]))

        assert found.instants.tolist() == [NEVER, 80]
        assert found.days.tolist() == [NO_DAY, 18_001]
