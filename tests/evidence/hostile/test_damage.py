"""A file cut short or changed on its way is refused, or read with every row accounted for."""

import tempfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.evidence.limits import Limits
from tallystick.evidence.reading import Reading, UnableToRead
from tests.evidence.desk import GOOD, HEADER, LOG, REQUESTS, Desk, csv_of, packed, row
from tests.evidence.hostile import archives
from tests.evidence.test_event_logs import XES

LINES = [row(request_id=f"R-{number}", done=f"{number % 3}") for number in range(40)]


@cache
def whole(name: str) -> bytes:
    if name == "sent.xlsx":
        return archives.workbook(archives.rows(HEADER, *LINES))
    if name.startswith("sent.xes"):
        return packed(XES) if name.endswith("gz") else XES
    quoted = csv_of(*LINES[:20], *(f'"{line.replace(",", chr(34) + "," + chr(34))}"' for line in LINES[20:]))
    return packed(quoted) if name.endswith("gz") else quoted


def read(content: bytes, name: str) -> Reading | UnableToRead:
    with tempfile.TemporaryDirectory() as folder:
        try:
            return Desk(Path(folder)).read(
                content, LOG if "xes" in name else REQUESTS, name=name, limits=Limits(csv_bytes=10_000_000)
            )
        except UnableToRead as refusal:
            return refusal


def is_accounted_for(found: Reading | UnableToRead) -> bool:
    if isinstance(found, UnableToRead):
        return bool(str(found))
    return found.rows == found.counted == found.accepted_rows + found.held_rows + found.refused_rows


@pytest.mark.parametrize("name", ["sent.csv", "sent.csv.gz", "sent.xlsx", "sent.xes", "sent.xes.gz"])
class TestDamagedFile:
    @settings(max_examples=40)
    @given(data=st.data())
    def test_cut_short_loses_no_row_unseen(self, name: str, data: st.DataObject) -> None:
        content = whole(name)
        end = data.draw(st.integers(0, len(content) - 1))

        assert is_accounted_for(read(content[:end], name))

    @settings(max_examples=60)
    @given(data=st.data())
    def test_with_bits_flipped_loses_no_row_unseen(self, name: str, data: st.DataObject) -> None:
        content = bytearray(whole(name))
        for place, bit in data.draw(
            st.lists(st.tuples(st.integers(0, len(content) - 1), st.integers(0, 7)), min_size=1, max_size=4)
        ):
            content[place] ^= 1 << bit

        assert is_accounted_for(read(bytes(content), name))


class TestOddText:
    @settings(max_examples=80)
    @given(
        st.lists(
            st.sampled_from([GOOD, "x", ",", '"', "\n", "\r", "\r\n", " ", "\u00e9", "'", "="]), max_size=60
        )
    )
    def test_is_refused_or_accounted_for(self, pieces: list[str]) -> None:
        assert is_accounted_for(read(f"{HEADER}\n{''.join(pieces)}".encode(), "sent.csv"))
