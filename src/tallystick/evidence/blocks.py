"""Rows on their way from a file: some tens of thousands at a time, as text, then as typed columns."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tallystick.evidence.row_problems import State

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Traits:
    """What is known of the characters of a block, so that most checks need not be made cell by cell.

    Each says that something may be there; `UNKNOWN` says everything may.
    """

    wide: bool  # characters outside ASCII
    spaces: bool
    controls: bool  # control characters inside cells
    apostrophes: bool
    exponents: bool  # E+ or e+, as a spreadsheet writes a number it has rounded


UNKNOWN = Traits(wide=True, spaces=True, controls=True, apostrophes=True, exponents=True)


@dataclass(frozen=True)
class Flaw:
    """Something wrong with a row of a block: `place` is its position there, not its row number."""

    place: int
    column: str
    state: State
    what: str
    expected: str


@dataclass(frozen=True)
class Ragged:
    """A row whose cells cannot be put to columns; it is refused as a whole."""

    row: int
    cells: tuple[str, ...]
    what: str
    expected: str


@dataclass(frozen=True)
class Block:
    """Rows as text. `texts` holds every column of the file, in the file's order."""

    rows: Rows
    texts: dict[str, pa.Array]
    traits: Traits = UNKNOWN
    ragged: tuple[Ragged, ...] = ()
    flaws: tuple[Flaw, ...] = ()


@dataclass(frozen=True)
class Pending:
    """A block still to be made: `make` may run in any thread. It holds rows from `first` to before `end`."""

    first: int
    end: int
    make: Callable[[], Block]


@dataclass(frozen=True)
class TypedBlock:
    """The rows of a block with the plan's columns typed, and what is wrong with them."""

    block: Block
    columns: dict[str, pa.Array]
    flaws: tuple[Flaw, ...]
    hashes: npt.NDArray[np.uint64] = field(default_factory=lambda: np.zeros(0, np.uint64))


class Source(Protocol):
    """A file opened for reading its rows, once from the start for every call of `pending`."""

    sheet: str
    notes: list[str]

    @property
    def header(self) -> tuple[str, ...]:
        """Return the names of the columns in the order of the file."""

    def pending(self) -> Iterator[Pending]:
        """Yield the blocks in the order of the file.

        :raises UnableToRead: if the file cannot be read on
        """

    def done(self) -> int | None:
        """Return how many bytes of the file as sent were read so far, or None if that says nothing."""
