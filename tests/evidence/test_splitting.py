import datetime as dt
from pathlib import Path

import pyarrow as pa
import pytest

from tallystick.evidence.civil_days import day_of
from tallystick.evidence.layout import Layout
from tallystick.evidence.splitting import ALL_DAYS, Split
from tests.evidence.conftest import CODE, METERS, REQUESTS, VISITS, Row, request, typed

SORTED = [request(f"R-{n:03}", f"P{n % 5}", f"2021-07-{1 + n // 40:02}T10:00Z") for n in range(200)]
MIXED = sorted(SORTED, key=lambda row: row["request_id"][::-1])


def written(path: Path, rows: list[Row], block: int) -> Path:
    table = typed(REQUESTS, rows)
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
        writer.write_table(table, max_chunksize=block)
    return path


def split(tmp_path: Path, rows: list[Row], in_memory: int, block: int = 16) -> Split:
    (tmp_path / "scratch").mkdir()
    accepted = written(tmp_path / "accepted.arrow", rows, block)
    return Split(accepted, Layout.of(REQUESTS), CODE.zone, tmp_path / "scratch", in_memory)


def parties(found: Split, day: int) -> list[tuple[str, str]]:
    words = list(found.vocabulary.words["party"])
    rows = found.encoded(day)
    pairs = zip(rows["request_id"].to_pylist(), rows["party"].to_pylist(), strict=True)
    return sorted((key, words[place]) for key, place in pairs)


class TestSplit:
    @pytest.mark.parametrize("rows", [SORTED, MIXED], ids=["sorted", "mixed"])
    @pytest.mark.parametrize("in_memory", [10**9, 2_000], ids=["in memory", "on disk"])
    @pytest.mark.parametrize("block", [3, 16])
    def test_finds_each_row_once_under_its_day(
        self, tmp_path: Path, rows: list[Row], in_memory: int, block: int
    ) -> None:
        found = split(tmp_path, rows, in_memory, block)

        days = {day_of(day).isoformat(): parties(found, day) for day in found.days}
        expected = {
            f"2021-07-{day:02}": [
                (row["request_id"], row["party"]) for row in SORTED if row["asked_at"][8:10] == f"{day:02}"
            ]
            for day in range(1, 6)
        }
        assert days == expected
        assert found.rows == 200
        assert list(found.lengths.values()) == [40] * 5

    def test_sets_mixed_days_of_a_large_file_aside(self, tmp_path: Path) -> None:
        split(tmp_path, MIXED, 2_000)

        assert any((tmp_path / "scratch").iterdir())

    def test_sets_nothing_aside_of_a_large_file_in_the_order_of_days(self, tmp_path: Path) -> None:
        split(tmp_path, SORTED, 2_000)

        assert not any((tmp_path / "scratch").iterdir())

    def test_keeps_an_undivided_stream_together(self, tmp_path: Path) -> None:
        row = {"meter_id": "M1", "from_at": "2021-07-01T00:00Z", "party": "ALFA", "seen_on": "2021-07-02"}
        table = typed(METERS, [row, {**row, "meter_id": "M2"}])
        with pa.OSFile(str(tmp_path / "a"), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
            writer.write_table(table)

        found = Split(tmp_path / "a", Layout.of(METERS), CODE.zone, tmp_path)

        assert found.days == [ALL_DAYS]
        assert found.encoded(ALL_DAYS)["meter_id"].to_pylist() == ["M1", "M2"]

    def test_takes_the_day_itself_where_the_partition_is_one(self, tmp_path: Path) -> None:
        rows = [{"visit_id": f"V{n}", "party": "A", "area": "N", "on_day": f"2021-07-0{n}"} for n in (3, 1)]
        table = typed(VISITS, rows)
        with pa.OSFile(str(tmp_path / "a"), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
            writer.write_table(table)

        found = Split(tmp_path / "a", Layout.of(VISITS), CODE.zone, tmp_path)

        assert [day_of(day) for day in found.days] == [dt.date(2021, 7, 1), dt.date(2021, 7, 3)]

    def test_of_an_empty_file_has_no_days(self, tmp_path: Path) -> None:
        found = split(tmp_path, [], 10**9)

        assert found.days == []
        assert found.rows == 0
