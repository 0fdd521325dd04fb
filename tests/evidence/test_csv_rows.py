import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.evidence.blocks import Block
from tallystick.evidence.csv_chunks import Chunk, line_count
from tallystick.evidence.csv_rows import CsvSource, csv_records, plain_block, written_block
from tallystick.evidence.refusals import UnableToRead
from tests.evidence.desk import GOOD, NAMES, csv_of, plan

cells = st.text(st.sampled_from('ab",\n\r \u00e9'), max_size=6)


def source(content: bytes) -> CsvSource:
    return CsvSource(io.BytesIO(content), plan())


def rows(block: Block) -> list[tuple[int, tuple[str | None, ...]]]:
    columns = [column.to_pylist() for column in block.texts.values()]
    return list(zip(block.rows.tolist(), zip(*columns, strict=True), strict=True))


class TestCsvSource:
    @given(
        st.lists(st.lists(cells, min_size=9, max_size=9), min_size=1, max_size=8),
        st.sampled_from(["\n", "\r\n"]),
    )
    def test_reads_what_the_csv_module_wrote(self, lines: list[list[str]], end: str) -> None:
        text = io.StringIO(newline="")
        csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator=end).writerows([NAMES, *lines])

        blocks = [pending.make() for pending in source(text.getvalue().encode()).pending()]

        found = [tuple(cell or "" for cell in line) for block in blocks for _, line in rows(block)]
        assert found == [tuple(line) for line in lines]

    def test_may_be_read_twice(self) -> None:
        opened = source(csv_of(GOOD))

        first, again = ([rows(pending.make()) for pending in opened.pending()] for _ in range(2))

        assert first == again != []


class TestPlainBlock:
    def test_counts_blank_and_ragged_lines(self) -> None:
        text = b"a,b\n\nc\nd,e\r\n\r\nf,g,h\ni,"

        block = plain_block(Chunk(text, line_count(text), ascii=True), ("x", "y"), 10)

        assert rows(block) == [(10, ("a", "b")), (13, ("d", "e")), (16, ("i", None))]
        assert [(one.row, one.cells) for one in block.ragged] == [(12, ("c",)), (15, ("f", "g", "h"))]


class TestWrittenBlock:
    def test_keeps_ragged_rows_apart(self) -> None:
        block = written_block([(2, ["a", "b"]), (3, ["c"])], ("x", "y"))

        assert rows(block) == [(2, ("a", "b"))]
        assert block.ragged[0].what == "the row has 1 cell"


class TestCsvRecords:
    def test_name_the_row_that_cannot_be_read(self) -> None:
        with pytest.raises(UnableToRead, match="Row 6: a quotation mark"):
            list(csv_records(["a\n", "\n", '"b"c\n'], 4, plan()))
