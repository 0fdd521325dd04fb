"""The bytes of a column of text, as numpy sees them without copying."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Letters:
    """The bytes of a column, and where each cell that is not empty starts and ends in them."""

    data: Bytes
    index: Places
    starts: Places
    ends: Places

    @property
    def lengths(self) -> Places:
        return self.ends - self.starts

    def rows_of(self, chosen: npt.NDArray[np.bool_]) -> "Letters":
        return Letters(self.data, self.index[chosen], self.starts[chosen], self.ends[chosen])

    def square(self, width: int) -> Bytes:
        """Return the cells, all `width` bytes wide, as columns of bytes: one line for each position."""
        if bool((self.starts[1:] == self.ends[:-1]).all()):
            block = self.data[self.starts[0] : self.ends[-1]].reshape(-1, width)
        else:
            block = self.data[self.starts[:, None] + np.arange(width)]
        return np.ascontiguousarray(block.T)


def letters(column: pa.Array) -> Letters:
    """Return the bytes of a string column; cells that are null are left out."""
    count = len(column)
    _, offsets, data = column.buffers()
    ends = np.frombuffer(offsets, np.int32)[column.offset : column.offset + count + 1] if count else _NONE
    wide = ends.astype(np.int64)
    bytes_ = np.frombuffer(data, np.uint8) if data is not None and data.size else np.zeros(0, np.uint8)
    if column.null_count == 0:
        return Letters(bytes_, np.arange(count), wide[:-1], wide[1:])
    index = np.flatnonzero(column.is_valid().to_numpy(zero_copy_only=False))
    return Letters(bytes_, index, wide[:-1][index], wide[1:][index])


_NONE = np.zeros(1, np.int32)
