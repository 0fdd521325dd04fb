"""A problem is something wrong in what a person wrote or sent, told to that person."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """Where it is (lines and columns count from 1), what is wrong, and what would be right.

    `nearest` is the known key or name most like a misspelt one, or empty.
    """

    file: Path
    line: int
    column: int
    what: str
    remedy: str
    nearest: str = ""

    def __str__(self) -> str:
        guess = f" Did you mean {self.nearest!r}?" if self.nearest else ""
        return f"{self.file}:{self.line}:{self.column}: {self.what}.{guess} {self.remedy}"

    def as_json(self) -> dict[str, Any]:
        return {
            "file": str(self.file),
            "line": self.line,
            "column": self.column,
            "what": self.what,
            "remedy": self.remedy,
            "nearest": self.nearest,
        }


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word most like the one written, or nothing if none is near."""
    return next(iter(difflib.get_close_matches(word, sorted(known), n=1)), "")
