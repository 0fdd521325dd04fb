import pyarrow as pa

from tallystick.evidence.letters import letters


class TestLetters:
    def test_leave_empty_cells_out(self) -> None:
        cells = letters(pa.array(["ab", None, "", "cde"]))

        assert cells.index.tolist() == [0, 2, 3]
        assert cells.lengths.tolist() == [2, 0, 3]

    def test_stand_in_lines_by_position(self) -> None:
        cells = letters(pa.array(["xxx", "abc", "yy", "def"]).slice(1))

        square = cells.rows_of(cells.lengths == 3).square(3)

        assert [bytes(line) for line in square] == [b"ad", b"be", b"cf"]

    def test_of_an_empty_column_are_none(self) -> None:
        assert len(letters(pa.array([], pa.string())).index) == 0
