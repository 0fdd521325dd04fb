import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tallystick.measures.follows_within import follows_within
from tallystick.rulebook.rulebook import Rulebook
from tests.measures.conftest import LONDON, MakeSource, asked


def event(at: Any, activity: str, device: str = "D1", **cells: Any) -> dict[str, Any]:
    return {
        "event_id": f"{device}-{activity}-{at}",
        "device_id": device,
        "device_kind": "esme",
        "party": "ALFA",
        "activity": activity,
        "at": at,
        **cells,
    }


def counts(
    sec: Rulebook,
    make_source: MakeSource,
    rows: list[Any],
    key: str = "AREA-D1",
    known_on: str = "2021-12-31",
) -> tuple[int, int, int]:
    source = make_source("device_events", rows)
    table = follows_within(source, source, sec.measures[key], sec, asked(known_on)).to_pyarrow().to_pylist()
    return tuple(sum(row[f"{name}__"] for row in table) for name in ("numerator", "denominator", "open"))


class TestFollowsWithin:
    @pytest.mark.parametrize(
        ("recycled", "expected"),
        [
            ("2021-07-08T23:59:00+01:00", (1, 1, 0)),
            ("2021-07-09T00:00:00+01:00", (0, 1, 0)),
            ("2021-06-30T00:00:00+01:00", (0, 1, 0)),
        ],
    )
    def test_counts_civil_days_to_the_end_of_the_last(
        self, sec: Rulebook, make_source: MakeSource, recycled: str, expected: tuple[int, int, int]
    ) -> None:
        rows = [
            event("2021-07-01T09:00:00+01:00", "commissioned"),
            event(recycled, "certificates_recycled"),
        ]

        assert counts(sec, make_source, rows) == expected

    @pytest.mark.parametrize(
        ("done", "expected"),
        [
            ("2021-09-03T23:59:59+01:00", (1, 1, 0)),
            ("2021-09-04T12:00:00+01:00", (0, 1, 0)),
            ("2021-09-06T00:00:00+01:00", (0, 1, 0)),
        ],
    )
    def test_steps_over_a_bank_holiday_and_is_late_on_the_saturday_after(
        self, sec: Rulebook, make_source: MakeSource, done: str, expected: tuple[int, int, int]
    ) -> None:
        # Friday 27 August 2021; Monday 30 is a bank holiday; the fourth and fifth working days are 2 and 3.
        removed = event("2021-08-26T15:00:00+01:00", "removed")
        rows = [removed, event(done, "decommissioned")]

        assert counts(sec, make_source, rows, "AREA-E2") == expected

    def test_takes_the_first_response_and_lets_each_trigger_have_its_own(
        self, sec: Rulebook, make_source: MakeSource
    ) -> None:
        rows = [
            event("2021-07-01T09:00:00+01:00", "commissioned"),
            event("2021-07-20T09:00:00+01:00", "commissioned"),
            event("2021-07-21T09:00:00+01:00", "certificates_recycled"),
        ]

        assert counts(sec, make_source, rows) == (1, 2, 0)

    @pytest.mark.parametrize(("known_on", "expected"), [("2021-07-07", (0, 0, 1)), ("2021-07-08", (0, 1, 0))])
    def test_carries_a_duty_until_its_last_day_is_over(
        self, sec: Rulebook, make_source: MakeSource, known_on: str, expected: tuple[int, int, int]
    ) -> None:
        rows = [event("2021-07-01T09:00:00+01:00", "commissioned")]

        assert counts(sec, make_source, rows, known_on=known_on) == expected

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["D1", "D2"]),
                st.sampled_from(["commissioned", "certificates_recycled"]),
                st.integers(0, 24 * 25),
            ),
            max_size=14,
            unique=True,
        ),
        st.integers(0, 40),
    )
    def test_agrees_with_searching_for_each_trigger(
        self, sec: Rulebook, make_source: MakeSource, drawn: list[Any], later: int
    ) -> None:
        start = dt.datetime(2021, 10, 20, tzinfo=dt.UTC)
        rows = [event(start + dt.timedelta(hours=hour), act, device) for device, act, hour in drawn]
        known_on = dt.date(2021, 10, 20) + dt.timedelta(days=later)

        found = counts(sec, make_source, rows, known_on=str(known_on))

        assert found == _one_by_one(rows, known_on)


def _one_by_one(rows: list[dict[str, Any]], known_on: dt.date) -> tuple[int, int, int]:
    numerator = denominator = open_ = 0
    for trigger in (row for row in rows if row["activity"] == "commissioned"):
        last = trigger["at"].astimezone(LONDON).date() + dt.timedelta(days=7)
        answers = [
            row["at"]
            for row in rows
            if row["activity"] == "certificates_recycled"
            and row["device_id"] == trigger["device_id"]
            and row["at"] >= trigger["at"]
        ]
        if answers:
            denominator += 1
            numerator += min(answers).astimezone(LONDON).date() <= last
        elif last <= known_on:
            denominator += 1
        else:
            open_ += 1
    return numerator, denominator, open_
