"""Rows of a CSV file as blocks of text.

Plain stretches are read by Arrow: its answer is taken only where text has just one reading, which is
checked first. From the first stretch on that has several (a line break inside a cell, a quotation mark out
of place, lines that end in CR alone) the rest of the file is read by the csv module.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.csv as pv

from tallystick.evidence.blocks import UNKNOWN, Block, Pending, Ragged, Traits
from tallystick.evidence.csv_chunks import NEWLINE, RETURN, Chunk, chunks
from tallystick.evidence.headers import Header, checked_header, checked_log_header
from tallystick.evidence.plan import Plan
from tallystick.evidence.refusals import UnableToRead, counted
from tallystick.evidence.unpacking import content

BATCH = 20_000
QUOTE = b'"'
_QUOTE, _COMMA, _LF, _CR = (ord(letter) for letter in '",\n\r')


class CsvSource:
    """A CSV file opened for its rows; `header` names its columns."""

    sheet = ""

    def __init__(self, file: BinaryIO, plan: Plan, *, needed: tuple[str, ...] = ()) -> None:
        self._file = file
        self._plan = plan
        self._needed = needed
        self.notes: list[str] = []
        self.head = self._read_header(self._chunks())
        self.is_log = bool(needed) and plan.log is not None and plan.log.case in self.head.names
        self._check_header()

    @property
    def header(self) -> tuple[str, ...]:
        return self.head.names

    def pending(self) -> Iterator[Pending]:
        text = self._chunks()
        row = self.head.row + 1
        for chunk in _after_lines(text, self.head.row):
            if not _has_one_reading(chunk.text):
                yield from self._written_out(chain([chunk], text), row)
                return
            yield Pending(row, row + chunk.lines, partial(plain_block, chunk, self.header, row))
            row += chunk.lines

    def done(self) -> int | None:
        return self._file.tell()

    def _chunks(self) -> Iterator[Chunk]:
        self._file.seek(0)
        limits = self._plan.limits
        packed = self._plan.format.endswith(".gz")
        return chunks(content(self._file, packed=packed, most=limits.csv_bytes), limits, self._plan.encoding)

    def _read_header(self, text: Iterator[Chunk]) -> Header:
        for number, line in enumerate(_lines(text), start=1):
            if line.strip("\r\n"):
                return Header(_header_cells(line, number, self._plan), number)
        raise UnableToRead("The file holds no header. Its first row names the columns.")

    def _check_header(self) -> None:
        names, row = self.head.names, self.head.row
        if self.is_log:
            checked_log_header(names, self._plan, self._needed, row)
        else:
            checked_header(names, self._plan, row)

    def _written_out(self, text: Iterator[Chunk], row: int) -> Iterator[Pending]:
        """Yield the rows that the csv module reads."""
        for first, end, rows in _batches(csv_records(_lines(text), row, self._plan)):
            yield Pending(first, end, partial(written_block, rows, self.header))


def plain_block(chunk: Chunk, names: tuple[str, ...], row: int) -> Block:
    """Return the rows of a piece of CSV that has one reading only; its first line is the given row."""
    numbers = np.arange(row, row + chunk.lines)
    bad: list[tuple[int, str]] = []
    table = _by_arrow(chunk.text, names, bad)
    if len(table) + len(bad) != len(numbers):
        lines = chunk.text.removesuffix(NEWLINE).split(NEWLINE)
        kept = [place for place, line in enumerate(lines) if line.rstrip(RETURN)]
        bad.clear()
        table = _by_arrow(NEWLINE.join([lines[place] for place in kept]), names, bad)
        numbers = numbers[kept]
    places = [place - 1 for place, _ in bad]
    ragged = tuple(
        _ragged(int(numbers[place]), next(csv.reader([text])), len(names))
        for place, (_, text) in zip(places, bad, strict=True)
    )
    texts = {name: _one_piece(table.column(name)) for name in names}
    return Block(np.delete(numbers, places), texts, _traits(chunk), ragged)


def csv_records(lines: Iterable[str], row: int, plan: Plan) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that is not blank with its number.

    :raises UnableToRead: where a quotation mark is out of place or never closed
    """
    csv.field_size_limit(plan.limits.cell_characters)
    reader = csv.reader(lines, strict=True)
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            raise UnableToRead(
                f"Row {row:,}: a quotation mark is out of place or never closed, or a cell holds more than "
                f"{plan.limits.cell_characters:,} characters. Quote whole cells, and double the marks inside."
            ) from None
        if cells is None:
            return
        if cells:
            yield row, cells
        row += 1


def written_block(rows: list[tuple[int, list[str]]], names: tuple[str, ...]) -> Block:
    """Return rows that were split into cells one by one."""
    good = [(number, cells) for number, cells in rows if len(cells) == len(names)]
    ragged = tuple(_ragged(row, cells, len(names)) for row, cells in rows if len(cells) != len(names))
    columns = zip(*(cells for _, cells in good), strict=True) if good else ((),) * len(names)
    texts = {name: pa.array(column, pa.string()) for name, column in zip(names, columns, strict=True)}
    return Block(np.array([number for number, _ in good], np.int64), texts, UNKNOWN, ragged)


def _by_arrow(chunk: bytes, names: tuple[str, ...], bad: list[tuple[int, str]]) -> pa.Table:
    """Return the rows that have as many cells as there are columns; the others are put to `bad`."""

    def refuse(found: pv.InvalidRow) -> str:
        bad.append((found.number, found.text))
        return "skip"

    return pv.read_csv(
        pa.py_buffer(chunk),
        pv.ReadOptions(use_threads=False, block_size=len(chunk) + 1, column_names=names),
        pv.ParseOptions(invalid_row_handler=refuse),
        pv.ConvertOptions(
            check_utf8=False,
            column_types=dict.fromkeys(names, pa.string()),
            strings_can_be_null=True,
            null_values=[""],
        ),
    )


def _one_piece(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks == 1 else pa.concat_arrays(column.chunks or [_EMPTY])


def _ragged(row: int, cells: list[str], width: int) -> Ragged:
    what = f"the row has {counted(len(cells), 'cell')}"
    return Ragged(row, tuple(cells), what, f"{counted(width, 'cell')}, one for each column of the header")


def _has_one_reading(chunk: bytes) -> bool:
    """Tell whether lines and cells can be told apart without following quotation marks from the start."""
    if RETURN in chunk and chunk.count(RETURN) != chunk.count(b"\r\n"):
        return False
    return QUOTE not in chunk or _is_well_quoted(chunk)


def _is_well_quoted(chunk: bytes) -> bool:
    """Tell whether every quoted cell is quoted whole and ends in its line.

    Marks are counted from the start: one that opens stands after a comma or a line's end, or right after
    the mark that closed, which doubles it; one that closes stands before a comma, a line's end or its
    double. No line may end while a mark is open.
    """
    letters = np.frombuffer(chunk, np.uint8)
    marks = np.flatnonzero(letters == _QUOTE)
    if len(marks) % 2:
        return False
    opening, closing = marks[0::2], marks[1::2]
    before = np.where(opening == 0, _LF, letters[opening - 1])
    after = letters[np.minimum(closing + 1, len(letters) - 1)]
    at_end = closing == len(letters) - 1
    opens = np.isin(before, (_COMMA, _LF, _QUOTE))
    closes = at_end | np.isin(after, (_COMMA, _LF, _CR, _QUOTE))
    line_breaks = np.flatnonzero(letters == _LF)
    within = np.searchsorted(marks, line_breaks) % 2
    return bool(opens.all() and closes.all() and not within.any())


def _traits(chunk: Chunk) -> Traits:
    text = chunk.text
    low = int(np.count_nonzero(np.frombuffer(text, np.uint8) < ord(" ")))
    ends = chunk.lines - (not text.endswith(NEWLINE)) + (text.count(RETURN) if RETURN in text else 0)
    return Traits(
        wide=not chunk.ascii,
        spaces=b" " in text,
        controls=low != ends or b"\x7f" in text,
        apostrophes=b"'" in text,
        exponents=b"+" in text and (b"E+" in text or b"e+" in text),
    )


def _after_lines(text: Iterator[Chunk], lines: int) -> Iterator[Chunk]:
    """Yield the text after its first lines, which hold the header and stand in the first piece."""
    for first in text:
        rest = io.StringIO(first.text.decode(), newline="")
        for _ in range(lines):
            rest.readline()
        left = rest.read().encode()
        if left:
            yield Chunk(left, first.lines - lines, first.ascii)
        break
    yield from text


def _lines(text: Iterable[Chunk]) -> Iterator[str]:
    for chunk in text:
        yield from io.StringIO(chunk.text.decode(), newline="")


def _header_cells(line: str, row: int, plan: Plan) -> tuple[str, ...]:
    _, cells = next(csv_records([line], row, plan))
    return tuple(cells)


def _batches(
    rows: Iterator[tuple[int, list[str]]],
) -> Iterator[tuple[int, int, list[tuple[int, list[str]]]]]:
    batch: list[tuple[int, list[str]]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch[0][0], batch[-1][0] + 1, batch
            batch = []
    if batch:
        yield batch[0][0], batch[-1][0] + 1, batch


_EMPTY = pa.array([], pa.string())
