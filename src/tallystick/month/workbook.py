"""The month as a workbook: the same cells as the CSV, numbers as numbers, and no cell that runs."""

import datetime as dt
import io
from collections.abc import Iterable, Sequence

import xlsxwriter

from tallystick.month import export
from tallystick.month.assessment import Assessment

NEVER_RUN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
# The same month gives the same bytes, so that the file may not say when it was made.
MADE = dt.datetime(2000, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
LONGEST_EXACT = 15


def as_xlsx(assessment: Assessment) -> bytes:
    """Return the figures as a workbook of one sheet, which loads back as the CSV does."""
    heading, *lines = export.cells(assessment)
    return sheet(assessment.period, heading, lines)


def sheet(title: str, heading: Sequence[str], lines: Iterable[Sequence[str]]) -> bytes:
    """Return a workbook with a heading and lines of text; whole and decimal numbers stand as numbers."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {**NEVER_RUN, "in_memory": True})
    book.set_properties({"created": MADE})
    page = book.add_worksheet(title)
    page.write_row(0, 0, heading, book.add_format({"bold": True}))
    page.freeze_panes(1, 0)
    for number, line in enumerate(lines, 1):
        for column, text in enumerate(line):
            if _is_kept_as_number(text):
                page.write_number(number, column, float(text))
            else:
                page.write_string(number, column, text)
    page.autofit()
    book.close()
    return written.getvalue()


def _is_kept_as_number(text: str) -> bool:
    """Tell whether a number says all that the text does: 0012 and 1234567890123456 are names of something."""
    whole = text.lstrip("+-").partition(".")[0]
    is_a_name = len(whole) > 1 and whole.startswith("0")
    return export.is_number(text) and len(text) <= LONGEST_EXACT and not is_a_name
