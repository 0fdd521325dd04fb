"""Coded rows of one stream, as the measures read them.

A label is a small whole number, an instant is microseconds since the row's base (its partition instant),
and every instant has its civil day beside it; `evidence.coding` writes it so. Nothing here knows a clock
or a time zone.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

import ibis
from ibis import Table
from ibis.expr.types import BooleanValue, DateValue, IntegerValue, Value

from tallystick.measures import dialect
from tallystick.rulebook.measures import AtLeastAtMost, Where
from tallystick.rulebook.streams import Stream

EXCLUDED = "excluded__"
UNTIL = "excluded_until__"
DAY = "day"

Labels = Callable[[str], tuple[str, ...]]


@dataclass(frozen=True)
class Source:
    """`table` holds the main columns, and the ids and partition instant too where `placed`.

    `last_day` is the last evidence day of the rows, where the stream is cut by days and it is known.
    """

    stream: Stream
    table: Table
    labels: Labels
    placed: bool = False
    last_day: dt.date | None = None

    def over(self, table: Table) -> "Source":
        """Return the same source with more columns, or fewer rows."""
        return replace(self, table=table)

    def code(self, column: str, label: str) -> int | None:
        """Return the code of a label, or nothing if no row ever carried it."""
        labels = self.labels(column)
        return labels.index(label) if label in labels else None

    def meets(self, where: Where) -> BooleanValue:
        """Return whether a row meets every condition; an absent value meets none."""
        met: BooleanValue = ibis.literal(True)
        for column, condition in where.items():
            if isinstance(condition, AtLeastAtMost):
                met = met & _bounded(self.table[column], condition)
            else:
                codes = [code for label in condition if (code := self.code(column, label)) is not None]
                met = met & (self.table[column].isin(codes) if codes else ibis.literal(False))
        return met.fill_null(False)

    def day(self, column: str) -> DateValue:
        """Return the civil day of an instant or day column."""
        return self.table[f"{column}__day"]

    def has(self, column: str) -> BooleanValue:
        """Return whether the instant or day is there."""
        return self.day(column).notnull()

    def offset(self, column: str) -> IntegerValue:
        """Return microseconds from the row's base to the instant (0 for the partition itself)."""
        if column == self.stream.partition:
            return ibis.literal(0, type="int64")
        return self.table[column]

    def elapsed(self, start: str, end: str) -> IntegerValue:
        """Return microseconds from one instant to another of the same row."""
        return self.offset(end) - self.offset(start)

    def instant(self, column: str) -> IntegerValue:
        """Return microseconds from the Unix epoch to the instant; a partitioned source must be `placed`."""
        if self.stream.partition == "none":
            return self.table[column]
        return dialect.epoch_us(self.table[self.stream.partition]) + self.offset(column)

    @property
    def place(self) -> list[str]:
        """The columns that tell one row from every other: its position, in its day's file."""
        cut = self.stream.partition
        return ["row"] if cut == "none" else ["row", f"{cut}__day"]

    @property
    def has_exclusions(self) -> bool:
        """Whether any row of the stream stands on the exception list."""
        return EXCLUDED in self.table.columns

    def excluded(self, at: str) -> BooleanValue:
        """Return whether an exception in force on the row's day takes it out of both sides."""
        if not self.has_exclusions:
            return ibis.literal(False)
        until = self.table[UNTIL]
        in_force = until.isnull() | (self.day(at) < until)
        return (self.table[EXCLUDED] & in_force).fill_null(False)


def _bounded(column: IntegerValue, condition: AtLeastAtMost) -> BooleanValue:
    met: BooleanValue = ibis.literal(True)
    if condition.at_least is not None:
        met = met & (column >= condition.at_least)
    if condition.at_most is not None:
        met = met & (column <= condition.at_most)
    return met


@dataclass(frozen=True)
class Asked:
    """What is known: evidence received up to the end of a civil day.

    `until` is that end, in microseconds since the Unix epoch; `known_on` is the day.
    """

    known_on: dt.date
    until: int


def marked(rows: Table, marks: Table, place: list[str]) -> Table:
    """Return the rows with the columns of `marks`, null where a row's place is not marked."""
    joined = rows.left_join(marks, place)
    return joined.drop(*[f"{name}_right" for name in place if f"{name}_right" in joined.columns])


def recoded(theirs: Source, column: str, mine: Source, own: str) -> Value:
    """Return their column in the codes of my column, so that the two can be compared.

    Columns of one name share their codes; ids are not coded. A label that I never carried is null.
    """
    coded = theirs.stream.columns[column].type in ("enum", "text")
    if column == own or not coded:
        return theirs.table[column]
    known = {label: code for code, label in enumerate(mine.labels(own))}
    pairs = [(code, known[label]) for code, label in enumerate(theirs.labels(column)) if label in known]
    if not pairs:
        return ibis.null("int32")
    return ibis.cases(*[(theirs.table[column] == code, ibis.literal(to)) for code, to in pairs])
