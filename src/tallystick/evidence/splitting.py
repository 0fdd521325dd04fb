"""One pass over the accepted rows, cutting them by civil day, in bounded memory.

A small file is kept in memory. Of a large one, blocks that lie within a day or two are only noted and read
again when their day is written; blocks that mix days are cut up, and set aside on disk when they grow.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa

from tallystick.evidence.civil_days import Days, civil_days
from tallystick.evidence.coding import Vocabulary, encoded_schema
from tallystick.evidence.layout import Layout
from tallystick.evidence.values import whole

ALL_DAYS = -1
IN_MEMORY = 400_000_000
_FEW_DAYS = 2


@dataclass(frozen=True)
class Noted:
    """Consecutive rows of one block of the accepted file."""

    block: int
    start: int
    length: int


Piece = Any  # a pa.RecordBatch in memory, a Noted run of the accepted file, or the Path of rows set aside


class Split:
    """The accepted rows by day: days since 1970, or `ALL_DAYS` where the stream is not divided.

    `scratch` is a folder of ours, for what does not fit in `in_memory` bytes.
    """

    def __init__(
        self, accepted: Path, layout: Layout, zone: ZoneInfo, scratch: Path, in_memory: int = IN_MEMORY
    ) -> None:
        self._accepted = accepted
        self._layout = layout
        self._zone = zone
        self._scratch = scratch
        self._in_memory = in_memory
        self._is_large = accepted.stat().st_size > in_memory
        self._schema = encoded_schema(layout)
        self._pieces: dict[int, list[Piece]] = defaultdict(list)
        self._held = 0
        self._set_aside = 0
        self.lengths: dict[int, int] = defaultdict(int)
        self.vocabulary = Vocabulary(layout)
        for number, block in self._blocks():
            self._cut(number, block)

    @property
    def days(self) -> list[int]:
        return sorted(self.lengths)

    @property
    def rows(self) -> int:
        return sum(self.lengths.values())

    def encoded(self, day: int) -> pa.Table:
        """Return the rows of a day in file order, labels being places in the vocabulary."""
        tables = [self._table(piece) for piece in self._pieces[day]]
        return pa.concat_tables(tables).cast(self._schema)

    def _blocks(self) -> Iterator[tuple[int, pa.RecordBatch]]:
        with pa.OSFile(str(self._accepted)) as file:
            reader = pa.ipc.open_file(file)
            for number in range(reader.num_record_batches):
                yield number, self.vocabulary.encode(self._checked(reader.get_batch(number)))

    def _checked(self, block: pa.RecordBatch) -> pa.RecordBatch:
        typed = self._layout.typed()
        return block if block.schema.equals(typed) else block.select(typed.names).cast(typed)

    def _cut(self, number: int, block: pa.RecordBatch) -> None:
        days = self._days(block)
        runs = _runs(days)
        if self._is_large and len(runs) <= _FEW_DAYS:
            pieces: list[Piece] = [Noted(number, start, end - start) for start, end in runs]
        else:
            ordered = np.argsort(days, kind="stable")
            block, days = block.take(pa.array(ordered)), days[ordered]
            runs = _runs(days)
            pieces = [block.slice(start, end - start) for start, end in runs]
            self._held += block.nbytes
        for (start, end), piece in zip(runs, pieces, strict=True):
            self._pieces[int(days[start])].append(piece)
            self.lengths[int(days[start])] += end - start
        if self._held > self._in_memory:
            self._spill()

    def _days(self, block: pa.RecordBatch) -> Days:
        if not self._layout.is_divided:
            return np.full(block.num_rows, ALL_DAYS, np.int32)
        values, _ = whole(pa.chunked_array([block.column(self._layout.partition)]))
        return civil_days(values, self._zone) if self._layout.is_cut_by_instant else values.astype(np.int32)

    def _spill(self) -> None:
        """Write the pieces held in memory to disk, a file a day."""
        for day, pieces in self._pieces.items():
            held = [piece for piece in pieces if isinstance(piece, pa.RecordBatch)]
            if not held:
                continue
            path = self._scratch / f"{day}-{self._set_aside}.arrow"
            with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, self._schema) as writer:
                for batch in held:
                    writer.write_batch(batch)
            kept = [piece for piece in pieces if not isinstance(piece, pa.RecordBatch)]
            self._pieces[day] = [*kept, path]
        self._set_aside += 1
        self._held = 0

    def _table(self, piece: Piece) -> pa.Table:
        if isinstance(piece, pa.RecordBatch):
            return pa.Table.from_batches([piece])
        if isinstance(piece, Path):
            with pa.OSFile(str(piece)) as file:
                return pa.ipc.open_file(file).read_all()
        with pa.OSFile(str(self._accepted)) as file:
            block = self._checked(pa.ipc.open_file(file).get_batch(piece.block))
        return pa.Table.from_batches([self.vocabulary.encode(block.slice(piece.start, piece.length))])


def _runs(days: Days) -> list[tuple[int, int]]:
    """Return where each run of one day starts and ends."""
    turns = (np.flatnonzero(days[1:] != days[:-1]) + 1).tolist()
    return list(pairwise([0, *turns, len(days)])) if len(days) else []
