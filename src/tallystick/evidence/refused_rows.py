"""The file that goes back: the refused rows as they were sent, each with what is wrong with it."""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from typing import BinaryIO

from tallystick.evidence.blocks import Block, Flaw, Ragged
from tallystick.evidence.headers import PROBLEM

# A spreadsheet would take such a cell for a formula; the apostrophe says it is text, and reading drops it.
FORMULA_STARTS = ("=", "+", "-", "@")
_NUMBER = re.compile(r"[+-]?[0-9.]+")


class RefusedRows:
    """Writes refused rows under the header of the file, with a last column for their problems."""

    def __init__(self, file: BinaryIO, header: tuple[str, ...]) -> None:
        self._file = file
        self._names = tuple(name for name in header if name != PROBLEM)
        self._skipped = header.index(PROBLEM) if PROBLEM in header else None
        self._write([[*self._names, PROBLEM]])

    def add(
        self, block: Block, problems: Mapping[int, Iterable[Flaw]], ragged: Iterable[Ragged] = ()
    ) -> None:
        """Write the rows of a block at the places that have problems, and ragged ones, in their order."""
        columns = [block.texts[name] for name in self._names]
        lines = [
            (int(block.rows[place]), [column[place].as_py() for column in columns], told(flaws))
            for place, flaws in problems.items()
        ]
        lines += [(one.row, self._kept(one.cells), f"{one.what}; expected {one.expected}") for one in ragged]
        lines.sort(key=lambda line: line[0])
        self._write([*(safe(cell) for cell in cells), problem] for _, cells, problem in lines)

    def _write(self, rows: Iterable[list[str]]) -> None:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(rows)
        self._file.write(text.getvalue().encode())

    def _kept(self, cells: tuple[str, ...]) -> list[str | None]:
        """Return the cells of a ragged row, filled up so that the problem stands in its column."""
        kept: list[str | None] = [cell for place, cell in enumerate(cells) if place != self._skipped]
        return kept + [None] * (len(self._names) - len(kept))


def told(flaws: Iterable[Flaw]) -> str:
    """Return the problems of one row in one line."""
    return " | ".join(
        f"{flaw.column}: {flaw.what}; expected {flaw.expected}"
        if flaw.column
        else f"{flaw.what}; expected {flaw.expected}"
        for flaw in flaws
    )


def safe(cell: str | None) -> str:
    """Return a cell as a spreadsheet may open it: what looks like a formula is marked as text."""
    if not cell:
        return ""
    looks = cell.lstrip().startswith(FORMULA_STARTS) and not _NUMBER.fullmatch(cell)
    return f"'{cell}" if looks else cell
