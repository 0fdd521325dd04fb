"""The sums of a measure at coarser grains: added up from the finest, without reading evidence again."""

from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tallystick.measures import counted

Grain = tuple[str, ...]


def rolled_up(finest: pa.Table, grains: Iterable[Grain]) -> dict[Grain, pa.Table]:
    """Return the sums at each grain: its columns and those of `counted.SUMS`, in the order they were met.

    `finest` is a daily table, as `measures.evaluate.daily` gives it. Each grain is added up from the smallest
    table that has its columns, so those after which others follow come first in `grains`.

    :raises ValueError: if a grain has a column that the table is not told by
    """
    told = tuple(name for name in finest.column_names if name not in (*counted.ADDED, counted.CHANGES_ON))
    sides = (counted.NUMERATOR, counted.DENOMINATOR)
    summed = [name for name in counted.SUMS if name in sides or not _is_nought(finest[name])]
    have = {frozenset(told): finest.select([*told, *summed])}
    found: dict[Grain, pa.Table] = {}
    for grain in grains:
        wanted = frozenset(grain)
        if not wanted <= frozenset(told):
            raise ValueError(f"the sums are told by {', '.join(told)}, not by {', '.join(grain)}")
        if wanted not in have:
            have[wanted] = _added(
                min((one for by, one in have.items() if wanted <= by), key=len), grain, summed
            )
        found[grain] = _whole(have[wanted], grain)
    return found


def _added(table: pa.Table, grain: Grain, summed: list[str]) -> pa.Table:
    if not len(table):
        return table.select([*grain, *summed])  # nothing has no sum, not even over all
    # One thread: several would return the groups in another order each time.
    grouped = table.group_by(list(grain), use_threads=False).aggregate([(name, "sum") for name in summed])
    return grouped.rename_columns([*grain, *summed])


def _whole(table: pa.Table, grain: Grain) -> pa.Table:
    """Return a table with the sums that are nought everywhere, and so were never added up."""
    nought = pa.array(np.zeros(len(table), np.int64))
    sums = {name: table[name] if name in table.column_names else nought for name in counted.SUMS}
    return pa.table({**{name: table[name] for name in grain}, **sums})


def _is_nought(column: pa.ChunkedArray) -> bool:
    return pc.min_max(column).as_py() in ({"min": 0, "max": 0}, {"min": None, "max": None})
