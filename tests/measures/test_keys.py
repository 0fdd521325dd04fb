import datetime as dt
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.measures.keys import MOST_BITS, Keys, keys

NUMBERS = st.integers(-(2**63), 2**63 - 1)


def told_apart(columns: list[list[Any]], kinds: list[Any], cuts: int = 2) -> bool:
    """Tell whether rows have equal numbers where their keys are equal, and nowhere else."""
    chunked = []
    for cells, kind in zip(columns, kinds, strict=True):
        whole = pa.array(cells, kind)
        chunked.append(pa.chunked_array([whole[:cuts], whole[cuts:]], kind))
    found = keys(chunked)
    rows = list(zip(*columns, strict=True))
    absent = [None in row for row in rows]
    assert ([False] * len(rows) if found.absent is None else found.absent.tolist()) == absent
    pairs = {(row, int(n)) for row, n, gone in zip(rows, found.numbers, absent, strict=True) if not gone}
    assert not rows or int(found.numbers.max()).bit_length() <= found.bits
    return len({row for row, _ in pairs}) == len({number for _, number in pairs}) == len(pairs)


class TestKeys:
    @pytest.mark.parametrize("length", [1, 7, 8, 9, 11, 16, 23])
    def test_of_ids_of_one_length_are_the_bits_that_vary(self, length: int) -> None:
        ids = [f"{number:0{length}}" for number in (0, 7, 3, 7, 9, 0)]

        assert told_apart([ids], [pa.string()])
        assert keys([pa.chunked_array([ids])]).bits == 4

    def test_see_every_letter_of_an_id(self) -> None:
        first = "D-000-111-2222"
        changed = [first[:place] + "x" + first[place + 1 :] for place in range(len(first))]

        assert told_apart([[first, *changed, first]], [pa.string()], cuts=5)

    @given(st.lists(st.none() | st.text(max_size=12), max_size=10))
    def test_tell_any_words_apart(self, words: list[str | None]) -> None:
        assert told_apart([words], [pa.string()])

    @given(st.lists(st.text("0123456789ABCDEF", min_size=16, max_size=16), max_size=10))
    def test_tell_words_apart_that_vary_in_more_bits_than_a_number_has(self, words: list[str]) -> None:
        assert told_apart([words], [pa.string()])

    @given(st.lists(st.tuples(NUMBERS | st.none(), NUMBERS, st.sampled_from(["a", "bc", None])), max_size=10))
    def test_tell_rows_of_several_columns_apart(self, rows: list[Any]) -> None:
        columns = [list(cells) for cells in zip(*rows, strict=True)] or [[], [], []]

        assert told_apart(columns, [pa.int64(), pa.int64(), pa.string()])

    def test_of_days_count_from_the_first(self) -> None:
        days = [dt.date(2021, 7, 3), None, dt.date(1969, 7, 1)]

        assert told_apart([days], [pa.date32()])

    def test_see_only_the_rows_of_a_slice(self) -> None:
        part = pa.array(["zz", "a1", "a2", "a1", "yyy"])[1:4]

        found = keys([pa.chunked_array([part])])

        assert found.bits == 2
        assert found.numbers[0] == found.numbers[2] != found.numbers[1]

    def test_need_a_column(self) -> None:
        with pytest.raises(ValueError, match="one column"):
            keys([])

    def test_fit_a_number_beside_others(self) -> None:
        wide = Keys(np.array([0, 2**62, 5], np.uint64), MOST_BITS)

        both = wide.beside(wide)

        assert both.bits <= MOST_BITS
        assert len(set(both.numbers.tolist())) == 3
