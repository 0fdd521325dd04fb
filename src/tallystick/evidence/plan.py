"""What the process that reads a file has to know of its stream, and nothing else of the rulebook.

The reader runs apart, under limits, on bytes that nobody has checked. It is given this plan as JSON and
imports neither the rulebook nor an engine.
"""

import datetime as dt
from dataclasses import asdict, dataclass, field
from typing import Any

from tallystick.evidence.limits import Limits

UTC_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class ColumnPlan:
    """One column that is expected, as the stream declares it."""

    name: str
    type: str
    required: bool = True
    values: tuple[str, ...] = ()
    signed: bool = False


@dataclass(frozen=True)
class HoldPlan:
    """When a row that can be read is nevertheless in doubt."""

    in_order: tuple[str, ...] = ()
    at_most: tuple[str, ...] = ()
    sums_to: tuple[str, ...] = ()
    unless: tuple[tuple[str, tuple[str, ...]], ...] = ()
    because: str = ""


@dataclass(frozen=True)
class TakePlan:
    """Which attribute of which event of a case fills a column."""

    column: str
    attribute: str
    of: str
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    empty: tuple[str, ...] = ()


@dataclass(frozen=True)
class LogPlan:
    """How the events of a case become one row."""

    case: str
    at: str
    takes: tuple[TakePlan, ...]


@dataclass(frozen=True)
class Plan:
    """A stream as its reader needs it. `received_at` is microseconds since 1970 in UTC."""

    stream: str
    format: str
    columns: tuple[ColumnPlan, ...]
    row_key: tuple[str, ...]
    time_zone: str
    received_at: int
    partition: str = ""
    party_column: str = ""
    party: str = ""
    encoding: str = "utf-8"
    holds: tuple[HoldPlan, ...] = ()
    log: LogPlan | None = None
    limits: Limits = field(default_factory=Limits)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> ColumnPlan:
        return next(column for column in self.columns if column.name == name)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def plan_from_json(given: dict[str, Any]) -> Plan:
    """Return the plan that `as_json` wrote, lists being tuples again."""
    log = given["log"]
    built: dict[str, Any] = {
        "columns": tuple(ColumnPlan(**_tuples(one)) for one in given["columns"]),
        "row_key": tuple(given["row_key"]),
        "holds": tuple(HoldPlan(**_tuples(one)) for one in given["holds"]),
        "log": _log(log) if log else None,
        "limits": Limits(**given["limits"]),
    }
    return Plan(**{**given, **built})


def microseconds(instant: dt.datetime) -> int:
    """Return an aware instant as microseconds since 1970 in UTC."""
    return (instant - UTC_EPOCH) // dt.timedelta(microseconds=1)


def _log(given: dict[str, Any]) -> LogPlan:
    takes = tuple(TakePlan(**_tuples(one)) for one in given["takes"])
    return LogPlan(case=given["case"], at=given["at"], takes=takes)


def _tuples(value: dict[str, Any]) -> dict[str, Any]:
    return {name: _deep(item) for name, item in value.items()}


def _deep(value: Any) -> Any:
    return tuple(_deep(item) for item in value) if isinstance(value, list | tuple) else value
