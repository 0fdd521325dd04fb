from pathlib import Path
from typing import Any

import pytest

from tallystick.measures import duty_rows
from tallystick.measures.duty_rows import DutyRows
from tallystick.rulebook.rulebook import Rulebook
from tests.measures.world import World, event

ON = "2021-07-20"


@pytest.fixture
def world(sec: Rulebook, tmp_path: Path) -> World:
    world = World(sec, tmp_path)
    for day in (1, 2):
        rows = [
            event(f"2021-07-{day:02}T{hour:02}:00", activity, device)
            for hour, activity in ((9, "commissioned"), (12, "certificates_recycled"))
            for device in ("D1", "D2")
        ]
        world.send("device_events", rows, "2021-07-10")
    return world


@pytest.fixture
def rows(world: World) -> DutyRows:
    measure: Any = world.book.measures["AREA-D1"]
    return DutyRows(world.known(ON, keeping=False), measure)


def days_of(world: World) -> list[Any]:
    return list(world.known(ON).snapshot.days("device_events"))


class TestDutyRows:
    def test_are_the_same_by_either_way(
        self, world: World, rows: DutyRows, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        days = days_of(world)
        in_place = rows.triggered(days), rows.answered(days)

        monkeypatch.setattr(duty_rows, "can_be_read", lambda _: False)
        by_engine = rows.triggered(days), rows.answered(days)

        for mine, its in zip(in_place, by_engine, strict=True):
            assert list(mine) == list(its) == days
            for day in days:
                columns = its[day].column_names
                assert sorted(mine[day].select(columns).to_pylist(), key=str) == sorted(
                    its[day].to_pylist(), key=str
                )
                assert len(its[day]) == 2

    def test_of_both_sides_carry_what_is_counted(self, world: World, rows: DutyRows) -> None:
        days = days_of(world)

        triggers, answers = rows.both(days[1:], days)

        assert list(triggers) == days[1:]
        assert list(answers) == days
        assert {*rows.counted, "row", "device_id", "trigger__"} == {*triggers[days[1]].column_names}
        assert rows.counted_of(days[1:])[days[1]]["row"] == triggers[days[1]]["row"]
