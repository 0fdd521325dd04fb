import datetime as dt
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tallystick.measures.counted import SUMS, collected
from tallystick.measures.share_within import share_within
from tallystick.rulebook.rulebook import Rulebook
from tests.measures.conftest import LONDON, MakeSource, asked

START = dt.datetime(2021, 3, 26, 22, tzinfo=dt.UTC)
SECONDS = {"1.1.1": 30, "4.8.1": 86_400}


def sums(sec: Rulebook, rows: Any, key: str = "DSP-PM1.4", known_on: str = "2021-09-30") -> dict[str, int]:
    atoms = share_within(rows, sec.measures[key], sec, asked(known_on))
    listed = collected(atoms, "received_at__day", ()).to_pylist()
    return {name: sum(row[name] for row in listed) for name in (*SUMS, "doubtful")}


def request(**cells: Any) -> dict[str, Any]:
    return {
        "request_id": "R1",
        "srv": "1.1.1",
        "mode": "on_demand",
        "party": "ALFA",
        "region": "north",
        "received_at": "2021-07-01T10:00:00Z",
        **cells,
    }


class TestShareWithin:
    @pytest.mark.parametrize(
        ("delivered_at", "numerator"),
        [
            ("2021-07-01T10:00:30Z", 1),
            ("2021-07-01T10:00:30.000001Z", 0),
            ("2021-07-01T10:00:31Z", 0),
            ("2021-07-01T10:00:00Z", 1),
        ],
    )
    def test_takes_exactly_the_limit_as_in_time(
        self, sec: Rulebook, make_source: MakeSource, delivered_at: str, numerator: int
    ) -> None:
        rows = make_source("service_requests", [request(delivered_at=delivered_at)])

        found = sums(sec, rows)

        assert (found["numerator"], found["denominator"]) == (numerator, 1)

    @pytest.mark.parametrize("placed", [True, False])
    @pytest.mark.parametrize(
        ("known_on", "denominator", "open_"),
        [("2021-07-02", 1, 0), ("2021-07-01", 0, 1), ("2021-08-30", 1, 0)],
    )
    def test_leaves_an_unanswered_event_open_until_its_limit_has_passed(
        self,
        sec: Rulebook,
        make_source: MakeSource,
        known_on: str,
        denominator: int,
        open_: int,
        *,
        placed: bool,
    ) -> None:
        rows = make_source(
            "service_requests", [request(srv="4.8.1", received_at="2021-07-01T22:59:59Z")], placed=placed
        )

        found = sums(sec, rows, known_on=known_on)

        if placed or not found["doubtful"]:
            assert (found["denominator"], found["open"]) == (denominator, open_)
        else:
            assert found["denominator"] == 0

    def test_holds_a_row_that_the_table_of_limits_has_no_entry_for(
        self, sec: Rulebook, make_source: MakeSource
    ) -> None:
        rows = make_source("service_requests", [request(srv="9.9", delivered_at="2021-07-01T10:00:01Z")])

        found = sums(sec, rows)

        assert (found["denominator"], found["held"]) == (0, 1)

    def test_holds_a_row_from_before_the_limit_was_in_force(
        self, sec: Rulebook, make_source: MakeSource
    ) -> None:
        rows = make_source(
            "service_requests",
            [request(received_at="2012-07-01T10:00:00Z", delivered_at="2012-07-01T10:00:01Z")],
        )

        assert sums(sec, rows)["held"] == 1

    def test_counts_only_what_meets_every_condition(self, sec: Rulebook, make_source: MakeSource) -> None:
        rows = make_source(
            "service_requests",
            [
                request(request_id="R1", delivered_at="2021-07-01T10:00:01Z"),
                request(request_id="R2", mode="scheduled", delivered_at="2021-07-01T10:00:01Z"),
            ],
        )

        assert sums(sec, rows)["denominator"] == 1

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        st.lists(
            st.tuples(
                st.integers(0, 4 * 86_400),
                st.sampled_from(
                    [None, 0, 29_999_999, 30_000_000, 30_000_001, 86_400_000_000, 90_000_000_000]
                ),
                st.sampled_from(["1.1.1", "4.8.1", "9.9"]),
                st.sampled_from(["ALFA", "BRVO"]),
                st.sampled_from(["on_demand", "scheduled"]),
            ),
            max_size=25,
        ),
        st.sampled_from(["2021-03-27", "2021-03-28", "2021-03-29", "2021-09-30"]),
    )
    def test_agrees_with_pandas(
        self, sec: Rulebook, make_source: MakeSource, drawn: list[Any], known_on: str
    ) -> None:
        rows = [
            request(
                request_id=f"R{index}",
                received_at=START + dt.timedelta(seconds=seconds),
                delivered_at=None
                if took is None
                else START + dt.timedelta(seconds=seconds, microseconds=took),
                srv=srv,
                party=party,
                mode=mode,
            )
            for index, (seconds, took, srv, party, mode) in enumerate(drawn)
        ]
        source = make_source("service_requests", rows)
        atoms = share_within(source, sec.measures["DSP-PM1.4"], sec, asked(known_on))

        grouped = collected(atoms, "received_at__day", ("party",)).to_pylist()

        parties = source.labels("party")
        found = {
            (row["day"], parties[row["party"]]): tuple(row[name] for name in SUMS[:4]) for row in grouped
        }
        assert found == _by_pandas(rows, known_on)


def _by_pandas(rows: list[dict[str, Any]], known_on: str) -> dict[Any, Any]:
    frame = pd.DataFrame(rows, columns=["srv", "mode", "party", "received_at", "delivered_at"])
    frame = frame[frame["mode"] == "on_demand"]
    if frame.empty:
        return {}
    received = pd.to_datetime(frame["received_at"], utc=True)
    delivered = pd.to_datetime(frame["delivered_at"], utc=True)
    limit = pd.to_timedelta(frame["srv"].map(SECONDS), unit="s")
    end = (pd.Timestamp(known_on) + pd.Timedelta(days=1)).tz_localize(LONDON)
    known = limit.notna()
    done = delivered.notna()
    passed = (received + limit) < end
    frame = frame.assign(
        day=received.dt.tz_convert(LONDON).dt.date,
        numerator=(known & done & ((delivered - received) <= limit)).astype(int),
        denominator=(known & (done | passed)).astype(int),
        open=(known & ~done & ~passed).astype(int),
        held=(~known).astype(int),
    )
    summed_up = frame.groupby(["day", "party"])[["numerator", "denominator", "open", "held"]].sum()
    return {
        key: tuple(int(cell) for cell in row)
        for key, row in zip(summed_up.index, summed_up.values, strict=True)
    }
