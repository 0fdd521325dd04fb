import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.evidence import second_count
from tallystick.evidence.second_count import counted_rows, make_ready, run
from tests.evidence.desk import LOG, csv_of, packed, plan
from tests.evidence.test_event_logs import EVENTS, HEADER, XES

cells = st.text(st.sampled_from('ab",\n\r '), min_size=1, max_size=5)


class TestCountedRows:
    @given(st.lists(st.lists(cells, min_size=2, max_size=3), max_size=12), st.sampled_from(["\n", "\r\n"]))
    def test_of_csv_are_those_that_were_written(self, rows: list[list[str]], end: str) -> None:
        text = io.StringIO(newline="")
        csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator=end).writerows([["x", "y"], *rows])

        assert counted_rows(io.BytesIO(text.getvalue().encode()), plan()) == len(rows)

    @pytest.mark.parametrize("size", [1, 3, 1000])
    @pytest.mark.parametrize(
        "text", [b"a\nb\n\nc", b"a\r\nb\r\n\r\nc\r\n", b"a\rb\r\rc\r", b'a\n"b\nb"\n"c"\n']
    )
    def test_do_not_depend_on_the_pieces(
        self, text: bytes, size: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(second_count, "PIECE", size)

        assert counted_rows(io.BytesIO(text), plan()) == 2

    def test_of_a_log_are_its_cases(self) -> None:
        assert counted_rows(io.BytesIO(csv_of(*EVENTS, header=HEADER)), plan(LOG)) == 2
        assert counted_rows(io.BytesIO(packed(XES)), plan(LOG, "xes.gz")) == 2


class TestRun:
    def test_answers_with_the_count(self) -> None:
        told: list[int] = []
        make_ready(plan())

        answer = run(plan(), {"source": io.BytesIO(csv_of("x", "y"))}, lambda rows, _: told.append(rows))

        assert (answer, told) == ({"counted": 2}, [2])
