import datetime as dt
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tallystick.measures.no_overlap import no_overlap
from tallystick.rulebook.rulebook import Rulebook
from tests.measures.conftest import MakeSource

START = dt.datetime(2021, 7, 1, tzinfo=dt.UTC)


def entry(device: str, begins: int, ends: int | None, mpxn: str | None = "M1") -> dict[str, Any]:
    return {
        "device_id": device,
        "from_at": START + dt.timedelta(hours=begins),
        "until_at": None if ends is None else START + dt.timedelta(hours=ends),
        "mpxn": mpxn,
        "device_kind": "esme",
        "party": "ALFA",
        "model": "X",
        "firmware": "1",
    }


def failed(sec: Rulebook, make_source: MakeSource, rows: list[dict[str, Any]]) -> set[tuple[str, int]]:
    table = no_overlap(make_source("inventory", rows), sec.measures["AREA-E1"]).to_pyarrow().to_pylist()
    origin = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    hours = [
        (
            row["device_id"],
            (origin + dt.timedelta(microseconds=row["from_at"]) - START) // dt.timedelta(hours=1),
        )
        for row in table
        if row["numerator__"] < row["denominator__"]
    ]
    return set(hours)


class TestNoOverlap:
    def test_finds_the_later_of_two_that_run_at_once(self, sec: Rulebook, make_source: MakeSource) -> None:
        rows = [entry("D1", 0, 10), entry("D2", 5, 20)]

        assert failed(sec, make_source, rows) == {("D2", 5)}

    def test_lets_ends_touch(self, sec: Rulebook, make_source: MakeSource) -> None:
        assert failed(sec, make_source, [entry("D1", 0, 10), entry("D2", 10, None)]) == set()

    def test_lets_one_device_say_more_of_itself(self, sec: Rulebook, make_source: MakeSource) -> None:
        assert failed(sec, make_source, [entry("D1", 0, None), entry("D1", 5, None)]) == set()

    def test_lets_an_open_interval_run_on(self, sec: Rulebook, make_source: MakeSource) -> None:
        assert failed(sec, make_source, [entry("D1", 0, None), entry("D2", 500, None)]) == {("D2", 500)}

    def test_does_not_count_a_device_without_a_supply_point(
        self, sec: Rulebook, make_source: MakeSource
    ) -> None:
        rows = [entry("D1", 0, None, None), entry("D2", 5, None, None)]

        assert failed(sec, make_source, rows) == set()

    @settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["D1", "D2", "D3"]),
                st.integers(0, 12),
                st.one_of(st.none(), st.integers(0, 6)),
                st.sampled_from(["M1", "M2"]),
            ),
            max_size=10,
            unique_by=lambda drawn: (drawn[0], drawn[1]),
        )
    )
    def test_agrees_with_looking_at_every_pair(
        self, sec: Rulebook, make_source: MakeSource, drawn: list[Any]
    ) -> None:
        rows = [
            entry(device, begins, None if long is None else begins + long, mpxn)
            for device, begins, long, mpxn in drawn
        ]

        found = failed(sec, make_source, rows)

        crossed = set()
        for mine in rows:
            for other in rows:
                earlier = (other["from_at"], other["device_id"]) < (mine["from_at"], mine["device_id"])
                running = other["until_at"] is None or other["until_at"] > mine["from_at"]
                if (
                    other["mpxn"] == mine["mpxn"]
                    and other["device_id"] != mine["device_id"]
                    and earlier
                    and running
                ):
                    crossed.add((mine["device_id"], (mine["from_at"] - START) // dt.timedelta(hours=1)))
        assert found == crossed
