"""What a row adds to a measure, and the sums of it: always whole numbers."""

from typing import Any

import ibis
import ibis.expr.operations as ops
import numpy as np
import pyarrow as pa
from ibis import Table
from ibis.expr.types import BooleanValue, IntegerValue

from tallystick.measures.source import DAY, Source

NUMERATOR = "numerator"
DENOMINATOR = "denominator"
OPEN = "open"
HELD = "held"
LEFT_OUT = "left_out"
DOUBTFUL = "doubtful"
CHANGES_ON = "changes_on"
DEPENDS = "depends"
SUMS = (NUMERATOR, DENOMINATOR, OPEN, HELD, LEFT_OUT)
ADDED = (*SUMS, DOUBTFUL, DEPENDS)
FILE = "file"


def atoms(
    rows: Source,
    at: str,
    *,
    numerator: BooleanValue | IntegerValue,
    denominator: BooleanValue | IntegerValue,
    open_: BooleanValue | None = None,
    held: BooleanValue | None = None,
    **known: Any,
) -> Table:
    """Return the rows with the columns `numerator__`, `denominator__`, `open__`, `held__`, `left_out__`.

    A row excluded on its day `at` leaves both sides and is counted as left out. `known` may say that a row is
    `doubtful` (its exact instant is needed), on which day it changes (`changes_on`), and whether what it
    adds `depends` on the day of knowledge at all. What is not given is nought in every row.
    """
    excluded = rows.excluded(at) if rows.has_exclusions else None
    kept = None if excluded is None else ~excluded
    changes_on = known.get(CHANGES_ON)
    return rows.table.mutate(
        numerator__=_whole(numerator, kept),
        denominator__=_whole(denominator, kept),
        open__=_whole(open_, kept),
        held__=_whole(held, kept),
        left_out__=_whole(excluded, None),
        doubtful__=_whole(known.get(DOUBTFUL), kept),
        changes_on__=_NEVER if changes_on is None else changes_on,
        depends__=_whole(known.get(DEPENDS), kept),
    )


_NOUGHT: IntegerValue = ibis.literal(0, type="int64")
_NEVER = ibis.null("date")


def _whole(value: BooleanValue | IntegerValue | None, kept: BooleanValue | None) -> IntegerValue:
    if value is None:
        return _NOUGHT
    if isinstance(value, BooleanValue):
        return (value if kept is None else value & kept).fill_null(False).cast("int64")
    counts = value.fill_null(0).cast("int64")
    return counts if kept is None else kept.ifelse(counts, 0)


def is_nought(table: Table, column: str) -> bool:
    """Tell whether a column is nought, or nothing, in every row by the way it was made."""
    made = _made(table, column)
    return isinstance(made, ops.Literal) and made.value in (0, None)


def total(table: Table, column: str, where: BooleanValue | None = None) -> IntegerValue:
    """Return the sum of a column. Rows that are in or out are counted, which is cheaper than added."""
    made = _made(table, column)
    if isinstance(made, ops.Cast) and made.arg.dtype.is_boolean():
        is_in = table[column] == 1
        return table[column].count(where=is_in if where is None else is_in & where)
    return table[column].sum(where=where).fill_null(0).cast("int64")


def _made(table: Table, column: str) -> Any:
    """Return the operation that made a column, through every projection and filter since."""
    relation = table.op()
    while isinstance(relation, ops.Project | ops.Filter):
        value = relation.values.get(column)
        if not isinstance(value, ops.Field):
            return value
        relation, column = value.rel, value.name
    return None


def failing(table: Table) -> BooleanValue:
    """Return whether a row is an exception line: it counts, and not in full."""
    return table.numerator__ < table.denominator__


def summed(table: Table, day: str, groups: tuple[str, ...], file: str | None = None) -> Table:
    """Return the atoms summed by civil day and group, and by evidence day where `file` is another column.

    What is nought in every row by the way it was made is not summed; `collected` adds it.
    """
    cut = {FILE: table[file]} if file and file != day else {}
    counts = [name for name in ADDED if not is_nought(table, f"{name}__")]
    grouped = table.mutate(**{DAY: table[day]}, **cut).group_by(DAY, *groups, *cut)
    sums = {name: total(table, f"{name}__") for name in counts}
    changes = {} if is_nought(table, f"{CHANGES_ON}__") else {CHANGES_ON: table[f"{CHANGES_ON}__"].min()}
    return grouped.aggregate(**sums, **changes)


def collected(table: Table, day: str, groups: tuple[str, ...], file: str | None = None) -> pa.Table:
    """Return the additive partial every drill-down comes from: the sums of `summed`, none left out.

    With `file`, the evidence day that the rows are kept under is a column too.
    """
    found = summed(table, day, groups, file).to_pyarrow()
    noughts = pa.array(np.zeros(len(found), np.int64))
    columns = {name: found[name] if name in found.column_names else noughts for name in ADDED}
    kept = {FILE: found[DAY if file == day else FILE]} if file else {}
    changes = found[CHANGES_ON] if CHANGES_ON in found.column_names else pa.nulls(len(found), pa.date32())
    by = {name: found[name] for name in (DAY, *groups)}
    return pa.table({**by, **kept, **columns, CHANGES_ON: changes})


def empty(groups: tuple[str, ...]) -> pa.Table:
    """Return a partial without rows."""
    fields = [(DAY, pa.date32()), *((group, pa.int32()) for group in groups)]
    fields += [(name, pa.int64()) for name in (*SUMS, DOUBTFUL, DEPENDS)]
    return pa.schema([*fields, (CHANGES_ON, pa.date32())]).empty_table()
