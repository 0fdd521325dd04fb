"""The daily sums of a measure, added up over spans and groups: the only way a figure is made."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tallystick.measures import counted
from tallystick.rulebook.periods import Span

Group = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Sums:
    """Whole numbers: a part, its whole, and what is not in either."""

    numerator: int = 0
    denominator: int = 0
    open: int = 0
    held: int = 0
    left_out: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.numerator + other.numerator,
            self.denominator + other.denominator,
            self.open + other.open,
            self.held + other.held,
            self.left_out + other.left_out,
        )

    @property
    def share(self) -> Fraction | None:
        """The exact share, or nothing where there was no event."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None


@dataclass(frozen=True)
class Measured:
    """The daily table of one measure, as `measures.evaluate.daily` gives it, with its labels."""

    table: pa.Table
    labels: Mapping[str, tuple[str, ...]]

    def total(self, span: Span) -> Sums:
        """Return the sums of the span over all groups."""
        rows = self._within(span)
        return Sums(*(pc.sum(rows[name]).as_py() or 0 for name in counted.SUMS))

    def by(self, span: Span, columns: Sequence[str]) -> dict[Group, Sums]:
        """Return the sums of the span for each combination of labels, in the labels' order."""
        grouped = (
            self._within(span).group_by(list(columns)).aggregate([(name, "sum") for name in counted.SUMS])
        )
        found = {
            tuple((column, self._label(column, row[column])) for column in columns): Sums(
                *(row[f"{name}_sum"] for name in counted.SUMS)
            )
            for row in grouped.to_pylist()
        }
        return dict(sorted(found.items()))

    def by_day(self, span: Span) -> dict[dt.date, Sums]:
        """Return the sums of each day of the span that has any."""
        grouped = self._within(span).group_by("day").aggregate([(name, "sum") for name in counted.SUMS])
        found = {
            row["day"]: Sums(*(row[f"{name}_sum"] for name in counted.SUMS)) for row in grouped.to_pylist()
        }
        return dict(sorted(found.items()))

    def mean_of_days(self, span: Span) -> Fraction | None:
        """Return the mean of the daily shares: a day weighs as any other, one without events nothing."""
        sides = [(counted.NUMERATOR, "sum"), (counted.DENOMINATOR, "sum")]
        daily = self._within(span).group_by("day").aggregate(sides).to_pylist()
        whole = [(row[f"{counted.NUMERATOR}_sum"], row[f"{counted.DENOMINATOR}_sum"]) for row in daily]
        shares = [Fraction(part, of) for part, of in whole if of]
        return sum(shares, Fraction(0)) / len(shares) if shares else None

    def _within(self, span: Span) -> pa.Table:
        return self.table.filter(
            pc.and_(
                pc.greater_equal(self.table["day"], pa.scalar(span.first, pa.date32())),
                pc.less_equal(self.table["day"], pa.scalar(span.last, pa.date32())),
            )
        )

    def _label(self, column: str, code: Any) -> str:
        return "" if code is None else self.labels[column][code]


def added(several: Iterable[Sums]) -> Sums:
    """Return the sums of several measures: a roll-up adds counts, never percentages."""
    return sum(several, Sums())


def months(first: dt.date, last: Span, most: int) -> Iterator[Span]:
    """Yield the months from the one of the first day to the last month, at most so many, oldest first."""
    back = min(most - 1, (last.first.year - first.year) * 12 + last.first.month - first.month)
    return (last.shifted(-count) for count in range(max(back, 0), -1, -1))
