import io

import pyarrow as pa

from tallystick.evidence.typed_files import TypedFiles, in_order, typed_schema
from tests.evidence.desk import plan

SCHEMA = pa.schema([pa.field("_row", pa.int64(), nullable=False), pa.field("a", pa.string())])


def batch(*rows: int) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict({"_row": list(rows), "a": [str(row) for row in rows]}, SCHEMA)


class TestTypedFiles:
    def test_give_back_pairs_of_batches(self) -> None:
        files = TypedFiles(io.BytesIO(), io.BytesIO(), SCHEMA)
        files.add(batch(2, 3), batch())
        files.add(batch(), batch(4))
        files.finish()

        assert [(one.num_rows, other.num_rows) for one, other in files.pairs()] == [(2, 0), (0, 1)]


class TestInOrder:
    def test_puts_rows_where_they_stood_in_the_file(self) -> None:
        assert in_order(SCHEMA, [batch(4, 6), batch(5)])["a"].to_pylist() == ["4", "5", "6"]

    def test_of_nothing_is_a_batch_of_nothing(self) -> None:
        assert in_order(SCHEMA, []).num_rows == 0


class TestTypedSchema:
    def test_starts_with_the_row_number(self) -> None:
        schema = typed_schema(plan())

        assert schema.names[:2] == ["_row", "request_id"]
        assert schema.field("asked_at").type == pa.timestamp("us", "UTC")
