import datetime as dt
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tallystick.evidence.rows import connect, open_rows
from tests.evidence.conftest import JULY, METERS, REQUESTS, Archive, request, stream

DAYS = [dt.date(2021, 7, 1), dt.date(2021, 7, 2), dt.date(2021, 7, 31)]


@pytest.fixture
def engine(archive: Archive) -> ibis.BaseBackend:
    archive.send(REQUESTS, JULY, "july")
    return connect(archive.store.root, memory="500MB", threads=1)


def held(engine: ibis.BaseBackend, table: ibis.Table) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = engine.to_pyarrow(table).to_pylist()
    return found


class TestConnect:
    def test_reads_nothing_outside_the_store(self, engine: ibis.BaseBackend, tmp_path: Path) -> None:
        outside = tmp_path / "outside.parquet"
        pq.write_table(pa.table({"a": [1]}), outside)

        for path in (outside, tmp_path / "store" / ".." / "outside.parquet"):
            with pytest.raises(Exception, match="file system operations are disabled by configuration"):
                engine.read_parquet(path)

    def test_writes_nothing_outside_the_store(self, engine: ibis.BaseBackend, tmp_path: Path) -> None:
        with pytest.raises(Exception, match="file system operations are disabled by configuration"):
            engine.to_parquet(ibis.memtable(pa.table({"a": [1]})), tmp_path / "out.parquet")

    @pytest.mark.parametrize(
        ("name", "value"), [("threads", 8), ("enable_external_access", True), ("memory_limit", "9GB")]
    )
    def test_lets_no_setting_be_changed_later(
        self, engine: ibis.BaseBackend, name: str, value: object
    ) -> None:
        with pytest.raises(Exception, match=r"Cannot (change|set|enable|modify)"):
            engine.settings[name] = value

    def test_loads_no_extension(self, engine: ibis.BaseBackend) -> None:
        with pytest.raises(Exception, match="disabled"):
            engine.con.load_extension("httpfs")

    def test_keeps_to_the_memory_it_was_given(self, engine: ibis.BaseBackend) -> None:
        assert engine.settings["memory_limit"] == "476.8 MiB"
        assert engine.settings["threads"] == "1"


class TestOpenRows:
    def test_reads_the_days_asked_for(self, archive: Archive, engine: ibis.BaseBackend) -> None:
        snapshot = archive.store.snapshot("small")

        some = open_rows(engine, snapshot, REQUESTS, [DAYS[0], dt.date(2021, 7, 20)])
        every = open_rows(engine, snapshot, REQUESTS, None)

        assert len(held(engine, some)) == 2
        assert len(held(engine, every)) == 4
        assert "request_id" not in every.columns
        assert "day" not in every.columns

    def test_of_no_days_has_the_columns_and_no_rows(self, archive: Archive, engine: ibis.BaseBackend) -> None:
        snapshot = archive.store.snapshot("small")
        every = open_rows(engine, snapshot, REQUESTS, None, ids=True)

        none = open_rows(engine, snapshot, REQUESTS, [], ids=True)

        assert none.schema() == every.schema()
        assert held(engine, none) == []

    def test_puts_ids_beside_the_row_they_belong_to_on_every_day(
        self, archive: Archive, engine: ibis.BaseBackend
    ) -> None:
        rows = [
            request(f"R-{day}-{n}", f"P{n % 7}", f"2021-08-0{day}T10:{n:02}Z", tries=100 * day + n)
            for day in (1, 2, 3)
            for n in range(40)
        ]
        archive.send(REQUESTS, rows, "august", on="2021-09-01")
        snapshot = archive.store.snapshot("small")
        days = [dt.date(2021, 8, day) for day in (1, 2, 3)]

        joined = held(engine, open_rows(engine, snapshot, REQUESTS, days, ids=True))

        expected = {row["request_id"]: row["tries"] for row in rows}
        assert {row["request_id"]: row["tries"] for row in joined} == expected
        assert len(joined) == len(rows)
        assert all(row["asked_at"].date() == row["asked_at__day"] for row in joined)
        assert {snapshot.labels("party")[row["party"]] for row in joined} == {f"P{n}" for n in range(7)}

    def test_reads_a_stream_without_days(self, archive: Archive, engine: ibis.BaseBackend) -> None:
        meter = {"meter_id": "M1", "from_at": "2021-07-01T00:00Z", "party": "ALFA", "seen_on": "2021-07-02"}
        archive.send(METERS, [meter, {**meter, "meter_id": "M2"}], "meters")

        joined = held(engine, open_rows(engine, archive.store.snapshot("small"), METERS, None, ids=True))

        assert [row["meter_id"] for row in joined] == ["M1", "M2"]
        assert [row["seen_on"] for row in joined] == [dt.date(2021, 7, 2)] * 2

    def test_leaves_a_column_that_was_added_later_empty(
        self, archive: Archive, engine: ibis.BaseBackend
    ) -> None:
        columns = {
            name: column.type + "?" * (not column.required) for name, column in REQUESTS.columns.items()
        }
        wider = stream(
            "requests",
            {**columns, "note": "text?", "ticket": "id?"},
            row_key=["request_id"],
            partition="asked_at",
            replaces=["party", "day"],
            sort=["kind", "party"],
        )
        before = open_rows(engine, archive.store.snapshot("small"), wider, None, ids=True)
        archive.send(wider, [{**JULY[0], "note": "new", "ticket": "T"}], "b", on="2021-08-03")

        after = open_rows(engine, archive.store.snapshot("small"), wider, None, ids=True)

        assert {row["ticket"] for row in held(engine, before)} == {None}
        assert {(row["request_id"], row["note"], row["ticket"]) for row in held(engine, after)} == {
            ("R-1", 0, "T"),
            ("R-2", None, None),
            ("R-3", None, None),
            ("R-4", None, None),
        }
