"""The values behind coded columns, as whole numbers that can be compared and counted with."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tallystick.evidence.civil_days import DAY
from tallystick.evidence.layout import Layout

Whole = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


def whole(column: pa.ChunkedArray) -> tuple[Whole, Mask | None]:
    """Return numbers, instants or days as whole numbers, and where there is none.

    Where there is none stands some value of the column, or 0, so that the range is that of the values.
    """
    if pa.types.is_date32(column.type):
        column = column.cast(pa.int32())
    column = column.cast(pa.int64())
    if not column.null_count:
        return column.to_numpy(), None
    some = pc.min(column).as_py() or 0
    return pc.fill_null(column, some).to_numpy(), column.is_null().to_numpy()


def instants(rows: pa.Table, layout: Layout, column: str) -> tuple[Whole, Mask | None]:
    """Return the instants of a column of coded rows, in microseconds since 1970."""
    values, absent = whole(rows[column])
    return (values if column == layout.partition else values + base(rows, layout)), absent


def base(rows: pa.Table, layout: Layout) -> Whole:
    """Return what each row's offsets count from: its partition instant, its day's UTC midnight, or 1970."""
    if not layout.is_divided:
        return np.zeros(len(rows), np.int64)
    values, _ = whole(rows[layout.partition])
    return values if layout.is_cut_by_instant else values * DAY
