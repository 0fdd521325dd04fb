"""What Ibis cannot say, in the words of each engine. Raw SQL stands in this file only."""

from collections.abc import Iterable, Sequence
from typing import Any

import ibis
from ibis.expr.types import IntegerValue


@ibis.udf.scalar.builtin(name="epoch_us", signature=((ibis.dtype("timestamp('UTC')"),), ibis.dtype("int64")))  # type: ignore[untyped-decorator]
def _duckdb_epoch_us(instant: Any) -> int:  # type: ignore[empty-body]
    """Microseconds since the Unix epoch."""


def epoch_us(instant: Any) -> IntegerValue:
    """Return microseconds since the Unix epoch; Ibis's own `epoch_seconds` differs by engine."""
    return _duckdb_epoch_us(instant)


def grouping_sets(connection: Any, table: str, grains: Iterable[Sequence[str]], sums: Sequence[str]) -> Any:
    """Return the sums of a registered table at every grain in one pass, as Arrow.

    Columns not in a row's grain are null, and `grain` is its place in the list. Names come from the
    rulebook's own patterns, never from a file that was sent; they are quoted all the same.
    """
    sets = [tuple(grain) for grain in grains]
    columns = sorted({column for grain in sets for column in grain})
    chosen = ", ".join(_quoted(column) for column in columns)
    added = ", ".join(f"CAST(SUM({_quoted(one)}) AS BIGINT) AS {_quoted(one)}" for one in sums)
    grouped = ", ".join(f"({', '.join(_quoted(column) for column in grain)})" for grain in sets)
    mask = f"GROUPING({chosen})" if columns else "0"
    query = f"SELECT {chosen + ', ' if columns else ''}{mask} AS grain, {added} FROM {_quoted(table)} GROUP BY GROUPING SETS ({grouped})"  # noqa: S608, E501 - names are quoted above
    return connection.raw_sql(query).to_arrow_table()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
