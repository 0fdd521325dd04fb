import datetime as dt
import tempfile
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.evidence import csv_rows
from tallystick.evidence.limits import Limits
from tests.evidence.desk import GOOD, HEADER, NAMES, RECEIVED, Desk, csv_of, row, rows_of

words = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12)
moments = st.datetimes(
    dt.datetime(2013, 1, 1),  # noqa: DTZ001  the zone is added
    dt.datetime(2021, 8, 5),  # noqa: DTZ001  the zone is added
    timezones=st.just(dt.UTC),
)


@st.composite
def requests(draw: st.DrawFn) -> dict[str, Any]:
    asked = draw(moments)
    whole = draw(st.integers(0, 2**63 - 1))
    return {
        "request_id": draw(words),
        "party": draw(words),
        "mode": draw(st.sampled_from(["on_demand", "future_dated", "scheduled"])),
        "asked_at": asked,
        "answered_at": draw(st.none() | st.just(asked)),
        "due_on": draw(st.none() | st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))),
        "done": draw(st.none() | st.integers(0, whole)),
        "of": draw(st.none() | st.just(whole)),
        "change": draw(st.none() | st.integers(-(2**63) + 1, 2**63 - 1)),
    }


def line(request: dict[str, Any]) -> str:
    cells = ["" if value is None else str(value) for value in request.values()]
    return ",".join('"{}"'.format(cell.replace('"', '""')) for cell in cells)


class TestSieve:
    @settings(max_examples=60)
    @given(st.lists(requests(), max_size=30, unique_by=lambda one: one["request_id"]))
    def test_gives_back_what_was_written(self, sent: list[dict[str, Any]]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            reading = Desk(Path(folder)).read(csv_of(*map(line, sent)))
            found = rows_of(reading.accepted)

        expected = [tidy(one) for one in sent]
        if len({one["request_id"] for one in expected}) == len(expected):
            assert [{name: one[name] for name in NAMES} for one in found] == expected

    def test_keeps_the_order_of_the_file_over_many_blocks(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("tallystick.evidence.csv_chunks.CHUNK", 4_000)
        monkeypatch.setattr(csv_rows, "BATCH", 50)
        lines = [
            row(request_id=f"R-{number}", done="x" if number % 100 == 7 else "1") for number in range(900)
        ]
        lines[600] = f'{lines[600]},"\n"'

        reading = Desk(tmp_path).read(csv_of(*lines, lines[5]))

        assert [one.row for one in reading.problems] == [*range(9, 510, 100), 602, *range(609, 810, 100), 902]
        accepted = [one["_row"] for one in rows_of(reading.accepted)]
        assert accepted == sorted(accepted)
        assert len(accepted) == reading.accepted_rows == 890
        sent_back = reading.refused.read_text(encoding="utf-8")
        assert lines[5] in sent_back

    def test_stops_at_too_many_rows(self, tmp_path: Path) -> None:
        lines = (row(request_id=f"R-{number}") for number in range(11))

        why = Desk(tmp_path).refusal(csv_of(*lines), limits=Limits(rows=10))

        assert why == "The file has more than 10 rows, which is the limit. Split it."

    def test_tells_of_a_thousand_problems_and_sends_every_row_back(self, tmp_path: Path) -> None:
        lines = [row(request_id=f"R-{number}", done="x", of="y") for number in range(700)]

        reading = Desk(tmp_path).read(csv_of(*lines))

        assert len(reading.problems) == 1000
        assert reading.problems[-1].row == 501
        assert len(reading.refused.read_text(encoding="utf-8").splitlines()) == 701

    def test_refuses_a_correction_of_nothing(self, tmp_path: Path) -> None:
        why = Desk(tmp_path).refusal(csv_of(f"{GOOD},", header=f"{HEADER},correction_of"))

        assert why.endswith("the same on every row; here some rows have none.")

    def test_counts_rows_up_to_the_moment_of_receipt_as_past(self, tmp_path: Path) -> None:
        at = row(asked_at=RECEIVED.isoformat(), answered_at="")
        after = row(
            request_id="R-2", asked_at=(RECEIVED + dt.timedelta(microseconds=1)).isoformat(), answered_at=""
        )

        reading = Desk(tmp_path).read(csv_of(at, after))

        assert (reading.accepted_rows, reading.held_rows) == (1, 1)


def tidy(request: dict[str, Any]) -> dict[str, Any]:
    """Return a request as it is kept: words composed, and without a spreadsheet's mark of plain text."""
    return {name: _word(value) if isinstance(value, str) else value for name, value in request.items()}


def _word(word: str) -> str:
    marked = len(word) > 1 and word[0] == "'" and word[1] in "=+-@"
    return unicodedata.normalize("NFC", word[1:] if marked else word)
