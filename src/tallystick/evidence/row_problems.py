"""What is wrong with one row, told to the one who sent it."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

State = Literal["refused", "held"]


@dataclass(frozen=True, order=True, slots=True)
class RowProblem:
    """One thing wrong with one row; a row may have several.

    `row` is the number a spreadsheet shows: the header is row 1. In a log in XES it is the position of the
    case. `column` is empty where the row as a whole is wrong.
    """

    row: int
    column: str
    state: State
    what: str
    expected: str
    sheet: str = ""

    def __str__(self) -> str:
        place = f"sheet {self.sheet!r}, " if self.sheet else ""
        where = f"{place}row {self.row:,}" + (f", column {self.column}" if self.column else "")
        return f"{where}: {self.what}; expected {self.expected}"

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
