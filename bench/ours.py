"""What the product does in the benchmarks, through its own functions and from its own stored files."""

import datetime as dt
from pathlib import Path
from typing import Any

import pyarrow as pa

from bench import data
from tallystick.evidence.rows import connect
from tallystick.evidence.store import Store
from tallystick.measures import counted, dialect
from tallystick.measures.evaluate import daily
from tallystick.measures.known import Known
from tallystick.rulebook.periods import Span

MONTH = Span(data.FIRST)
KNOWN_ON = dt.date(2021, 7, 31)  # every limit has passed: nothing is open
SUMS = (*counted.SUMS,)

BY_MONTH = [
    (), ("region",), ("party",), ("srv",), ("region", "party"), ("region", "srv"), ("party", "srv"),
    ("region", "party", "srv"),
]  # fmt: skip
BY_DAY = [("day",), ("day", "region"), ("day", "party"), ("day", "region", "party", "srv")]
GRAINS = [*BY_MONTH, *BY_DAY]


class Ours:
    """The product at work on one store: the rulebook and the engine are ready, nothing else is kept."""

    def __init__(self, store: Path, *, memory: str = "3GB", partials: Path | None = None) -> None:
        self.book = data.rulebook()
        self.store = Store.open(store)
        self.connection = connect(store, memory=memory)
        self.partials = partials

    def known(self, partials: Path | None = None) -> Known:
        snapshot = self.store.snapshot(self.book.code.key, zone=self.book.code.zone)
        return Known(self.book, snapshot, self.connection, KNOWN_ON, partials)

    def finest(self) -> pa.Table:
        """Return the sums of each day, region, party and kind: what everything else adds up from."""
        return daily(self.known(), self.book.measures["ANSWERED"], MONTH)

    def grains(self) -> pa.Table:
        """Return the sums of the month at all twelve grains."""
        return self.rolled_up(self.finest(), GRAINS)

    def duties(self) -> pa.Table:
        """Return the sums of the duty over time, by day and party."""
        return daily(self.known(), self.book.measures["RECYCLED"], MONTH)

    def rolled_up(self, table: pa.Table, grains: list[tuple[str, ...]]) -> pa.Table:
        """Return the sums of a daily table at every grain in one pass."""
        native: Any = self.connection.con
        native.register("bench_daily", table)
        try:
            return dialect.grouping_sets(_Relations(native), "bench_daily", grains, SUMS)
        finally:
            native.unregister("bench_daily")


class _Relations:
    """The engine's own connection, answering a query with a table yet to be fetched."""

    def __init__(self, native: Any) -> None:
        self._native = native

    def raw_sql(self, query: str) -> Any:
        return self._native.sql(query)
