"""Folding agrees with a model that keeps rows in a list and knows nothing of tables."""

import datetime as dt
import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.evidence.folding import compared, distinct
from tallystick.evidence.layout import Layout
from tallystick.evidence.submissions import Summary
from tallystick.rulebook.periods import Span
from tallystick.rulebook.streams import Stream
from tests.evidence.conftest import IN_MEMORY, Archive, Row, in_words, origin, rows_of, stream

DAYS = ("2021-07-30", "2021-07-31", "2021-08-01")
RECEIVED = ("2021-09-01", "2021-09-02", "2021-09-03")
COLUMNS = {"key": "id", "party": "text", "area": "text?", "at": "instant", "size": "count?"}


def visits(**said: Any) -> Stream:
    return stream("visits", COLUMNS, row_key=["key"], sort=["area"], party="party", **said)


STREAMS = {
    "by party and day": visits(partition="at", replaces=["party", "day"]),
    "by area, party and day": visits(partition="at", replaces=["area", "party", "day"]),
    "by day": visits(partition="at", replaces=["day"]),
    "by party": visits(partition="at", replaces=["party"]),
    "by party, undivided": visits(partition="none", replaces=["party"]),
    "by time": visits(partition="at", replaces=["at", "day"]),
    "by key": visits(partition="none", upsert="key"),
}


@dataclass(frozen=True)
class File:
    """A file somebody sends. `corrects` is the place of an earlier file; `again` sends one once more."""

    rows: tuple[Row, ...]
    received: str
    party: str | None = None
    period: str | None = None
    corrects: int | None = None
    again: int | None = None


@dataclass
class Model:
    """What was sent, under which name and id, and what stands after it, one row at a time."""

    stream: Stream
    sent: list[tuple[File, str, str]] = field(default_factory=list)

    def standing(self, known_on: str) -> list[Row]:
        rows: list[Row] = []
        known = [(n, file) for n, (file, _, _) in enumerate(self.sent) if file.received <= known_on]
        for n, file in sorted(known, key=lambda one: (one[1].received, one[0])):
            rows = [row for row in rows if not self._drops(n, file, row)] + list(file.rows)
        return rows

    def _drops(self, n: int, file: File, row: Row) -> bool:
        if self.stream.upsert or file.corrects is not None:
            reached = self.stream.partition == "none" or day_of(row) in self._reach(n)
            return reached and row["key"] in {mine["key"] for mine in file.rows}
        names = [name for name in self.stream.replaces if name != "day"]
        spoken = {self._said(mine, names) for mine in file.rows}
        if names == ["party"] and file.party and file.period:
            spoken.add((file.party,))
        if "day" not in self.stream.replaces:
            return self._said(row, names) in spoken
        if file.period and dt.date.fromisoformat(day_of(row)) in Span.parse(file.period):
            return not names or self._said(row, names) in spoken
        that_day = {self._said(mine, names) for mine in file.rows if day_of(mine) == day_of(row)}
        return self._said(row, names) in that_day

    def _reach(self, n: int) -> set[str]:
        file = self.sent[n][0]
        days = {day_of(row) for row in file.rows}
        return days if file.corrects is None else days | self._reach(file.corrects)

    def _said(self, row: Row, names: list[str]) -> tuple[Any, ...]:
        return tuple(row[name] for name in names)


def day_of(row: Row) -> str:
    return str(row["at"])[:10]


ROWS = st.fixed_dictionaries(
    {
        "party": st.sampled_from(["ALFA", "BRVO"]),
        "area": st.sampled_from([None, "N", "S"]),
        "at": st.builds("{}T10:0{}:00+01:00".format, st.sampled_from(DAYS), st.integers(0, 1)),
        "size": st.sampled_from([None, 1]),
    }
)
FILES = st.builds(
    lambda rows, *told: File(tuple({"key": key, **row} for key, row in rows.items()), *told),
    st.dictionaries(st.sampled_from("ABCD"), ROWS, max_size=3),
    st.sampled_from(RECEIVED),
    st.sampled_from([None, "ALFA"]),
    st.sampled_from([None, None, "2021-07", "2021"]),
    st.none() | st.integers(0, 3),
    st.none() | st.none() | st.integers(0, 3),
)


def send(archive: Archive, model: Model, file: File, name: str) -> None:
    """Send a file to the store and, unless the store knew all of it, to the model."""
    if file.again is not None and file.again < len(model.sent):
        file, name, _ = model.sent[file.again]
    corrected = None
    if file.corrects is not None:
        is_known = file.corrects < len(model.sent)
        corrected = model.sent[file.corrects][2] if is_known else None
        party = model.sent[file.corrects][0].party if is_known else file.party
        file = replace(file, party=party, corrects=file.corrects if is_known else None)
    reading, sent = archive.read(model.stream, file.rows, name, correction_of=corrected)
    told = origin(sent, on=file.received, party=file.party, period=file.period)
    receipt = archive.store.receive(reading, model.stream, archive.code, told)
    before = model.standing(RECEIVED[-1])
    model.sent.append((file, name, receipt.submission.id))
    if receipt.repeated:
        if name not in [known for _, known, _ in model.sent[:-1]]:
            assert told_of(model, model.standing(RECEIVED[-1])) == told_of(model, before)
        model.sent.pop()


def told_of(model: Model, rows: list[Row]) -> list[str]:
    return sorted(str(row) for row in in_words(model.stream, rows))


class TestFold:
    @pytest.mark.parametrize("stream", STREAMS.values(), ids=STREAMS.keys())
    @settings(max_examples=int(os.environ.get("TALLY_FOLDS", "5")))
    @given(sent=st.lists(FILES, min_size=1, max_size=5))
    def test_agrees_with_the_model_on_every_day_it_is_asked_of(
        self, stream: Stream, sent: list[File]
    ) -> None:
        with TemporaryDirectory(dir=IN_MEMORY) as folder:
            archive, model = Archive(Path(folder)), Model(stream)
            for n, file in enumerate(sent):
                send(archive, model, file, f"file-{n}")

            for day in RECEIVED:
                known = archive.store.snapshot(
                    "small", known_on=dt.date.fromisoformat(day), zone=archive.code.zone
                )
                expected = told_of(model, model.standing(day))
                assert sorted(str(row) for row in rows_of(known, stream)) == expected
            now = archive.store.snapshot("small")
            assert sorted(str(row) for row in rows_of(now, stream)) == expected
            assert now.id == known.id


class TestCompared:
    def test_tells_rows_apart_by_key_and_then_by_everything_else(self) -> None:
        layout = Layout.of(STREAMS["by key"])

        def rows(*cells: tuple[str, int | None]) -> pa.Table:
            size = len(cells)
            columns = {
                "key": pa.array([key for key, _ in cells], pa.string()),
                "party": pa.array([0] * size, pa.int32()),
                "area": pa.array([None] * size, pa.int32()),
                "at": pa.array([5] * size, pa.int64()),
                "size": pa.array([count for _, count in cells], pa.int64()),
            }
            return pa.table(columns)

        found = compared(
            rows(("A", None), ("B", 1), ("C", 1), ("D", 0)),
            rows(("A", None), ("B", 2), ("D", None), ("E", 1), ("F", 1)),
            layout,
        )

        assert found == Summary(added=2, replaced=2, unchanged=1, withdrawn=1)


class TestDistinct:
    def test_keeps_the_first_of_equal_rows_nothing_equalling_nothing(self) -> None:
        rows = pa.table({"a": ["x", None, "x", None, "y"], "b": [1, 2, 1, 2, 1]})

        assert distinct(rows).to_pylist() == [{"a": "x", "b": 1}, {"a": None, "b": 2}, {"a": "y", "b": 1}]

    def test_tells_many_wide_columns_apart(self) -> None:
        many = 69_997  # a prime, so that every column takes every value
        rows = pa.table({f"c{n}": [(7 * n * row) % many for row in range(many)] for n in range(6)})
        twice = pa.concat_tables([rows, rows])

        assert distinct(twice).num_rows == many
