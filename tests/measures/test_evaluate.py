import datetime as dt
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tallystick.measures import evaluate
from tallystick.measures.evaluate import daily, daily_many, evidence_days, reading
from tallystick.rulebook.periods import Span
from tallystick.rulebook.rulebook import Rulebook
from tests.measures.test_known import known
from tests.measures.world import IN_MEMORY, World, added_up

JULY = Span(dt.date(2021, 7, 1))
KINDS = ("share_within", "share", "count")


def of_stream(sec: Rulebook, stream: str) -> list[Any]:
    return [one for one in sec.measures.values() if one.kind in KINDS and one.streams == (stream,)]


def request(number: int, day: int, **cells: Any) -> dict[str, Any]:
    return {
        "request_id": f"R{number}",
        "srv": "1.1.1",
        "mode": "on_demand",
        "party": "ALFA",
        "region": "north",
        "received_at": f"2021-07-{day:02}T10:00:00Z",
        **cells,
    }


def alert(number: int, day: int, **cells: Any) -> dict[str, Any]:
    raised = f"2021-07-{day:02}T10:00:00Z"
    return {"alert_id": f"A{number}", "provider": "CSPN", "party": "ALFA", "raised_at": raised, **cells}


def each_alike(world: World, measures: list[Any], on: str) -> bool:
    """Tell whether the measures together, kept and not, are what each is alone."""
    together = [
        daily_many(world.known(on, keeping=keeping), measures, JULY) for keeping in (True, True, False)
    ]
    for measure in measures:
        alone = added_up(daily(world.known(on, keeping=False), measure, JULY))
        assert [added_up(tables[measure.key]) for tables in together] == [alone] * 3
    return True


def noting(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return a list that will say for which evidence days sums were asked, and whether exactly."""
    asked: list[Any] = []
    sums = evaluate._sums

    def noted(known: Any, sheets: Any, days: Any, *, placed: bool) -> Any:
        asked.append((days, placed))
        return sums(known, sheets, days, placed=placed)

    monkeypatch.setattr(evaluate, "_sums", noted)
    return asked


REQUESTS = st.lists(
    st.tuples(
        st.sampled_from(["1.1.1", "4.8.1", "6.23", "9.9"]),
        st.sampled_from(["on_demand", "future_dated", "scheduled"]),
        st.sampled_from(["ALFA", "BRVO"]),
        st.sampled_from(["north", "south"]),
        st.integers(1, 3),
        st.none() | st.sampled_from([0, 30, 31, 86_400]),
        st.none() | st.sampled_from(["success", "failure"]),
    ),
    max_size=12,
)
ALERTS = st.lists(
    st.tuples(
        st.sampled_from(["CSPN", "CSPC", "DSP"]),
        st.sampled_from(["device", "dcc", "power_outage"]),
        st.sampled_from(["ALFA", "BRVO"]),
        st.none() | st.sampled_from([0, 50, 51]),
        st.integers(1, 3),
        st.none() | st.sampled_from([1, 3_000, 60_000]),
    ),
    max_size=12,
)


def after(day: int, seconds: int | None) -> str:
    if seconds is None:
        return ""
    start = dt.datetime(2021, 7, day, 10, tzinfo=dt.UTC)
    return (start + dt.timedelta(seconds=seconds)).isoformat()


class TestDailyMany:
    @pytest.fixture(autouse=True)
    def book(self, sec: Rulebook) -> None:
        self.sec = sec  # an argument would be told in full with every failure

    @settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
    @given(REQUESTS, st.sampled_from(["2021-07-03", "2021-07-20"]))
    def test_of_requests_gives_each_measure_what_it_is_alone(self, drawn: list[Any], on: str) -> None:
        rows = [
            request(
                number,
                day,
                srv=srv,
                mode=mode,
                party=party,
                region=region,
                execute_at="" if mode == "on_demand" else f"2021-07-{day:02}T10:00:00Z",
                forwarded_at=after(day, took),
                delivered_at=after(day, took),
                outcome=outcome or "",
            )
            for number, (srv, mode, party, region, day, took, outcome) in enumerate(drawn)
        ]
        with tempfile.TemporaryDirectory(dir=IN_MEMORY) as folder:
            world = World(self.sec, Path(folder))
            world.send("service_requests", rows, "2021-07-05", "2021-07")

            assert each_alike(world, of_stream(self.sec, "service_requests"), on)

    @settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
    @given(ALERTS)
    def test_of_alerts_gives_each_measure_what_it_is_alone(self, drawn: list[Any]) -> None:
        rows = [
            alert(
                number,
                day,
                provider=provider,
                kind=kind,
                party=party,
                hubs="" if hubs is None else hubs,
                delivered_at=after(day, took),
            )
            for number, (provider, kind, party, hubs, day, took) in enumerate(drawn)
        ]
        with tempfile.TemporaryDirectory(dir=IN_MEMORY) as folder:
            world = World(self.sec, Path(folder))
            world.send("alerts", rows, "2021-07-05", "2021-07")

            assert each_alike(world, of_stream(self.sec, "alerts"), "2021-07-20")

    def test_sums_a_stream_without_partition(self, sec: Rulebook, tmp_path: Path) -> None:
        world = World(sec, tmp_path)
        incident = {"category": "1", "responsible": "DCC", "provider": "CSPN", "status": "open"}
        rows = [
            {"incident_id": f"I{day}", "raised_at": f"2021-07-0{day}T10:00:00Z", **incident} for day in (1, 2)
        ]
        world.send("incidents", rows, "2021-07-05")

        assert each_alike(world, of_stream(sec, "incidents"), "2021-07-20")

    def test_sums_again_only_days_with_rows_in_doubt(
        self, sec: Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        world = World(sec, tmp_path)
        rows = [request(day, day, srv="4.8.1") for day in range(1, 10)]
        world.send("service_requests", rows, "2021-07-09")
        asked = noting(monkeypatch)
        measures = [sec.measures[key] for key in ("DSP-PM1.4", "DSP-PM1.1", "SUCCESS-READS")]
        daily_many(world.known("2021-07-09"), measures, JULY)

        (first, second) = asked
        assert (len(first[0]), first[1]) == (9, False)
        assert second[1]
        assert 0 < len(second[0]) < 9

    def test_reads_nothing_once_everything_is_kept(self, sec: Rulebook, tmp_path: Path) -> None:
        world = World(sec, tmp_path)
        rows = [request(day, day, outcome="success", delivered_at=after(day, 9)) for day in (1, 2, 3)]
        world.send("service_requests", rows, "2021-07-05")
        measures = of_stream(sec, "service_requests")
        first = daily_many(world.known("2021-07-20"), measures, JULY)

        world.connection = None

        again = daily_many(world.known("2021-07-20"), measures, JULY)
        assert {key: added_up(table) for key, table in again.items()} == {
            key: added_up(table) for key, table in first.items()
        }

    def test_sums_only_the_day_that_is_new(
        self, sec: Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        world = World(sec, tmp_path)
        world.send("alerts", [alert(day, day, kind="dcc") for day in (1, 2, 3)], "2021-07-05")
        measures = of_stream(sec, "alerts")
        daily_many(world.known("2021-07-20"), measures, JULY)
        world.send("alerts", [alert(9, 9, kind="dcc")], "2021-07-10")
        asked = noting(monkeypatch)

        tables = daily_many(world.known("2021-07-20"), measures, JULY)

        assert asked == [([dt.date(2021, 7, 9)], False)]
        assert sum(row["denominator"] for row in tables["CSPN-ALERTS"].to_pylist()) == 4

    def test_has_no_rows_of_a_stream_of_which_nothing_is_known(self, sec: Rulebook, tmp_path: Path) -> None:
        world = World(sec, tmp_path)

        tables = daily_many(world.known("2021-07-20"), list(sec.measures.values())[:0], JULY)
        alone = daily(world.known("2021-07-20"), sec.measures["CSPN-ALERTS"], JULY)

        assert tables == {}
        assert alone.num_rows == 0


class TestReading:
    def test_is_shared_by_measures_of_one_stream_and_instant(self, sec: Rulebook) -> None:
        assert reading(sec.measures["DSP-PM1.1"]) == reading(sec.measures["SUCCESS-COS"])
        assert reading(sec.measures["DSP-PM1.1"]) != reading(sec.measures["DSP-PM1.2"])

    def test_is_shared_by_none_that_looks_across_days(self, sec: Rulebook) -> None:
        assert reading(sec.measures["AREA-D1"]) is None


class TestEvidenceDays:
    def test_are_those_of_the_span_where_the_measure_asks_for_the_partition(
        self, sec: Rulebook, tmp_path: Path
    ) -> None:
        world = World(sec, tmp_path)
        world.send("alerts", [alert(1, 1, kind="dcc")], "2021-07-05")
        known = world.known("2021-07-20")

        assert evidence_days(known, sec.measures["CSPN-ALERTS"], JULY) == [dt.date(2021, 7, 1)]
        assert evidence_days(known, sec.measures["CSPN-ALERTS"], JULY.shifted(1)) == []
        assert evidence_days(known, sec.measures["DSP-PM1.2"], JULY) is None


class TestSettledDays:
    """An event past its limit for whoever looks late is open for whoever looks early, kept sums or not."""

    @pytest.mark.parametrize("order", [("2021-12-31", "2021-07-02"), ("2021-07-02", "2021-12-31")])
    def test_do_not_lend_their_sums_to_an_earlier_day(
        self, sec: Rulebook, tmp_path: Path, order: tuple[str, str]
    ) -> None:
        request = {"srv": "4.8.1", "mode": "on_demand", "party": "ALFA", "region": "north"}
        rows = [{**request, "request_id": "R1", "received_at": "2021-07-02T10:00:00Z"}]
        first = known(sec, tmp_path, service_requests=rows)
        july = Span.parse("2021-07")

        found = {}
        for day in order:
            asked = replace(first, known_on=dt.date.fromisoformat(day), partials=tmp_path / "partials")
            table = daily(asked, sec.measures["DSP-PM1.4"], july)
            found[day] = (table["denominator"].to_pylist(), table["open"].to_pylist())

        assert found == {"2021-12-31": ([1], [0]), "2021-07-02": ([0], [1])}
