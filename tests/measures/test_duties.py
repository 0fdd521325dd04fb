"""Kept duties always say what a computation from nothing says.

`TALLY_DUTIES` says how many stories are told: 6 as a habit, more for assurance.
"""

import datetime as dt
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tallystick.measures import counted
from tallystick.measures import duties as kept_duties
from tallystick.measures.duties import Duties
from tallystick.measures.evaluate import atoms, daily
from tallystick.measures.follows_within import follows_within
from tallystick.rulebook.measures import Limit
from tallystick.rulebook.periods import Span
from tallystick.rulebook.rulebook import Rulebook
from tests.measures.world import IN_MEMORY, World, added_up, event, hub, with_measure, with_stream

STORIES = int(os.environ.get("TALLY_DUTIES", "6"))
JULY = Span(dt.date(2021, 7, 1))
KEY = "AREA-D1"


def started(day: int, *devices: str) -> list[dict[str, Any]]:
    return [event(f"2021-07-{day:02}T09:00", "commissioned", device) for device in devices or ("D1",)]


def ended(day: int, *devices: str, hour: int = 15) -> list[dict[str, Any]]:
    at = f"2021-07-{day:02}T{hour:02}:00"
    return [event(at, "certificates_recycled", device) for device in devices or ("D1",)]


def agrees(world: World, *on: str, key: str = KEY, span: Span = JULY) -> bool:
    """Tell whether the kept sums are those computed from nothing on each day of knowledge.

    On the first they are those of the engine, too.
    """
    measure = world.book.measures[key]
    assert added_up(daily(world.known(on[0]), measure, span)) == added_up(
        by_the_engine(world, on[0], key, span)
    )
    for day in on:
        kept = added_up(daily(world.known(day), measure, span))
        assert kept == added_up(daily(world.known(day, keeping=False), measure, span))
    return True


def by_the_engine(world: World, on: str, key: str, span: Span) -> pa.Table:
    """Return the sums of a measure by joining its two sides, without any files read in place."""
    known, measure = world.known(on, keeping=False), world.book.measures[key]
    if not all(known.has(stream) for stream in measure.streams):
        return counted.empty(measure.groups)
    triggers, responses = (
        known.source(one, placed=True) for one in (measure.stream, measure.response.stream)
    )
    rows = follows_within(triggers, responses, measure, world.book, known.asked)
    day = rows[f"{measure.at}__day"]
    inside = rows.filter(day.between(span.first, span.last))
    return counted.collected(inside, f"{measure.at}__day", measure.groups)


@pytest.fixture
def world(sec: Rulebook, tmp_path: Path) -> World:
    return World(sec, tmp_path)


@dataclass(frozen=True)
class Sending:
    """One file: the events of a day, or the whole month with the day so, or a correction of one event."""

    day: int
    events: Sequence[tuple[str, str, int]]
    received: int
    kind: str


SENDINGS = st.builds(
    Sending,
    st.integers(1, 5),
    st.lists(
        st.tuples(
            st.sampled_from(["D1", "D2"]),
            st.sampled_from(["commissioned", "certificates_recycled"]),
            st.sampled_from([0, 9, 23]),
        ),
        max_size=4,
        unique=True,
    ),
    st.integers(8, 12),
    st.sampled_from(["day", "day", "month", "correction"]),
)


def told(world: World, sendings: Sequence[Sending], check: Callable[[], Any]) -> None:
    """Send the files in turn and check after each."""
    days: dict[int, list[dict[str, Any]]] = {}
    first, corrected = "", ""
    for sending in sendings:
        made = [
            event(f"2021-07-{sending.day:02}T{hour:02}:00", act, device)
            for device, act, hour in sending.events
        ]
        on = f"2021-07-{sending.received:02}"
        if sending.kind == "correction" and made and first:
            world.send("device_events", [{**made[0], "event_id": corrected}], on, correction_of=first)
        elif sending.kind == "month":
            days[sending.day] = made
            world.send("device_events", [row for day in days.values() for row in day], on, "2021-07")
        elif made:
            days[sending.day] = made
            sent = world.send("device_events", made, on).submission.id
            first, corrected = first or sent, corrected or made[0]["event_id"]
        check()


class TestDuties:
    @pytest.fixture(autouse=True)
    def book(self, sec: Rulebook) -> None:
        self.sec = sec  # an argument would be told in full with every failure

    @settings(
        max_examples=STORIES,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(st.lists(SENDINGS, min_size=2, max_size=5), st.integers(8, 12))
    def test_are_those_of_a_computation_from_nothing_after_every_file(
        self, sendings: list[Sending], earlier: int
    ) -> None:
        with tempfile.TemporaryDirectory(dir=IN_MEMORY) as folder:
            world = World(self.sec, Path(folder))

            told(world, sendings, lambda: agrees(world, "2021-07-12"))

            assert agrees(world, f"2021-07-{earlier:02}", "2021-08-20", "2021-07-12")

    def test_change_only_where_a_late_response_changes_them(self, world: World) -> None:
        for day in range(1, 9):
            world.send("device_events", started(day, f"D{day}", f"E{day}"), "2021-07-20")
        assert agrees(world, "2021-07-20")
        duties, sums = world.files("duties"), world.files("partials")

        world.send("device_events", ended(9, "D3"), "2021-07-21")

        assert agrees(world, "2021-07-21")
        written = {name for name in world.files("duties").keys() - duties.keys() if "states" not in name}
        assert sorted(name.split("/")[2] for name in written) == [
            "response_day=2021-07-09",
            "trigger_day=2021-07-03",
        ]
        # of the days that stand, one changed; the day of the late file itself has no triggers
        assert len(world.files("partials").keys() - sums.keys()) == 2

    def test_of_days_that_a_restated_day_does_not_touch_stand(self, world: World) -> None:
        for day in range(1, 6):
            world.send("device_events", started(day, f"D{day}") + ended(day, f"D{day - 1}"), "2021-07-20")
        assert agrees(world, "2021-07-20")
        duties = world.files("duties")

        world.send("device_events", started(4, "D4") + ended(4, "D3", hour=16), "2021-07-21")

        assert agrees(world, "2021-07-21")
        written = {name.split("/")[2] for name in world.files("duties").keys() - duties.keys()}
        assert written == {"states", "trigger_day=2021-07-03", "response_day=2021-07-04"}

    def test_are_searched_for_again_where_their_discharge_is_withdrawn(self, world: World) -> None:
        world.send("device_events", started(1), "2021-07-20")
        world.send("device_events", ended(3), "2021-07-20")
        world.send("device_events", ended(5), "2021-07-20")
        assert agrees(world, "2021-07-20")

        world.send("device_events", ended(3, "D9"), "2021-07-21")

        assert agrees(world, "2021-07-21", "2021-07-20")
        measure: Any = world.book.measures[KEY]
        duties = Duties.of(world.known("2021-07-21"), measure)
        assert duties is not None
        rows = duties.rows(None, placed=False)
        assert rows.table.discharged__day.to_pyarrow().to_pylist() == [dt.date(2021, 7, 5)]

    def test_take_the_next_answer_though_a_changed_day_has_a_later_one(self, world: World) -> None:
        world.send("device_events", started(1), "2021-07-20")
        world.send("device_events", ended(3), "2021-07-20")
        world.send("device_events", ended(5), "2021-07-20")
        assert agrees(world, "2021-07-20")

        world.send("device_events", ended(3, "D9") + ended(9), "2021-07-21")

        assert agrees(world, "2021-07-21")

    def test_leave_with_the_day_of_their_trigger(self, world: World) -> None:
        world.send("device_events", started(1), "2021-07-20")
        world.send("device_events", started(2, "D2") + ended(2), "2021-07-20")
        assert agrees(world, "2021-07-20")

        world.send("device_events", started(2, "D2") + ended(2), "2021-07-21", "2021-07")

        assert agrees(world, "2021-07-21", "2021-07-20")

    def test_have_their_lines_from_what_is_kept(self, world: World) -> None:
        measure = world.book.measures[KEY]
        world.send("device_events", started(1, "D1", "D2") + ended(1, "D2"), "2021-07-20")
        agrees(world, "2021-07-20")

        both = [
            atoms(world.known("2021-07-20", keeping=keeping), measure, None, placed=True).to_pyarrow()
            for keeping in (True, False)
        ]

        columns = ["event_id", "numerator__", "denominator__", "discharged"]
        kept, anew = (sorted(table.select(columns).to_pylist(), key=str) for table in both)
        assert kept == anew
        assert len(kept) == 2

    def test_need_no_folder_to_be_kept_in(self, world: World) -> None:
        world.send("device_events", started(1, "D1", "D2") + ended(1, "D2"), "2021-07-20")
        world.send("device_events", started(2) + ended(4), "2021-07-20")
        duties = Duties.of(world.known("2021-07-20", keeping=False), world.book.measures[KEY])
        assert duties is not None

        rows = duties.rows([dt.date(2021, 7, 1), dt.date(2021, 7, 9)], placed=False).table.to_pyarrow()

        assert rows["discharged__day"].to_pylist() == [dt.date(2021, 7, 4), dt.date(2021, 7, 1)]
        assert not world.files("duties")

    def test_of_more_events_than_memory_should_hold_are_left_to_the_engine(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        world.send("device_events", started(1, "D1", "D2") + ended(1, "D2"), "2021-07-20")
        measure = world.book.measures[KEY]
        in_memory = added_up(daily(world.known("2021-07-20", keeping=False), measure, JULY))
        monkeypatch.setattr(kept_duties, "MOST_IN_MEMORY", 2)

        assert Duties.of(world.known("2021-07-20", keeping=False), measure) is None
        assert added_up(daily(world.known("2021-07-20", keeping=False), measure, JULY)) == in_memory

    def test_leave_exceptions_to_their_sums(self, world: World) -> None:
        world.send("device_events", started(1, "D1", "D2"), "2021-07-20")
        agrees(world, "2021-07-20")
        duties = world.files("duties")
        listed = {"stream": "device_events", "row_key": started(1)[0]["event_id"], "reason": "R"}

        world.send("exceptions", [{**listed, "approved_by": "P"}], "2021-07-21")

        assert agrees(world, "2021-07-21")
        assert world.files("duties") == duties
        ((left_out, *_),) = [
            counts[4:]
            for counts in added_up(daily(world.known("2021-07-21"), world.book.measures[KEY], JULY)).values()
        ]
        assert left_out == 1


def by_hours(sec: Rulebook) -> Rulebook:
    return with_measure(sec, KEY, limit=Limit(parameter="trt_firmware"))


def answered_by_another_column(sec: Rulebook) -> Rulebook:
    response = sec.measures["AREA-C"].response
    return with_measure(sec, "AREA-C", response=response.model_copy(update={"at": "connected_at"}))


def asked_by_another_column(sec: Rulebook) -> Rulebook:
    changed = with_measure(
        sec, "AREA-C", stream="hub_installs", at="connected_at", match={"hub_id": "device_id"}
    )
    response = {"stream": "device_events", "at": "at", "where": {"activity": ["removed"]}}
    measure = changed.measures["AREA-C"]
    return with_measure(
        changed,
        "AREA-C",
        where={},
        by=("party", "day"),
        response=type(measure.response)(**response),
    )


def answered_by_labels(sec: Rulebook) -> Rulebook:
    return with_measure(sec, "AREA-C", match={"party": "area"})


def undivided(*streams: str) -> Callable[[Rulebook], Rulebook]:
    def changed(sec: Rulebook) -> Rulebook:
        for stream in streams:
            sec = with_stream(sec, stream, partition="none", replaces=(), upsert="key")
        return sec

    return changed


class TestDutiesOfOtherShapes:
    @pytest.mark.parametrize("change", [by_hours, undivided("device_events")])
    def test_in_one_stream_agree(self, sec: Rulebook, tmp_path: Path, change: Any) -> None:
        world = World(change(sec), tmp_path)
        world.send("device_events", started(1) + ended(2, "D2"), "2021-07-05")
        world.send("device_events", started(1, "D2"), "2021-07-06")
        assert agrees(world, "2021-07-06")

        world.send("device_events", ended(3) + ended(3, "D2", hour=8), "2021-07-07")

        assert agrees(world, "2021-07-07", "2021-07-05")

    @pytest.mark.parametrize(
        "change",
        [
            answered_by_another_column,
            asked_by_another_column,
            answered_by_labels,
            undivided("hub_installs"),
            undivided("device_events"),
            undivided("hub_installs", "device_events"),
        ],
    )
    def test_of_two_streams_agree(self, sec: Rulebook, tmp_path: Path, change: Any) -> None:
        world = World(change(sec), tmp_path)
        hubs = {"device_kind": "hub", "provider": "CSPN"}
        installed = [event(f"2021-07-0{day}T09:00", "installed", f"H{day}", **hubs) for day in (1, 2, 3)]
        world.send("device_events", installed, "2021-07-10")
        first = [hub(1, "H1", 6), hub(1, "H2", 2, area="BRVO"), hub(1, "H9", area="AAAA")]
        world.send("hub_installs", first, "2021-07-10")
        assert agrees(world, "2021-07-10", key="AREA-C")

        removed = event("2021-07-06T12:00", "removed", "H1", party="BRVO", **hubs)
        again = event("2021-07-06T12:00", "installed", "H4", **{**hubs, "party": "BRVO"})
        world.send("device_events", [removed, again], "2021-07-11")
        world.send("hub_installs", [hub(2, "H1", 3), hub(2, "H3"), hub(7, "H4", area="BRVO")], "2021-07-12")

        assert agrees(world, "2021-07-12", "2021-07-10", key="AREA-C")


class TestWhatIsKept:
    @pytest.fixture
    def filled(self, world: World) -> World:
        for day in range(1, 4):
            world.send("device_events", started(day, f"D{day}") + ended(day, f"D{day - 1}"), "2021-07-10")
        agrees(world, "2021-07-10")
        world.send("device_events", ended(5, "D3"), "2021-07-11")
        return world

    @pytest.mark.parametrize("what", ["trigger_day", "response_day", "states"])
    @pytest.mark.parametrize("left", [40, None])
    def test_is_made_again_where_it_is_damaged_or_gone(
        self, filled: World, what: str, left: int | None
    ) -> None:
        files = [path for path in (filled.store.root / "duties").rglob(f"{what}*/*") if path.is_file()]
        assert files
        for path in files:
            if left is None:
                path.unlink()
            else:
                path.write_bytes(path.read_bytes()[:left])

        assert agrees(filled, "2021-07-11", "2021-07-10")

    def test_is_made_again_where_only_sums_are_gone_and_duties_damaged(self, filled: World) -> None:
        agrees(filled, "2021-07-11")
        for path in (filled.store.root / "duties").rglob("*.parquet"):
            path.write_bytes(path.read_bytes()[:-1] + b"?")
        for path in (filled.store.root / "partials").rglob("*.sums"):
            path.unlink()

        assert agrees(filled, "2021-07-11")

    def test_may_be_nothing_at_all(self, world: World) -> None:
        (world.store.root).mkdir(exist_ok=True)
        (world.store.root / "duties").write_text("no folder can be made here")
        world.send("device_events", started(1) + ended(3), "2021-07-10")

        assert agrees(world, "2021-07-10")

    def test_is_left_alone_by_a_second_asking(self, filled: World) -> None:
        agrees(filled, "2021-07-11")
        duties, sums = filled.files("duties"), filled.files("partials")

        agrees(filled, "2021-07-11", "2021-07-10")

        assert (filled.files("duties"), filled.files("partials")) == (duties, sums)
