import datetime as dt
import io
from pathlib import Path

import pytest

from tallystick.evidence.limits import Limits
from tallystick.evidence.refusals import UnableToRead
from tallystick.evidence.xlsx_rows import XlsxSource, cell_text
from tests.evidence.desk import NAMES, Desk, plan


class TestCellText:
    @pytest.mark.parametrize(
        ("value", "kind", "text"),
        [
            ("x", "id", "x"),
            (True, "text", "TRUE"),
            (12.0, "id", "12"),
            (1.5, "text", "1.5"),
            (dt.date(2021, 7, 1), "instant", "2021-07-01T00:00:00"),
            (dt.datetime(2021, 7, 1, 9, 30), "instant", "2021-07-01T09:30:00"),  # noqa: DTZ001  wall clock
        ],
    )
    def test_is_what_a_person_sees(self, value: object, kind: str, text: str) -> None:
        assert cell_text(value, kind) == (text, None)


class TestXlsxSource:
    def test_numbers_rows_as_the_sheet_does(self, tmp_path: Path) -> None:
        book = Desk(tmp_path).workbook([None], ["R-1"], [None], ["R-2"])

        blocks = [pending.make() for pending in XlsxSource(io.BytesIO(book), plan(format_="xlsx")).pending()]

        assert [block.rows.tolist() for block in blocks] == [[3, 5]]
        assert blocks[0].texts["request_id"].to_pylist() == ["R-1", "R-2"]

    def test_refuses_more_rows_than_a_sheet_may_have(self, tmp_path: Path) -> None:
        book = Desk(tmp_path).workbook(["R-1"], ["R-2"])

        with pytest.raises(UnableToRead, match="The sheet has more than 1 rows"):
            XlsxSource(io.BytesIO(book), plan(format_="xlsx", limits=Limits(sheet_rows=1)))

    def test_finds_a_header_that_stands_lower(self, tmp_path: Path) -> None:
        book = Desk(tmp_path).workbook(list(NAMES), ["R-1"], header=())

        source = XlsxSource(io.BytesIO(book), plan(format_="xlsx"))

        assert (source.head.row, source.header, source.counted) == (2, NAMES, 1)
