"""Typed rows on disk while a file is read: the accepted and the held, block beside block."""

from collections.abc import Iterator
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc

from tallystick.evidence.columns import TYPES
from tallystick.evidence.plan import Plan

ROW = "_row"

Pair = tuple[pa.RecordBatch, pa.RecordBatch]


def typed_schema(plan: Plan) -> pa.Schema:
    """Return the columns of typed rows: the row number, then the stream's columns in their order."""
    fields = [pa.field(column.name, TYPES[column.type]) for column in plan.columns]
    return pa.schema([pa.field(ROW, pa.int64(), nullable=False), *fields])


class TypedFiles:
    """Two Arrow files that grow together; each block adds one batch to both, which may be empty."""

    def __init__(self, accepted: BinaryIO, held: BinaryIO, schema: pa.Schema) -> None:
        self._files = (accepted, held)
        self._writers = [pa.ipc.new_file(pa.PythonFile(file, mode="w"), schema) for file in self._files]

    def add(self, accepted: pa.RecordBatch, held: pa.RecordBatch) -> None:
        for writer, batch in zip(self._writers, (accepted, held), strict=True):
            writer.write_batch(batch)

    def finish(self) -> None:
        for writer in self._writers:
            writer.close()

    def pairs(self) -> Iterator[Pair]:
        """Yield the blocks again, after `finish`."""
        for file in self._files:
            file.seek(0)
        accepted, held = (pa.ipc.open_file(pa.PythonFile(file, mode="r")) for file in self._files)
        for number in range(accepted.num_record_batches):
            yield accepted.get_batch(number), held.get_batch(number)


def in_order(schema: pa.Schema, batches: list[pa.RecordBatch]) -> pa.RecordBatch:
    """Return the rows of several batches as one, in the order of the file."""
    table = pa.Table.from_batches(batches, schema).combine_chunks()
    table = table.take(pc.sort_indices(table[ROW])).combine_chunks()
    found = table.to_batches()
    return found[0] if found else pa.RecordBatch.from_pylist([], schema)
