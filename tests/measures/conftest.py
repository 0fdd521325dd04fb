"""Rows as a sender would write them, made into the sources that measures read."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

import ibis
import pyarrow as pa
import pytest

from tallystick.evidence.coding import code_rows, learned
from tallystick.evidence.labels import Labels
from tallystick.evidence.layout import Layout
from tallystick.measures.source import Asked, Source
from tallystick.rulebook.rulebook import Rulebook
from tallystick.rulebook.streams import Stream

LONDON = ZoneInfo("Europe/London")
Rows = Iterable[Mapping[str, Any]]
MakeSource = Callable[..., Source]


def typed(stream: Stream, rows: Rows) -> pa.Table:
    """Return the rows as reading would: instants from ISO text, days from ISO text, counts from numbers."""
    listed = [dict(row) for row in rows]
    schema = Layout.of(stream).typed()
    columns = {"_row": pa.array(range(2, len(listed) + 2), pa.int64())}
    for name, column in stream.columns.items():
        cells = [_cell(column.type, row.get(name)) for row in listed]
        columns[name] = pa.array(cells, schema.field(name).type)
    return pa.table({name: columns[name] for name in schema.names})


def _cell(kind: str, value: Any) -> Any:
    if value is None or value == "":
        return None
    if kind == "instant" and isinstance(value, str):
        moment = dt.datetime.fromisoformat(value)
        return moment if moment.tzinfo else moment.replace(tzinfo=LONDON)
    if kind == "day" and isinstance(value, str):
        return dt.date.fromisoformat(value)
    return int(value) if kind == "count" else str(value) if kind in ("id", "text", "enum") else value


@pytest.fixture
def make_source(sec: Rulebook) -> MakeSource:
    known: dict[str, Labels] = {"labels": Labels()}

    def make(key: str, rows: Rows, *, placed: bool = True) -> Source:
        stream = sec.streams[key]
        table = typed(stream, rows)
        known["labels"] = learned([table], Layout.of(stream), known["labels"])
        main, beside = code_rows(table, stream, sec.code, known["labels"])
        whole = main
        for name in beside.schema.names:
            if placed and name not in main.schema.names:
                whole = whole.append_column(name, beside[name])

        def labels(column: str) -> tuple[str, ...]:
            return known["labels"].of(column)  # those learned later too

        return Source(stream, ibis.memtable(whole), labels, placed=placed)

    return make


def asked(day: str) -> Asked:
    known_on = dt.date.fromisoformat(day)
    end = dt.datetime.combine(known_on + dt.timedelta(days=1), dt.time(), tzinfo=LONDON)
    return Asked(known_on, round(end.timestamp() * 1_000_000))
