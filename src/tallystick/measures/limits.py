"""Limits as columns: in force on the row's day, looked up by its labels, counted in the limit's unit."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

import ibis
import pyarrow as pa
from ibis.expr.types import BooleanValue, IntegerValue

from tallystick.measures import dialect
from tallystick.measures.source import Asked, Source
from tallystick.rulebook.measures import Limit
from tallystick.rulebook.parameters import Parameter, Value
from tallystick.rulebook.rulebook import Rulebook

MICROSECONDS = {"second": 1_000_000, "minute": 60_000_000, "hour": 3_600_000_000}
ONE_DAY_US = 86_400_000_000
FAR_FUTURE = dt.date(9999, 12, 31)


@dataclass(frozen=True)
class Clock:
    """A source with the limit of each row as the column `name` (null where the table has no entry).

    Elapsed limits are in microseconds, `day` and `working_day` limits in days.
    """

    source: Source
    parameter: Parameter
    name: str

    @property
    def limit(self) -> IntegerValue:
        return self.source.table[self.name]

    @property
    def elapsed(self) -> bool:
        return self.parameter.unit in MICROSECONDS

    def within(self, start: str, end: str) -> BooleanValue:
        """Return whether `end` is at most the limit after `start`; equality is in time."""
        if self.elapsed:
            return self.source.elapsed(start, end) <= self.limit
        return self._last_day(start) >= self.source.day(end)

    def is_settled(self, start: str, asked: Asked) -> bool:
        """Tell whether the limit after `start` has surely passed for every row, without looking at one."""
        last = self.source.last_day
        return (
            last is not None
            and start == self.source.stream.partition
            and last <= settled_until(self.parameter, asked.known_on)
        )

    def passed(self, start: str, asked: Asked) -> BooleanValue:
        """Return whether the limit after `start` lay before the end of what is known.

        For an elapsed limit of a partitioned source that is not placed, only rows whose day leaves no
        doubt are said to have passed; `doubtful` tells the others.
        """
        if not self.elapsed:
            return self._last_day(start) <= ibis.literal(asked.known_on)
        if self._exact:
            return self.source.instant(start) + self.limit < asked.until
        return self.source.day(start) <= ibis.literal(self._safe_day(asked))

    def doubtful(self, start: str, asked: Asked) -> BooleanValue:
        """Return whether only the exact instant can tell if the limit has passed."""
        if not self.elapsed or self._exact:
            return ibis.literal(False)
        return self.source.day(start) > ibis.literal(self._safe_day(asked))

    def passes_on(self, start: str) -> "ibis.expr.types.DateValue":
        """Return a day on or before the first day at whose end the limit has passed."""
        if not self.elapsed:
            return self._last_day(start)
        whole_days = (self.limit // ONE_DAY_US).cast("int32")
        return _plus_days(self.source.day(start), whole_days)

    @property
    def _exact(self) -> bool:
        return self.source.placed or self.source.stream.partition == "none"

    def _safe_day(self, asked: Asked) -> dt.date:
        return settled_until(self.parameter, asked.known_on)

    def _last_day(self, start: str) -> "ibis.expr.types.DateValue":
        if self.parameter.unit == "working_day":
            return self.source.table[f"{self.name}__{start}__last"]
        days = self.limit - 1 if self.parameter.counting == "inclusive" else self.limit
        return _plus_days(self.source.day(start), days.cast("int32"))


def settled_until(parameter: Parameter, known_on: dt.date) -> dt.date:
    """Return the last day of whose events each has surely passed its limit by the end of what is known."""
    most = _most(parameter)
    if parameter.unit in MICROSECONDS:
        # One day for the limit's fraction, one for the hour that the clocks go back.
        days = most // ONE_DAY_US + 2
    else:
        # Working days lie at most twice as far apart as their number, and ten days off at the most.
        days = most if parameter.unit == "day" else 2 * most + 10
    return known_on - dt.timedelta(days=days)


def clock(source: Source, limit: Limit, start: str, at: str, name: str, rulebook: Rulebook) -> Clock:
    """Return the source with its limit, and the last working day after `start` where it counts those.

    The value in force is the one of the day of `at`.
    """
    parameter = rulebook.parameters[limit.parameter]
    limited = _with_limit(source, parameter, limit.by, at, name)
    if parameter.unit == "working_day":
        limited = _with_last_day(limited, parameter, start, name, rulebook)
    return Clock(limited, parameter, name)


def _most(parameter: Parameter) -> int:
    return max(_units(value, parameter) for one in parameter.values.values() for value in _numbers(one))


def _numbers(value: Value) -> list[Decimal]:
    return [entry.value for entry in value.entries] if value.value is None else [value.value]


def _units(value: Decimal, parameter: Parameter) -> int:
    return int(value * MICROSECONDS.get(parameter.unit, 1))


def _with_limit(source: Source, parameter: Parameter, by: tuple[str, ...], at: str, name: str) -> Source:
    starts = list(parameter.starts().items())
    if not by:
        constant = starts[0][1].value
        if len(starts) == 1 and constant is not None:
            # Before its first day a limit is not in force; rows of then are held.
            begun = source.day(at) >= ibis.literal(starts[0][0])
            units = ibis.literal(_units(constant, parameter), type="int64")
            return source.over(source.table.mutate(**{name: begun.ifelse(units, ibis.null("int64"))}))
        cases = [
            (source.day(at) >= ibis.literal(start), ibis.literal(_units(one.value, parameter), type="int64"))
            for start, one in reversed(starts)
            if one.value is not None
        ]
        return source.over(source.table.mutate(**{name: ibis.cases(*cases, else_=ibis.null("int64"))}))
    table = ibis.memtable(_entries(source, parameter, by, name))
    rows = source.table
    keys = [rows[column] == table[f"{name}__{column}"] for column in by]
    day = source.day(at)
    passing = [f"{name}__{column}" for column in (*by, "from", "until")]
    if len(starts) == 1:
        # One value since its day: joined by labels alone, and null for rows of before it.
        joined = rows.left_join(table, keys)
        begun = (day >= ibis.literal(starts[0][0])).ifelse(joined[name], ibis.null("int64"))
        return source.over(joined.drop(*passing).mutate(**{name: begun}))
    in_force = [day >= table[f"{name}__from"], day < table[f"{name}__until"]]
    joined = rows.left_join(table, [*keys, *in_force])
    return source.over(joined.drop(*passing))


def _entries(source: Source, parameter: Parameter, by: tuple[str, ...], name: str) -> pa.Table:
    """Return the parameter's table in codes: a row for each entry and the days it is in force."""
    rows: dict[str, list[object]] = {f"{name}__{column}": [] for column in (*by, "from", "until")}
    rows[name] = []
    starts = list(parameter.starts().items())
    for index, (start, value) in enumerate(starts):
        until = starts[index + 1][0] if index + 1 < len(starts) else FAR_FUTURE
        for entry in value.entries:
            codes = [source.code(column, entry.key[column]) for column in by]
            if None in codes:
                continue
            for column, cell in zip((*by, "from", "until"), (*codes, start, until), strict=True):
                rows[f"{name}__{column}"].append(cell)
            rows[name].append(_units(entry.value, parameter))
    types = {f"{name}__{column}": pa.int32() for column in by}
    types |= {f"{name}__from": pa.date32(), f"{name}__until": pa.date32(), name: pa.int64()}
    return pa.table({column: pa.array(cells, types[column]) for column, cells in rows.items()})


def _with_last_day(source: Source, parameter: Parameter, start: str, name: str, rulebook: Rulebook) -> Source:
    """Join the cumulative index of the code's calendar, and then the day that the count ends on."""
    calendar = rulebook.calendar()
    index = list(calendar.index_rows())
    inclusive = parameter.counting == "inclusive"
    counted = ibis.memtable(
        pa.table(
            {
                f"{name}__at": pa.array([day for day, _, _ in index], pa.date32()),
                f"{name}__count": pa.array([b if inclusive else c for _, b, c in index], pa.int64()),
            }
        )
    )
    working = [(count, day) for day, before, count in index if count > before]
    last = ibis.memtable(
        pa.table(
            {
                f"{name}__number": pa.array([count for count, _ in working], pa.int64()),
                f"{name}__{start}__last": pa.array([day for _, day in working], pa.date32()),
            }
        )
    )
    rows = source.table.left_join(counted, source.day(start) == counted[f"{name}__at"])
    rows = rows.mutate(**{f"{name}__number": rows[f"{name}__count"] + rows[name]})
    rows = rows.left_join(last, f"{name}__number")
    unused = [
        column for column in (f"{name}__at", f"{name}__count", f"{name}__number") if column in rows.columns
    ]
    spare = [column for column in rows.columns if column.endswith("_right")]
    return source.over(rows.drop(*unused, *spare))


def _plus_days(day: "ibis.expr.types.DateValue", days: IntegerValue) -> "ibis.expr.types.DateValue":
    return dialect.plus_days(day, days)
