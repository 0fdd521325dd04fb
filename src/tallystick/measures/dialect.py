"""What Ibis cannot say, in the words of the engine. Anything that only one engine knows stands here."""

from typing import Any

import ibis
from ibis.expr.types import IntegerValue


@ibis.udf.scalar.builtin(name="epoch_us", signature=((ibis.dtype("timestamp('UTC')"),), ibis.dtype("int64")))  # type: ignore[untyped-decorator]
def _duckdb_epoch_us(instant: Any) -> int:  # type: ignore[empty-body]
    """Microseconds since the Unix epoch."""


def epoch_us(instant: Any) -> IntegerValue:
    """Return microseconds since the Unix epoch; Ibis's own `epoch_seconds` differs by engine."""
    return _duckdb_epoch_us(instant)


@ibis.udf.agg.builtin(  # type: ignore[untyped-decorator]
    name="quantile_disc",
    signature=((ibis.dtype("int64"), ibis.dtype("float64")), ibis.dtype("int64")),
)
def quantile(values: Any, part: float) -> int:  # type: ignore[empty-body]
    """Return the value at a part of the way through, by nearest rank: always one that was measured."""


@ibis.udf.scalar.builtin(  # type: ignore[untyped-decorator]
    name="add",
    signature=((ibis.dtype("date"), ibis.dtype("int32")), ibis.dtype("date")),
)
def plus_days(day: Any, days: Any) -> Any:
    """Return the day so many days later; by an interval, as Ibis would have it, that takes far longer."""
