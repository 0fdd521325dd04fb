from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tallystick.measures.in_place import Wanted, can_be_read, picked
from tallystick.rulebook.measures import AtLeastAtMost, Where
from tallystick.rulebook.rulebook import Rulebook
from tallystick.rulebook.streams import Column
from tests.measures.world import World, event, hub, with_stream

ON = "2021-07-20"
ALL: Where = {}


@pytest.fixture
def world(sec: Rulebook, tmp_path: Path) -> World:
    return World(sec, tmp_path)


@pytest.fixture
def events(world: World) -> World:
    """Two days, on each of which rows of one activity stand apart for their parties."""
    for day in (1, 2):
        rows = [
            event(f"2021-07-{day:02}T{hour:02}:30", activity, f"{party}-{hour}", party=party)
            for party in ("ALFA", "BRVO")
            for hour, activity in ((9, "removed"), (3, "installed"), (23, "removed"))
        ]
        world.send("device_events", rows, "2021-07-09")
    return world


def read(
    world: World, stream: str, where: Where, columns: tuple[str, ...], instants: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return the rows of all days, and see that the engine has the same."""
    known = world.known(ON, keeping=False)
    days = list(known.snapshot.days(stream))
    (found,) = picked(known.snapshot, world.book.streams[stream], [Wanted(days, where, columns, instants)])
    assert list(found) == days
    rows = [row for table in found.values() for row in table.to_pylist()]
    source = known.source(stream, placed=True)
    met = source.over(source.table.filter(source.meets(where)))
    told = {name: met.instant(column) for name, column in instants.items()}
    engine = met.table.select(*columns, **told).to_pyarrow().to_pylist()
    assert sorted(rows, key=str) == sorted(engine, key=str)
    return rows


class TestPicked:
    @pytest.mark.parametrize(
        ("where", "count"),
        [
            (ALL, 12),
            ({"activity": ("removed",)}, 8),
            ({"activity": ("removed", "installed"), "party": ("BRVO",)}, 6),
            ({"activity": ("tenancy_changed",)}, 0),
            ({"activity": ("installed", "tenancy_changed")}, 4),
        ],
    )
    def test_are_the_rows_that_the_engine_finds(self, events: World, where: Where, count: int) -> None:
        columns = ("row", "party", "device_id", "at__day")

        assert len(read(events, "device_events", where, columns, {"start": "at"})) == count

    def test_have_instants_of_other_columns(self, world: World) -> None:
        rows = [hub(day, f"H{day}", 6) for day in (1, 2)]
        world.send("hub_installs", [*rows, {**hub(3, "H3"), "connected_at": ""}], "2021-07-09")

        found = read(
            world, "hub_installs", ALL, ("hub_id",), {"end": "connected_at", "start": "installed_at"}
        )

        assert [row["end"] is None for row in found] == [False, False, True]

    def test_are_those_of_a_stream_that_is_not_cut(self, sec: Rulebook, tmp_path: Path) -> None:
        world = World(
            with_stream(sec, "device_events", partition="none", replaces=(), upsert="key"), tmp_path
        )
        world.send("device_events", [event("2021-07-01T09:00", "removed")], "2021-07-09")

        assert read(world, "device_events", {"activity": ("removed",)}, ("row", "device_id"), {"start": "at"})

    @pytest.mark.parametrize(
        ("bounds", "count"),
        [({"at_least": 5}, 2), ({"at_most": 5}, 2), ({"at_least": 5, "at_most": 5}, 1), ({}, 4)],
    )
    def test_meet_bounds_that_belong_to_it(
        self, sec: Rulebook, tmp_path: Path, bounds: dict[str, int], count: int
    ) -> None:
        world = World(with_count(sec), tmp_path)
        sizes = {"1": "4", "2": "5", "3": "6", "4": ""}
        rows = [event("2021-07-01T09:00", "removed", device, size=size) for device, size in sizes.items()]
        world.send("device_events", rows, "2021-07-09")

        where: Where = {"size": AtLeastAtMost(**bounds)}

        assert len(read(world, "device_events", where, ("device_id", "size"), {})) == count

    def test_have_nothing_in_a_column_that_came_later(self, events: World) -> None:
        events.book = with_count(events.book)
        events.send("device_events", [event("2021-07-05T09:00", "removed", size="7")], "2021-07-10")

        found = read(events, "device_events", {"activity": ("removed",)}, ("size",), {})

        assert [row["size"] for row in found] == [None] * 8 + [7]
        assert len(read(events, "device_events", {"size": AtLeastAtMost(at_least=1)}, ("size",), {})) == 1

    def test_are_wanted_day_by_day(self, events: World) -> None:
        snapshot = events.known(ON).snapshot
        first, second = snapshot.days("device_events")
        some = [Wanted([first], ALL, ("row",), {}), Wanted([first, second], ALL, ("party",), {"start": "at"})]

        found = picked(snapshot, events.book.streams["device_events"], some)

        assert [list(one) for one in found] == [[first], [first, second]]
        assert found[0][first]["row"].to_pylist() == list(range(6))
        assert found[1][second].column_names == ["party", "start"]


def with_count(sec: Rulebook) -> Rulebook:
    stream = sec.streams["device_events"]
    columns = {**stream.columns, "size": Column(type="count", title="Size", required=False)}
    return with_stream(sec, "device_events", columns=columns)


class TestCanBeRead:
    def test_is_said_of_streams_cut_by_an_instant_or_not_at_all(self, sec: Rulebook) -> None:
        whole = with_stream(sec, "device_events", partition="none")

        assert can_be_read(sec.streams["device_events"])
        assert can_be_read(whole.streams["device_events"])

    def test_is_not_said_of_streams_cut_by_a_day(self, sec: Rulebook) -> None:
        assert not can_be_read(with_stream(sec, "coverage", partition="from_on").streams["coverage"])
