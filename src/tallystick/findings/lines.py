"""Exception lines: the rows that failed, each with the key its party knows it by."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import ibis
from ibis import Table

from tallystick.measures.counted import failing
from tallystick.measures.evaluate import atoms, evidence_days
from tallystick.measures.known import Known
from tallystick.rulebook.measures import (
    FollowsWithin,
    Matches,
    NoOverlap,
    Share,
    ShareWithin,
)
from tallystick.rulebook.periods import Span
from tallystick.rulebook.streams import Stream

WITH_LINES = (ShareWithin, Share, FollowsWithin, NoOverlap, Matches)
_MICROSECOND = dt.timedelta(microseconds=1)
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Line:
    """One row that failed: `key` joins the columns of its row key with |, instants in UTC."""

    measure: str
    key: str
    subject: str
    day: str
    why: str


def exception_lines(
    known: Known, measure: Any, span: Span, *, subject: str | None, most: int | None = None
) -> list[Line]:
    """Return the failing rows of the span, by day and row; at most so many of each subject.

    `subject` is the column that names who is answerable, or None where one provider is.
    """
    if not isinstance(measure, WITH_LINES) or not all(known.has(stream) for stream in measure.streams):
        return []
    stream = known.rulebook.streams[measure.stream]
    rows = atoms(known, measure, evidence_days(known, measure, span), placed=True)
    day = rows[f"{measure.at}__day"]
    failed = rows.filter(failing(rows) & (day >= ibis.literal(span.first)) & (day <= ibis.literal(span.last)))
    chosen = _first(failed, measure, subject, most) if most else failed
    finished = _finished(chosen, measure)
    columns = {f"key__{name}": chosen[name] for name in stream.row_key if name in chosen.columns}
    if stream.partition in stream.row_key:
        columns[f"key__{stream.partition}"] = chosen[stream.partition]
    who = {"subject__": chosen[subject]} if subject else {}
    placed = chosen.select(
        day__=chosen[f"{measure.at}__day"], order__=chosen.row, finished__=finished, **columns, **who
    )
    told = placed.order_by("day__", "order__").to_pyarrow().to_pylist()
    return sorted(_lines(told, known, measure, stream, subject), key=lambda line: (line.day, line.key))


def _lines(
    told: list[dict[str, Any]], known: Known, measure: Any, stream: Stream, subject: str | None
) -> Iterator[Line]:
    labels = {
        name: known.snapshot.labels(name)
        for name, column in stream.columns.items()
        if column.type in ("enum", "text")
    }
    for row in told:
        who = row["subject__"] if subject else None
        yield Line(
            measure=measure.key,
            key="|".join(_cell(stream, name, row[f"key__{name}"], labels) for name in stream.row_key),
            subject=labels[subject][who] if subject and who is not None else measure.provider or "",
            day=str(row["day__"]),
            why=_why(measure, finished=row["finished__"]),
        )


def _cell(stream: Stream, name: str, value: Any, labels: Mapping[str, tuple[str, ...]]) -> str:
    if value is None:
        return ""
    if name in labels:
        return labels[name][value]
    if stream.columns[name].type == "instant":
        moment = value if isinstance(value, dt.datetime) else _EPOCH + value * _MICROSECOND
        return moment.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
    return str(value)


def _first(rows: Table, measure: Any, subject: str | None, most: int) -> Table:
    order = [rows[f"{measure.at}__day"], rows.row]
    window = ibis.window(group_by=[rows[subject]] if subject else None, order_by=order)
    numbered = rows.mutate(number__=ibis.row_number().over(window))
    return numbered.filter(numbered.number__ < most)


def _finished(rows: Table, measure: Any) -> Any:
    if isinstance(measure, ShareWithin):
        return rows[f"{measure.to}__day"].notnull()
    if isinstance(measure, FollowsWithin):
        return rows["discharged"].notnull()
    return ibis.literal(True)


def _why(measure: Any, *, finished: bool) -> str:
    if isinstance(measure, ShareWithin | FollowsWithin):
        return "later than its limit" if finished else "not done within its limit"
    if isinstance(measure, Matches):
        return "does not agree with the register" if measure.same else "is not on the list"
    return "runs while another one does" if isinstance(measure, NoOverlap) else "does not meet the condition"
