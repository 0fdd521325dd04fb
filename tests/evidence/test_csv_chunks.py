import io

import pytest

from tallystick.evidence import csv_chunks
from tallystick.evidence.csv_chunks import chunks, line_count, line_ends
from tallystick.evidence.limits import Limits
from tallystick.evidence.refusals import UnableToRead


class TestChunks:
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_end_where_lines_end(self, end: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(csv_chunks, "CHUNK", 7)
        text = end.join(["ab", "c", "", "defg", "h"]).encode()

        found = list(chunks(io.BytesIO(text), Limits(), "utf-8"))

        assert b"".join(chunk.text for chunk in found) == text
        assert sum(chunk.lines for chunk in found) == 5
        assert len(found) > 1
        assert all(chunk.text.endswith((b"\n", b"\r")) for chunk in found[:-1])

    def test_are_utf_8_whatever_was_said(self) -> None:
        (found,) = chunks(io.BytesIO(b"caf\xe9\n"), Limits(), "cp1252")

        assert found.text == "café\n".encode()
        assert not found.ascii

    def test_name_the_line_and_byte_that_is_no_text(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(csv_chunks, "CHUNK", 4)

        with pytest.raises(UnableToRead, match=r"^Row 3, byte 2: this is not UTF-8\."):
            list(chunks(io.BytesIO(b"ab\ncd\ne\xff\n"), Limits(), "utf-8"))


class TestLineEnds:
    def test_are_counted_whatever_they_are(self) -> None:
        assert [line_ends(text) for text in (b"a\nb", b"a\r\nb\r\n", b"a\rb\r")] == [1, 2, 2]


class TestLineCount:
    def test_counts_a_last_line_without_its_end(self) -> None:
        assert [line_count(text) for text in (b"", b"a", b"a\n", b"a\nb")] == [0, 1, 1, 2]
