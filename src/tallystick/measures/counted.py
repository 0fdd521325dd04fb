"""What a row adds to a measure, and the sums of it: always whole numbers."""

from typing import Any

import ibis
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
OWN = tuple(f"{name}__" for name in (*SUMS, DOUBTFUL, CHANGES_ON, DEPENDS))

_NO: BooleanValue = ibis.literal(False)


def atoms(
    rows: Source,
    at: str,
    *,
    numerator: BooleanValue | IntegerValue,
    denominator: BooleanValue | IntegerValue,
    open_: BooleanValue = _NO,
    held: BooleanValue = _NO,
    **known: Any,
) -> Table:
    """Return the rows with the columns `numerator__`, `denominator__`, `open__`, `held__`, `left_out__`.

    A row excluded on its day `at` leaves both sides and is counted as left out. `known` may say that a row is
    `doubtful` (its exact instant is needed), on which day it changes (`changes_on`), and whether what it
    adds `depends` on the day of knowledge at all.
    """
    excluded = rows.excluded(at)
    kept = ~excluded
    return rows.table.mutate(
        numerator__=_whole(numerator, kept),
        denominator__=_whole(denominator, kept),
        open__=_whole(open_, kept),
        held__=_whole(held, kept),
        left_out__=_whole(excluded, ibis.literal(True)),
        doubtful__=_whole(known.get(DOUBTFUL, _NO), kept),
        changes_on__=known.get(CHANGES_ON, ibis.null("date")),
        depends__=_whole(known.get(DEPENDS, _NO), kept),
    )


def _whole(value: BooleanValue | IntegerValue, kept: BooleanValue) -> IntegerValue:
    if isinstance(value, BooleanValue):
        return (value & kept).fill_null(False).cast("int64")
    return kept.ifelse(value.fill_null(0), 0).cast("int64")


def failing(table: Table) -> BooleanValue:
    """Return whether a row is an exception line: it counts, and not in full."""
    return table.numerator__ < table.denominator__


def summed(table: Table, day: str, groups: tuple[str, ...], file: str | None) -> Table:
    """Return the atoms summed by civil day and group: the additive partial every drill-down comes from.

    With `file`, the evidence day that the rows are kept under is a column too.
    """
    kept = {"file": table[file]} if file else {}
    grouped = table.mutate(**{DAY: table[day]}, **kept).group_by(DAY, *groups, *kept)
    return grouped.aggregate(
        **{name: table[f"{name}__"].sum().fill_null(0).cast("int64") for name in (*SUMS, DOUBTFUL, DEPENDS)},
        **{CHANGES_ON: table[f"{CHANGES_ON}__"].min()},
    )


def empty(groups: tuple[str, ...]) -> pa.Table:
    """Return a partial without rows."""
    fields = [(DAY, pa.date32()), *((group, pa.int32()) for group in groups)]
    fields += [(name, pa.int64()) for name in (*SUMS, DOUBTFUL, DEPENDS)]
    return pa.schema([*fields, (CHANGES_ON, pa.date32())]).empty_table()
