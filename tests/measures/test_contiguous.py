import datetime as dt
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.evidence.coding import code_rows, learned
from tallystick.evidence.labels import Labels
from tallystick.evidence.layout import Layout
from tallystick.evidence.rows import connect
from tallystick.evidence.snapshot import DayFile
from tallystick.measures import contiguous, evaluate
from tallystick.measures.counted import FILE, SUMS, collected
from tallystick.measures.evaluate import daily_many
from tallystick.measures.known import Known
from tallystick.measures.share_within import share_within
from tallystick.rulebook.measures import AtLeastAtMost, Limit
from tallystick.rulebook.periods import Span
from tallystick.rulebook.rulebook import Rulebook
from tests.measures.conftest import LONDON, typed
from tests.measures.test_known import known as known_of
from tests.measures.world import IN_MEMORY, World, added_up, with_measure, with_stream

KEY, STREAM = "DSP-PM1.4", "service_requests"
FIRST = dt.date(2021, 7, 1)
JULY = Span(FIRST)
LATE = dt.date(2021, 9, 30)


@dataclass
class Kept:
    """Files of days, written as the store would, but with row groups of three rows."""

    labels_: Labels = field(default_factory=Labels)
    files: dict[dt.date, DayFile] = field(default_factory=dict)
    columns: tuple[str, ...] = ()

    def days(self, stream: str) -> Mapping[dt.date, DayFile]:
        return self.files if stream == STREAM else {}

    def labels(self, column: str) -> tuple[str, ...]:
        return self.labels_.of(column)

    def layouts(self, stream: str) -> frozenset[tuple[str, ...]]:
        return frozenset({self.columns}) if stream == STREAM else frozenset()


def kept(book: Rulebook, rows: list[dict[str, Any]], folder: Path, known_on: dt.date = LATE) -> Known:
    """Return what is known of requests, by the civil day that each was received."""
    stream = book.streams[STREAM]
    every = typed(stream, rows)
    found = Kept(learned([every], Layout.of(stream), Labels()), columns=tuple(stream.columns))
    received = [row.astimezone(LONDON).date() for row in every["received_at"].to_pylist()]
    for day in sorted(set(received)):
        own = every.filter(pa.array([one == day for one in received]))
        main, _ = code_rows(own, stream, book.code, found.labels_)
        file = folder / f"{day}.parquet"
        pq.write_table(main, file, row_group_size=3)
        found.files[day] = DayFile(day, file, file, main.num_rows, str(day))
    snapshot: Any = found
    return Known(book, snapshot, connect(folder), known_on)


def by_runs(known: Known, measure: Any) -> pa.Table:
    days = list(known.snapshot.days(STREAM))
    summed = contiguous.sums(known, {day: [measure] for day in days if day is not None})
    assert list(summed) == days
    return pa.concat_tables([tables[measure.key] for tables in summed.values()])


def by_ibis(known: Known, measure: Any) -> pa.Table:
    atoms = share_within(known.source(STREAM), measure, known.rulebook, known.asked)
    return collected(atoms, "received_at__day", measure.groups, "received_at__day").drop([FILE])


def noting(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> list[Any]:
    """Return a list that will say what something was called with."""
    said: list[Any] = []
    called = getattr(module, name)

    def noted(*these: Any, **named: Any) -> Any:
        said.append(these)
        return called(*these, **named)

    monkeypatch.setattr(module, name, noted)
    return said


def request(number: int, day: int = 1, took: float | None = 1, **cells: Any) -> dict[str, Any]:
    received = dt.datetime(2021, 7, day, 10, number % 60, tzinfo=dt.UTC)
    return {
        "request_id": f"R{number}",
        "srv": "1.1.1",
        "mode": "on_demand",
        "party": "ALFA",
        "region": "north",
        "received_at": received,
        "delivered_at": None if took is None else received + dt.timedelta(seconds=took),
        **cells,
    }


def with_limit(book: Rulebook, key: str = "trt", **changes: Any) -> Rulebook:
    changed = book.parameters[key].model_copy(update=changes)
    return replace(book, parameters={**book.parameters, key: changed})


def limits(book: Rulebook) -> dict[str, Rulebook]:
    """Return rulebooks whose limit is a table, begins late, changes, or is one number."""
    (table,) = book.parameters["trt"].values.values()
    fewer = table.model_copy(update={"entries": table.entries[:3]})
    one = table.model_copy(update={"entries": (), "value": Decimal("30.5")})
    begun = FIRST + dt.timedelta(days=1)
    single = with_measure(book, KEY, limit=Limit(parameter="trt"))
    return {
        "table": book,
        "begins late": with_limit(book, values={begun: table}),
        "changes": with_limit(book, values={FIRST - dt.timedelta(days=9): fewer, begun: table}),
        "number": with_limit(single, by=(), values={FIRST: one}),
        "number from a day on": with_limit(single, by=(), values={begun: one}),
    }


REQUESTS = st.lists(
    st.builds(
        request,
        st.integers(0, 59),
        st.integers(1, 3),
        st.none() | st.sampled_from([-1, 0, 30, 30.000001, 30.5, 86_400, 86_401]),
        srv=st.sampled_from(["1.1.1", "4.8.1", "9.9", None]),
        mode=st.sampled_from(["on_demand", "on_demand", "scheduled", None]),
        party=st.sampled_from(["ALFA", "BRVO", None]),
        region=st.sampled_from(["north", "south"]),
        outcome=st.sampled_from([None, "success"]),
    ),
    min_size=1,
    max_size=30,
)
GROUPS = st.sampled_from(
    [("region", "party", "srv"), ("srv",), (), ("outcome", "mode"), ("party", "region"), ("region", "party")]
)
WHERES = st.sampled_from(
    [
        {},
        {"mode": ("on_demand",)},
        {"mode": ("on_demand", "future_dated"), "party": ("BRVO",)},
        {"outcome": ("failure",)},
        {"region": ("north", "south")},
    ]
)


class TestSums:
    @pytest.fixture(autouse=True)
    def book(self, sec: Rulebook) -> None:
        self.sec = sec  # an argument would be told in full with every failure
        self.limits = limits(sec)

    @settings(max_examples=40)
    @given(REQUESTS, GROUPS, WHERES, st.sampled_from(["table", "changes", "number"]), st.integers(1, 40))
    def test_are_those_of_the_query(
        self, rows: list[Any], by: Any, where: Any, limit: str, batch: int
    ) -> None:
        book = with_measure(self.limits[limit], KEY, by=by, where=where)
        with tempfile.TemporaryDirectory(dir=IN_MEMORY) as folder, pytest.MonkeyPatch.context() as patch:
            patch.setattr(contiguous, "BATCH", batch)
            known = kept(book, rows, Path(folder))
            assert contiguous.can_sum(known, book.measures[KEY])

            found = by_runs(known, book.measures[KEY])

            expected = by_ibis(known, book.measures[KEY])
        assert added_up(found) == added_up(expected)
        assert found.num_rows == expected.num_rows
        assert found.schema.equals(expected.schema)

    @pytest.mark.parametrize("limit", ["begins late", "number from a day on"])
    def test_hold_the_rows_of_days_on_which_no_limit_was_in_force(self, limit: str, tmp_path: Path) -> None:
        book = self.limits[limit]
        known = kept(book, [request(1, 1), request(2, 2)], tmp_path)

        found = by_runs(known, book.measures[KEY])

        assert found["held"].to_pylist() == [1, 0]
        assert added_up(found) == added_up(by_ibis(known, book.measures[KEY]))

    def test_are_of_whole_columns_of_nothing_too(self, tmp_path: Path) -> None:
        rows = [request(number, took=None, party=None) for number in range(4)]
        known = kept(self.sec, rows, tmp_path)

        (row,) = by_runs(known, self.sec.measures[KEY]).to_pylist()

        assert row["party"] is None
        assert [row[name] for name in SUMS] == [0, 4, 0, 0, 0]

    def test_have_no_group_where_no_row_counts(self, tmp_path: Path) -> None:
        known = kept(self.sec, [request(1, mode="scheduled")], tmp_path)

        assert by_runs(known, self.sec.measures[KEY]).num_rows == 0

    def test_have_no_group_where_there_is_no_row(self, tmp_path: Path) -> None:
        known = kept(self.sec, [request(1)], tmp_path)
        (file,) = known.snapshot.days(STREAM).values()
        pq.write_table(pq.read_table(file.main).slice(0, 0), file.main)

        found = by_runs(known, self.sec.measures[KEY])

        assert found.num_rows == 0
        assert found.schema.equals(by_ibis(known, self.sec.measures[KEY]).schema)

    def test_of_several_measures_come_from_one_reading(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        known = kept(self.sec, [request(1), request(2, mode="scheduled", srv="4.8.1")], tmp_path)
        one = self.sec.measures[KEY]
        other = one.model_copy(update={"key": "OTHER", "where": {}, "by": ("region", "day")})
        opened = noting(monkeypatch, pq, "ParquetFile")

        tables = contiguous.sums(known, {FIRST: [one, other]})[FIRST]

        assert len(opened) == 1
        assert [tables[key]["denominator"].to_pylist() for key in (KEY, "OTHER")] == [[1], [2]]

    def test_of_no_day_are_none(self, tmp_path: Path) -> None:
        assert contiguous.sums(kept(self.sec, [request(1)], tmp_path), {}) == {}

    @pytest.mark.parametrize("change", ["other type", "no such column", "code without label"])
    def test_leave_out_a_day_whose_file_is_not_as_the_rulebook_says(
        self, tmp_path: Path, change: str
    ) -> None:
        known = kept(self.sec, [request(1, 1), request(2, 2, party="BRVO")], tmp_path)
        file = known.snapshot.days(STREAM)[FIRST].main
        rows, place, two = pq.read_table(file), 3, pa.scalar(2, pa.int32())
        assert rows.column_names[place] == "party"
        changed = {
            "other type": rows.set_column(place, "party", rows["party"].cast(pa.int64())),
            "no such column": rows.drop(["party"]),
            "code without label": rows.set_column(place, "party", pc.add(rows["party"], two)),
        }
        pq.write_table(changed[change], file)

        found = contiguous.sums(known, {day: [self.sec.measures[KEY]] for day in (FIRST, JULY.days()[1])})

        assert list(found) == [JULY.days()[1]]

    def test_are_added_up_on_the_way_where_hardly_two_rows_lie_side_by_side(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        book = with_measure(self.sec, KEY, by=("outcome",))
        said = ("success", "failure")
        rows = [request(number, srv=f"1.{number // 2}", outcome=said[number % 2]) for number in range(40)]
        known = kept(book, rows, tmp_path)
        monkeypatch.setattr(contiguous, "BATCH", 1)
        added = noting(monkeypatch, contiguous, "_together")

        found = by_runs(known, book.measures[KEY])

        assert max(len(parts) for (parts,) in added) < 10
        assert found["held"].to_pylist() == [20, 20]


def with_more_columns_than_were_sent(book: Rulebook) -> Rulebook:
    columns = book.streams[STREAM].columns
    return with_stream(book, STREAM, columns={**columns, "again": columns["outcome"]})


DECLINED = {
    "another kind": lambda book: replace(book, measures={KEY: book.measures["SUCCESS-READS"]}),
    "a limit in days": lambda book: with_limit(book, unit="day"),
    "a limit in working days": lambda book: with_limit(book, unit="working_day"),
    "a stream that is not cut into days": lambda book: with_stream(book, STREAM, partition="none"),
    "a clock that starts at another instant": lambda book: with_measure(book, KEY, from_="forwarded_at"),
    "a day of another instant": lambda book: with_measure(book, KEY, at="forwarded_at"),
    "a clock that ends where it starts": lambda book: with_measure(book, KEY, to="received_at"),
    "an end that is no instant": lambda book: with_measure(book, KEY, to="outcome"),
    "groups by an id": lambda book: with_measure(book, KEY, by=("request_id",)),
    "bounds as a condition": lambda book: with_measure(book, KEY, where={"mode": AtLeastAtMost(at_least=1)}),
    "a limit by fewer columns than its table": lambda book: with_measure(
        book, KEY, limit=Limit(parameter="trt", by=("srv",))
    ),
    "rows of several layouts": with_more_columns_than_were_sent,
}


class TestCanSum:
    def test_is_so_of_a_plain_share_within_a_limit(self, sec: Rulebook, tmp_path: Path) -> None:
        assert contiguous.can_sum(kept(sec, [request(1)], tmp_path), sec.measures[KEY])

    @pytest.mark.parametrize("why", DECLINED)
    def test_is_not_so_of(self, sec: Rulebook, tmp_path: Path, why: str) -> None:
        known = replace(kept(sec, [request(1)], tmp_path), rulebook=DECLINED[why](sec))

        assert not contiguous.can_sum(known, known.rulebook.measures[KEY])

    @pytest.mark.parametrize("most", ["LARGEST_KEY", "LARGEST_TABLE"])
    def test_is_not_so_of_more_groups_or_limits_than_can_be_numbered(
        self, sec: Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: str
    ) -> None:
        known = kept(sec, [request(1)], tmp_path)

        monkeypatch.setattr(contiguous, most, 3)

        assert not contiguous.can_sum(known, sec.measures[KEY])

    @pytest.mark.parametrize(("stream", "can"), [(STREAM, False), ("alerts", True)])
    def test_is_not_so_of_a_stream_with_rows_on_the_exception_list(
        self, sec: Rulebook, tmp_path: Path, stream: str, *, can: bool
    ) -> None:
        listed = {"stream": stream, "row_key": "R1", "reason": "Trial", "approved_by": "Panel"}
        sent = {name: str(cell) for name, cell in request(1).items()}

        known = known_of(sec, tmp_path, service_requests=[sent], exceptions=[listed])

        assert contiguous.can_sum(known, sec.measures[KEY]) == can


def told(table: pa.Table) -> dict[Any, Any]:
    """Return the sums and when they change, but not whether anything depends on the day of knowledge.

    A query over days of which some are not settled yet says so of any row without an end.
    """
    return {group: (*sums[: len(SUMS)], sums[-1]) for group, sums in added_up(table).items()}


class TestDaily:
    """Through the door that all others use: settled days by runs, the rest by query."""

    @pytest.fixture
    def world(self, sec: Rulebook, tmp_path: Path) -> World:
        world = World(sec, tmp_path)
        rows = [
            request(number, day, (9, None, 40)[number % 3], srv=("1.1.1", "4.8.1")[number % 2])
            for number, day in enumerate(range(1, 10))
        ]
        told = [{name: "" if cell is None else str(cell) for name, cell in row.items()} for row in rows]
        world.send(STREAM, told, "2021-07-09")
        return world

    @pytest.mark.parametrize("keeping", [True, False])
    @pytest.mark.parametrize("many", [1, 1_000_000])
    @pytest.mark.parametrize("beside", [(), ("DSP-PM1.1", "SUCCESS-READS")])
    def test_gives_what_the_query_gives(
        self,
        world: World,
        monkeypatch: pytest.MonkeyPatch,
        beside: tuple[str, ...],
        *,
        keeping: bool,
        many: int,
    ) -> None:
        monkeypatch.setattr(evaluate, "MANY_ROWS", many)
        measures = [world.book.measures[key] for key in (KEY, *beside)]
        found = daily_many(world.known("2021-07-09", keeping=keeping), measures, JULY)

        monkeypatch.setattr(contiguous, "can_sum", lambda *_: False)

        expected = daily_many(world.known("2021-07-09", keeping=False), measures, JULY)
        assert [told(found[one.key]) for one in measures] == [told(expected[one.key]) for one in measures]
        assert len(added_up(found[KEY])) == 9

    @pytest.mark.parametrize(("many", "asked"), [(1_000_000, [(2, 9)]), (1, [(1, 6), (2, 3)])])
    def test_asks_again_only_where_much_would_be_summed_in_vain(
        self, sec: Rulebook, world: World, monkeypatch: pytest.MonkeyPatch, many: int, asked: list[Any]
    ) -> None:
        monkeypatch.setattr(evaluate, "MANY_ROWS", many)
        queries = noting(monkeypatch, evaluate, "_sums")

        daily_many(world.known("2021-07-09"), [sec.measures[KEY], sec.measures["SUCCESS-READS"]], JULY)

        assert [(len(sheets), len(days)) for _, sheets, days in queries[: len(asked)]] == asked

    def test_asks_no_query_where_every_day_is_settled(self, sec: Rulebook, world: World) -> None:
        world.connection = None

        found = daily_many(world.known("2021-09-30"), [sec.measures[KEY]], JULY)

        assert sum(row["denominator"] for row in found[KEY].to_pylist()) == 9

    def test_asks_the_query_for_a_day_that_was_left_out(
        self, sec: Rulebook, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        expected = daily_many(world.known("2021-09-30", keeping=False), [sec.measures[KEY]], JULY)
        sums = contiguous.sums
        monkeypatch.setattr(
            contiguous, "sums", lambda *these: {day: one for day, one in sums(*these).items() if day != FIRST}
        )

        found = daily_many(world.known("2021-09-30", keeping=False), [sec.measures[KEY]], JULY)

        assert added_up(found[KEY]) == added_up(expected[KEY])
