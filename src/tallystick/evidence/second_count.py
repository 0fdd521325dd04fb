"""How many rows a file has, counted apart from those who read it.

The count shares no code with the reading of CSV or XES: lines and quotation marks are counted in one way
here and in another there, and a file in which the two differ is refused.
"""

import codecs
import csv
import io
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO
from xml.parsers import expat

from tallystick.evidence.plan import Plan
from tallystick.evidence.refusals import UnableToRead
from tallystick.evidence.unpacking import PIECE, Readable, content

WIDEST_CELL = 10_000_000
QUOTE = b'"'
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16-le", "latin-1", "ascii", "cp437")


def make_ready(plan: Plan) -> None:
    """Load the encodings while files can still be opened."""
    for encoding in (plan.encoding, *ENCODINGS):
        codecs.lookup(encoding)


def run(
    plan: Plan, files: dict[str, BinaryIO], progress: Callable[[int, int | None], None]
) -> dict[str, Any]:
    """Count the rows of a file, beside the process that reads it.

    :raises UnableToRead: if the file cannot be counted to its end
    """
    rows = counted_rows(files["source"], plan)
    progress(rows, None)
    return {"counted": rows}


def counted_rows(file: BinaryIO, plan: Plan) -> int:
    """Return the rows below the header, or the cases of a log.

    :raises UnableToRead: if the file cannot be counted to its end
    """
    packed = plan.format.endswith(".gz")
    if plan.format.startswith("xes"):
        return _traces(content(file, packed=packed, most=plan.limits.log_bytes))
    text = content(file, packed=packed, most=plan.limits.csv_bytes)
    if plan.log is not None:
        cases = _cases(_records(text, plan.encoding), plan.log.case)
        if cases is not None:
            return cases
        file.seek(0)
        text = content(file, packed=packed, most=plan.limits.csv_bytes)
    return max(_lines(text, plan.encoding) - 1, 0)


def _lines(text: Readable, encoding: str) -> int:
    """Return the lines that are not empty; from the first open quotation mark on, the csv module's rows."""
    total, rest = 0, b""
    while piece := text.read(PIECE):
        rest += piece
        cut = max(rest.rfind(b"\n"), rest.rfind(b"\r", 0, len(rest) - 1)) + 1
        lines = rest[:cut]
        if _leaves_open(lines):
            return total + sum(1 for _ in _records(_Joined(rest, text), encoding))
        total += _filled(lines)
        rest = rest[cut:]
    return total + _filled(rest)


def _leaves_open(lines: bytes) -> bool:
    """Tell whether some line ends within a quotation, so that the next goes on with its row."""
    return QUOTE in lines and any(line.count(QUOTE) % 2 for line in lines.splitlines())


def _filled(lines: bytes) -> int:
    if b"\r" in lines:
        lines = lines.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if b"\n\n" in lines or lines.startswith(b"\n"):
        return sum(1 for line in lines.split(b"\n") if line)
    return lines.count(b"\n") + (not lines.endswith(b"\n") and bool(lines))


def _records(text: Readable, encoding: str) -> Iterator[list[str]]:
    csv.field_size_limit(WIDEST_CELL)
    name = "utf-8-sig" if encoding == "utf-8" else encoding
    lines = io.TextIOWrapper(io.BufferedReader(_Raw(text)), name, errors="replace", newline="")
    try:
        yield from (record for record in csv.reader(lines) if record)
    except csv.Error as error:
        raise UnableToRead(f"The rows could not be counted a second time: {error}.") from None


def _cases(records: Iterator[list[str]], case: str) -> int | None:
    """Return how many cases a log of one event a line names, or None where it is no such log."""
    header = next(records, [])
    if case not in header:
        return None
    place = header.index(case)
    return len({record[place].strip() for record in records if len(record) > place})


def _traces(text: Readable) -> int:
    """Return the traces of an XES log: elements of that name directly inside the outermost one."""
    depth = traces = 0

    def start(tag: str, _: dict[str, str]) -> None:
        nonlocal depth, traces
        depth += 1
        traces += depth == 2 and tag.rpartition(":")[2] == "trace"  # noqa: PLR2004  inside the outermost

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        while piece := text.read(PIECE):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise UnableToRead(f"Line {error.lineno:,}: the XML is damaged. Export the log again.") from None
    return traces


def _refuse_doctype(*_: object) -> None:
    raise UnableToRead("The file contains a DTD, which is not accepted. Save it anew without one.")


class _Joined:
    """What was read already, then the rest."""

    def __init__(self, first: bytes, rest: Readable) -> None:
        self._first = first
        self._rest = rest

    def read(self, size: int, /) -> bytes:
        if self._first:
            given, self._first = self._first, b""
            return given
        return self._rest.read(size)


class _Raw(io.RawIOBase):
    """Bytes for a text reader, whatever the size of the pieces they come in."""

    def __init__(self, text: Readable) -> None:
        super().__init__()
        self._text = text
        self._waiting = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        if not self._waiting:
            self._waiting = memoryview(self._text.read(PIECE))
        size = min(len(buffer), len(self._waiting))
        buffer[:size] = self._waiting[:size]
        self._waiting = self._waiting[size:]
        return size
