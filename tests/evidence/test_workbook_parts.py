import io
from dataclasses import replace

import pytest

from tallystick.evidence.limits import Limits
from tallystick.evidence.refusals import UnableToRead
from tallystick.evidence.workbook_parts import check_workbook
from tests.evidence.hostile import archives


class TestCheckWorkbook:
    def test_lets_a_workbook_pass(self) -> None:
        check_workbook(io.BytesIO(archives.workbook(archives.rows("a", "b"))), Limits())

    def test_counts_what_unpacks_and_not_what_is_declared(self) -> None:
        limits = replace(Limits(), workbook_bytes=1_000_000)
        book = archives.lying(archives.bomb(50_000_000), "xl/media/blank.bin", 10)

        with pytest.raises(UnableToRead, match="unpacks to more than 1 MB"):
            check_workbook(io.BytesIO(book), limits)

    def test_ends_where_the_file_ends_before_it_says(self) -> None:
        book = archives.workbook(archives.rows("a"))
        place = book.rfind(b"PK\x01\x02") + 20
        longer = book[:place] + (10**9).to_bytes(4, "little") + book[place + 4 :]

        with pytest.raises(UnableToRead):
            check_workbook(io.BytesIO(longer), Limits())
