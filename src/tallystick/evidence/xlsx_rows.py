"""Rows of the one visible sheet of a workbook as blocks of text.

Values come from calamine, which reads every row whatever the sheet says of its own size. Dates are the
wall clock's. What a spreadsheet did to a cell before it was sent (a rounded identifier, a date made of a
word, a formula without its value) refuses the row: the cell no longer says what was meant.
"""

import datetime as dt
import math
from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
import python_calamine as calamine

from tallystick.evidence.blocks import UNKNOWN, Block, Flaw, Pending
from tallystick.evidence.cells import SENT_AS_TEXT
from tallystick.evidence.headers import BESIDES, Header, checked_header
from tallystick.evidence.plan import Plan
from tallystick.evidence.refusals import UnableToRead, counted, listed, quoted
from tallystick.evidence.sheet_scan import Fault, Scanner, SheetPart, SheetScan

BATCH = 10_000
SURE_DIGITS = 10**15  # a spreadsheet keeps fifteen digits of a number and no more
FIRST_SURE_DAY = dt.date(1900, 3, 1)  # before it, spreadsheets count a 29 February that never was

Row = tuple[int, list[Any]]
Spoilt = tuple[str, str]


class XlsxSource:
    """A workbook opened for the rows of its one visible sheet with data."""

    def __init__(self, file: BinaryIO, plan: Plan) -> None:
        self._plan = plan
        self.notes: list[str] = []
        scanner = Scanner(file)
        self._sheet, self._scan = _one_sheet(scanner, self.notes)
        self.sheet = self._sheet.name
        self.counted = self._scan.rows - 1
        if self.counted > plan.limits.sheet_rows:
            raise UnableToRead(f"The sheet has more than {plan.limits.sheet_rows:,} rows. Split it.")
        file.seek(0)
        self._book = calamine.CalamineWorkbook.from_filelike(file)
        first = next(self._rows(), None)
        if first is None:
            raise UnableToRead("The workbook holds no header. Its first row names the columns.")
        names = _trimmed([_name(value) for value in first[1]])
        self.head: Header = checked_header(names, plan, first[0])
        if self._scan.hidden_rows:
            self.notes.append(f"Hidden rows of the sheet, read as well: {self._scan.hidden_rows:,}.")

    @property
    def header(self) -> tuple[str, ...]:
        return self.head.names

    def pending(self) -> Iterator[Pending]:
        batch: list[Row] = []
        for row in self._rows():
            if row[0] <= self.head.row:
                continue
            batch.append(row)
            if len(batch) == BATCH:
                yield self._pending(batch)
                batch = []
        if batch:
            yield self._pending(batch)

    def done(self) -> int | None:
        return None

    def _pending(self, batch: list[Row]) -> Pending:
        return Pending(batch[0][0], batch[-1][0] + 1, partial(self._block, batch))

    def _rows(self) -> Iterator[Row]:
        """Yield every row that holds anything, with its number in the sheet; cells start at column A."""
        sheet = self._book.get_sheet_by_name(self._sheet.name)
        left = [""] * (sheet.start[1] if sheet.start else 0)
        faulty = {row for row, _ in self._scan.faults}
        last = 0
        for last, values in enumerate(sheet.iter_rows(), start=1):
            if last in faulty or any(value != "" and not _is_blank(value) for value in values):
                yield last, left + values
        # Rows below in which nothing but faults stands are not part of the sheet to the library.
        yield from ((number, []) for number in sorted(faulty) if number > last)

    def _block(self, batch: list[Row]) -> Block:
        width = len(self.header)
        columns: list[list[str | None]] = [[] for _ in self.header]
        flaws: list[Flaw] = []
        for place, (number, values) in enumerate(batch):
            beyond = [value for value in values[width:] if value != ""]
            if beyond:
                what = f"the row has {counted(len(beyond), 'cell')} to the right of the header"
                flaws.append(Flaw(place, "", "refused", what, "cells under the columns of the header only"))
            for column, name in enumerate(self.header):
                value = values[column] if column < len(values) else ""
                text, spoilt = self._cell(value, name, self._scan.faults.get((number, column + 1)))
                columns[column].append(text)
                if spoilt:
                    flaws.append(Flaw(place, name, "refused", *spoilt))
        texts = {name: pa.array(cells, pa.string()) for name, cells in zip(self.header, columns, strict=True)}
        return Block(np.array([number for number, _ in batch], np.int64), texts, UNKNOWN, (), tuple(flaws))

    def _cell(self, value: Any, name: str, fault: Fault | None) -> tuple[str | None, Spoilt | None]:
        if fault == "error":
            return None, ("the cell holds an error of the spreadsheet, such as #REF!", "a value")
        if fault == "unworked":
            return None, (
                "the cell holds a formula whose value was not saved",
                "the value itself, pasted as such",
            )
        type_ = "text" if name in BESIDES else self._plan.column(name).type
        return cell_text(value, type_)


def cell_text(value: Any, type_: str) -> tuple[str | None, Spoilt | None]:
    """Return a cell as text of a column's type, and what is wrong with it if a spreadsheet spoilt it."""
    if isinstance(value, str):
        return value, None
    if isinstance(value, bool):
        return str(value).upper(), None
    if isinstance(value, int | float):
        return _number_text(value, type_)
    if isinstance(value, dt.date):
        return _time_text(value, type_)
    return str(value), (
        "the cell holds a length of time or an hour without its day",
        f"a value of type {type_}",
    )


def _number_text(value: float, type_: str) -> tuple[str | None, Spoilt | None]:
    if not math.isfinite(value):
        return str(value), ("the cell holds a number too large to be one", "a number")
    whole = value == int(value)
    if type_ != "count" and abs(value) >= SURE_DIGITS:
        text = f"{value:.14E}"
        return text, (f"{quoted(text)} looks altered by a spreadsheet", SENT_AS_TEXT)
    return str(int(value)) if whole else repr(value), None


def _time_text(value: dt.date, type_: str) -> tuple[str | None, Spoilt | None]:
    day = value.date() if isinstance(value, dt.datetime) else value
    text = value.isoformat()
    if type_ not in ("instant", "day"):
        return text, ("the cell is a date; a spreadsheet may have made it of a word", SENT_AS_TEXT)
    if day < FIRST_SURE_DAY:
        return text, (
            "the cell is a date before 1 March 1900, which spreadsheets count wrong",
            "a later date",
        )
    return text if type_ == "day" or isinstance(value, dt.datetime) else f"{text}T00:00:00", None


def _one_sheet(scanner: Scanner, notes: list[str]) -> tuple[SheetPart, SheetScan]:
    """Return the one visible sheet that holds anything.

    :raises UnableToRead: if there is none, or more than one
    """
    found = []
    for sheet in scanner.sheets():
        if not sheet.visible:
            notes.append(f"Sheet {quoted(sheet.name)} is hidden and was not read.")
            continue
        scan = scanner.scan(sheet)
        if scan.rows:
            found.append((sheet, scan))
        else:
            notes.append(f"Sheet {quoted(sheet.name)} is empty.")
    if len(found) > 1:
        names = listed([quoted(sheet.name) for sheet, _ in found])
        raise UnableToRead(f"Several sheets hold rows: {names}. Send one sheet a file.")
    if not found:
        raise UnableToRead("No visible sheet of the workbook holds any row.")
    return found[0]


def _name(value: Any) -> str:
    return value if isinstance(value, str) else str(value)


def _trimmed(names: list[str]) -> tuple[str, ...]:
    """Return the names without the empty cells after the last of them."""
    while names and not names[-1].strip():
        names = names[:-1]
    return tuple(names)


def _is_blank(value: Any) -> bool:
    return isinstance(value, str) and not value.strip()
