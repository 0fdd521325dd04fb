import io

import pytest

from tallystick.evidence.refusals import UnableToRead
from tallystick.evidence.sheet_scan import Scanner, SheetPart
from tests.evidence.hostile import archives

SHEET = (
    '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    '<row r="3" hidden="1"><c r="B3"><f>A1</f></c></row>'
    '<row><c t="s"><v>1</v></c></row><row r="9"><c r="AA9" t="e"><v>#N/A</v></c></row>'
    '<row r="10"><c r="A10" t="str"><f>""</f><v></v></c></row></sheetData>'
)
STRINGS = "<si><t>word</t></si><si><rPh><t>x</t></rPh><t> </t></si>"


class TestScanner:
    def test_counts_rows_that_hold_anything_and_finds_faults(self) -> None:
        scanner = Scanner(io.BytesIO(archives.workbook(SHEET, strings=STRINGS)))

        found = scanner.scan(scanner.sheets()[0])

        assert (found.rows, found.hidden_rows) == (3, 1)
        assert found.faults == {(3, 2): "unworked", (9, 27): "error"}

    def test_finds_the_sheets(self) -> None:
        scanner = Scanner(io.BytesIO(archives.workbook(SHEET)))

        assert scanner.sheets() == [SheetPart("Sent", visible=True, part="xl/worksheets/sheet1.xml")]

    def test_refuses_a_document_type(self) -> None:
        parts = {"xl/workbook.xml": b"<!DOCTYPE workbook><workbook/>"}
        scanner = Scanner(io.BytesIO(archives.workbook(SHEET, extra=parts)))

        with pytest.raises(UnableToRead, match="contains a DTD"):
            scanner.sheets()
