import datetime as dt
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tallystick.measures.availability import availability
from tallystick.rulebook.periods import Span
from tallystick.rulebook.rulebook import Rulebook
from tests.measures.conftest import LONDON, MakeSource, asked

JULY = Span.parse("2021-07")
MARCH = Span.parse("2021-03")


def outage(**cells: Any) -> dict[str, Any]:
    return {"outage_id": "O1", "service": "SSI", "provider": "DSP", "planned": "no", **cells}


def minutes(sec: Rulebook, rows: Any, span: Span = JULY, known_on: str = "2021-09-30") -> dict[str, int]:
    table = availability(rows, sec.measures["CPM6"], span.days(), LONDON, asked(known_on))
    listed = table.to_pyarrow().to_pylist()
    assert [row["day"] for row in sorted(listed, key=lambda row: row["day"])] == span.days()
    return {name: sum(row[name] for row in listed) for name in ("numerator", "denominator", "open")}


class TestAvailability:
    def test_takes_agreed_maintenance_from_the_minutes_lost(
        self, sec: Rulebook, make_source: MakeSource
    ) -> None:
        rows = make_source(
            "outages",
            [
                outage(from_at="2021-07-05T20:00:00+01:00", to_at="2021-07-05T22:00:00+01:00"),
                outage(
                    outage_id="O2",
                    from_at="2021-07-10T20:00:00+01:00",
                    to_at="2021-07-10T23:00:00+01:00",
                    planned="yes",
                    agreed_by="Panel",
                ),
            ],
        )

        assert minutes(sec, rows) == {"numerator": 44_520, "denominator": 44_640, "open": 0}

    def test_counts_planned_work_that_nobody_agreed(self, sec: Rulebook, make_source: MakeSource) -> None:
        cells = {"from_at": "2021-07-10T20:00:00+01:00", "to_at": "2021-07-10T23:00:00+01:00"}
        rows = make_source("outages", [outage(planned="yes", **cells)])

        assert minutes(sec, rows)["numerator"] == 44_640 - 180

    def test_counts_an_overlap_once_and_cuts_at_civil_midnight(
        self, sec: Rulebook, make_source: MakeSource
    ) -> None:
        rows = make_source(
            "outages",
            [
                outage(from_at="2021-06-30T23:00:00+01:00", to_at="2021-07-01T01:00:00+01:00"),
                outage(
                    outage_id="O2", from_at="2021-07-01T00:30:00+01:00", to_at="2021-07-01T02:00:00+01:00"
                ),
            ],
        )

        assert minutes(sec, rows)["numerator"] == 44_640 - 120

    def test_knows_that_march_is_an_hour_short(self, sec: Rulebook, make_source: MakeSource) -> None:
        rows = make_source(
            "outages", [outage(from_at="2021-03-28T00:00:00+00:00", to_at="2021-03-29T00:00:00+01:00")]
        )

        assert minutes(sec, rows, MARCH) == {"numerator": 44_580 - 23 * 60, "denominator": 44_580, "open": 0}

    def test_runs_an_interval_without_end_to_the_end_of_what_is_known(
        self, sec: Rulebook, make_source: MakeSource
    ) -> None:
        rows = make_source("outages", [outage(from_at="2021-07-30T12:00:00+01:00")])

        found = minutes(sec, rows, known_on="2021-07-30")

        assert found == {"numerator": 44_640 - 720, "denominator": 44_640, "open": 1}

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        st.lists(
            st.tuples(st.integers(-3000, 4000), st.integers(0, 3000), st.booleans()), min_size=1, max_size=8
        )
    )
    def test_agrees_with_marking_every_minute(
        self, sec: Rulebook, make_source: MakeSource, drawn: list[tuple[int, int, bool]]
    ) -> None:
        start = dt.datetime(2021, 3, 26, tzinfo=dt.UTC)
        rows = [
            outage(
                outage_id=f"O{index}",
                from_at=start + dt.timedelta(minutes=begins),
                to_at=start + dt.timedelta(minutes=begins + long),
                planned="yes" if agreed else "no",
                agreed_by="Panel" if agreed else None,
            )
            for index, (begins, long, agreed) in enumerate(drawn)
        ]

        found = minutes(sec, make_source("outages", rows), MARCH)

        assert found["numerator"] == found["denominator"] - _lost_minute_by_minute(rows)


def _lost_minute_by_minute(rows: list[dict[str, Any]]) -> int:
    first = dt.datetime(2021, 3, 1, tzinfo=LONDON).astimezone(dt.UTC)
    last = dt.datetime(2021, 4, 1, tzinfo=LONDON).astimezone(dt.UTC)
    lost: set[dt.datetime] = set()
    agreed: set[dt.datetime] = set()
    for row in rows:
        minute = row["from_at"]
        while minute < row["to_at"]:
            if first <= minute < last:
                lost.add(minute)
                if row["agreed_by"]:
                    agreed.add(minute)
            minute += dt.timedelta(minutes=1)
    return len(lost - agreed)
