"""How much of a file is read before it is refused, and how much of the machine its reader may use."""

from dataclasses import dataclass

MOST_PROBLEMS = 1000
LONGEST_ID = 200
LONGEST_TEXT = 2000
EARLIEST_YEAR = 1900
LATEST_YEAR = 2100
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Limits:
    """The most that one file may be and take. Sizes are bytes, as sent and again once unpacked.

    `memory` is address space of the process that reads; `seconds` bounds both its work and the wait for it.
    """

    csv_bytes: int = 2 * 1024**3
    workbook_bytes: int = 200_000_000
    workbook_parts: int = 2_000
    log_bytes: int = 1024**3
    rows: int = 120_000_000
    sheet_rows: int = 1_048_576
    columns: int = 500
    cell_characters: int = 131_072
    line_bytes: int = 8 * 1024**2
    seconds: int = 900
    memory: int = 4 * 1024**3


def megabytes(size: int) -> str:
    """Return the size as a person says it, rounded down."""
    return f"{size // MEGABYTE:,} MB" if size >= MEGABYTE else f"{size:,} bytes"
