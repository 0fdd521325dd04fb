"""Text of a CSV file in pieces that end where a line ends, checked to be text at all."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass

from tallystick.evidence.limits import Limits, megabytes
from tallystick.evidence.refusals import UnableToRead
from tallystick.evidence.unpacking import Readable

CHUNK = 4 << 20
NEWLINE = b"\n"
RETURN = b"\r"


@dataclass(frozen=True)
class Chunk:
    """Whole lines of text in UTF-8. The last of a file may lack its end, and is counted all the same."""

    text: bytes
    lines: int
    ascii: bool


def chunks(content: Readable, limits: Limits, encoding: str) -> Iterator[Chunk]:
    """Yield the text as UTF-8, without its byte order mark.

    :raises UnableToRead: if it is not text in the encoding, with the line and byte where that shows
    """
    line = 1
    for number, piece in enumerate(_pieces(content, limits)):
        text = piece.removeprefix(codecs.BOM_UTF8) if number == 0 else piece
        if not text:
            continue
        _refuse_nul(text, line)
        lines, plain = line_count(text), text.isascii()
        yield Chunk(text if plain else _as_utf8(text, line, encoding), lines, plain)
        line += lines


def line_count(text: bytes) -> int:
    """Return how many lines the text has, ending in LF, CR LF or CR alone; the last need not end."""
    ends = line_ends(text)
    return ends + (not text.endswith((NEWLINE, RETURN)) and bool(text))


def line_ends(chunk: bytes) -> int:
    """Return how many lines end in the piece, whether in LF, CR LF or CR alone."""
    ends = chunk.count(NEWLINE)
    return ends + chunk.count(RETURN) - chunk.count(b"\r\n") if RETURN in chunk else ends


def _pieces(content: Readable, limits: Limits) -> Iterator[bytes]:
    rest = b""
    while piece := content.read(CHUNK):
        joined = rest + piece
        cut = joined.rfind(NEWLINE) + 1 or joined.rfind(RETURN, 0, len(joined) - 1) + 1
        if cut == 0 and len(joined) > limits.line_bytes:
            raise UnableToRead(
                f"A line is longer than {megabytes(limits.line_bytes)}. "
                "Check that the file is CSV with one row a line."
            )
        if cut:
            yield joined[:cut]
        rest = joined[cut:]
    if rest:
        yield rest


def _refuse_nul(chunk: bytes, line: int) -> None:
    place = chunk.find(b"\0")
    if place >= 0:
        raise UnableToRead(
            f"Row {line + line_ends(chunk[:place]):,}, byte {_byte(chunk, place)}: there is a NUL, which "
            "text never holds. The file is damaged or not UTF-8; save it as CSV in UTF-8."
        )


def _as_utf8(chunk: bytes, line: int, encoding: str) -> bytes:
    try:
        text = chunk.decode(encoding)
    except UnicodeDecodeError as error:
        place = f"Row {line + line_ends(chunk[: error.start]):,}, byte {_byte(chunk, error.start)}"
        if encoding == "utf-8":
            remedy = "Save the file as UTF-8, or say it is CP1252."
            raise UnableToRead(f"{place}: this is not UTF-8. {remedy}") from None
        raise UnableToRead(f"{place}: this is not CP1252. Save the file as UTF-8.") from None
    return chunk if encoding == "utf-8" else text.encode()


def _byte(chunk: bytes, place: int) -> int:
    """Return the position of a byte in its line, counted from 1."""
    return place - max(chunk.rfind(NEWLINE, 0, place), chunk.rfind(RETURN, 0, place))
