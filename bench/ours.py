"""What the product does in the benchmarks, through its own functions and from its own stored files."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from bench import data
from tallystick.evidence.rows import connect
from tallystick.evidence.store import Store
from tallystick.findings.grains import Grain, rolled_up
from tallystick.measures.evaluate import daily
from tallystick.measures.known import Known
from tallystick.rulebook.periods import Span

Work = Callable[[], dict[str, int]]

MONTH = Span(data.FIRST)
KNOWN_ON = dt.date(2021, 7, 31)  # every limit has passed by then: nothing is open
LABELS: Grain = ("region", "party", "srv")
FINEST: Grain = ("day", *LABELS)
# Each grain comes after one that it can be added up from.
BY_DAY: tuple[Grain, ...] = (("day", "region", "party"), ("day", "region"), ("day", "party"), ("day",))
BY_MONTH: tuple[Grain, ...] = (
    LABELS, ("region", "party"), ("region", "srv"), ("party", "srv"), ("region",), ("party",), ("srv",), (),
)  # fmt: skip
TWELVE: tuple[Grain, ...] = (FINEST, *BY_DAY[1:], *BY_MONTH)


class Ours:
    """The product at work on one store: rulebook and engine are ready, nothing else is kept."""

    def __init__(self, store: Path) -> None:
        self.book = data.rulebook()
        self.store = Store.open(store)
        self.connection = connect(store)

    def measured(self, measure: str, partials: Path | None = None) -> pa.Table:
        """Return the sums of a measure for each day and group of the month, from the files as they stand."""
        snapshot = self.store.snapshot(self.book.code.key, zone=self.book.code.zone)
        known = Known(self.book, snapshot, self.connection, KNOWN_ON, partials)
        return daily(known, self.book.measures[measure], MONTH)


def finest(folder: Path) -> Work:
    """Answer for each day, region, party and kind."""
    ours = Ours(folder / "store")
    return lambda: summary([ours.measured("ANSWERED")])


def grains(folder: Path) -> Work:
    """Answer for all twelve grains."""
    ours = Ours(folder / "store")
    return lambda: summary(twelve(ours.measured("ANSWERED")).values())


def twelve(measured: pa.Table) -> dict[Grain, pa.Table]:
    found = rolled_up(measured, (FINEST, *BY_DAY, *BY_MONTH))
    return {grain: found[grain] for grain in TWELVE}


def duties(folder: Path) -> Work:
    """Answer for the duty over time, by day and party."""
    ours = Ours(folder / "store")
    return lambda: summary([ours.measured("RECYCLED")])


def month(folder: Path) -> Work:
    """Answer for all twelve grains and for the duty."""
    ours = Ours(folder / "store")

    def work() -> dict[str, int]:
        return summary([*twelve(ours.measured("ANSWERED")).values(), ours.measured("RECYCLED")])

    return work


def summary(tables: Any) -> dict[str, int]:
    """Return how many rows there are and what they add up to: equal for all who are right."""
    listed = list(tables)
    names = ("numerator", "denominator", "held")
    totals = {name: sum(pc.sum(one[name]).as_py() for one in listed) for name in names}
    return {"rows": sum(one.num_rows for one in listed), **totals}
