import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from tallystick.evidence.key_hashes import key_hashes

keys = st.tuples(st.none() | st.text(max_size=20), st.none() | st.integers(-5, 5))


def hashes(rows: list[tuple[str | None, int | None]]) -> list[int]:
    columns = [
        pa.array([row[0] for row in rows], pa.string()),
        pa.array([row[1] for row in rows], pa.int64()),
    ]
    return key_hashes(columns, len(rows)).tolist()


class TestKeyHashes:
    @given(st.lists(keys, max_size=40))
    def test_are_equal_where_keys_are_and_nowhere_else(
        self, rows: list[tuple[str | None, int | None]]
    ) -> None:
        found = hashes(rows)

        assert len(set(found)) == len(set(rows))
        assert len(set(zip(rows, found, strict=True))) == len(set(rows))

    def test_do_not_depend_on_the_rows_beside(self) -> None:
        assert hashes([("a", 1), ("bb", 2)])[1:] == hashes([("bb", 2)])
