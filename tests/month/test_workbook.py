import csv
import io
from dataclasses import replace

from python_calamine import CalamineWorkbook

from tallystick.month import export, workbook
from tallystick.month.assessment import Assessment


def rows_of(written: bytes) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(written))
    return [[*row] for row in book.get_sheet_by_index(0).to_python()]


class TestAsXlsx:
    def test_holds_the_cells_of_the_csv(self, july: Assessment) -> None:
        read = rows_of(workbook.as_xlsx(july))
        told = list(csv.reader(io.StringIO(export.as_csv(july))))

        assert read[0] == told[0]
        assert len(read) == len(told)
        numerator = told[0].index("numerator")
        assert [row[numerator] for row in read[1:]] == [
            float(row[numerator]) if row[numerator] else "" for row in told[1:]
        ]

    def test_is_the_same_bytes_for_the_same_month(self, july: Assessment) -> None:
        assert workbook.as_xlsx(july) == workbook.as_xlsx(july)

    def test_holds_no_formula_and_no_link(self, july: Assessment) -> None:
        hostile = ("=1+1", "@SUM(A1)", "https://example.org/", "+cmd", "-2+3")
        figures = tuple(replace(july.figures[0], title=title, group={}) for title in hostile)

        read = rows_of(workbook.as_xlsx(replace(july, figures=figures)))

        title = read[0].index("title")
        assert [row[title] for row in read[1:]] == [
            "'=1+1", "'@SUM(A1)", "https://example.org/", "'+cmd", "'-2+3",
        ]  # fmt: skip
