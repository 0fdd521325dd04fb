import datetime as dt
from zoneinfo import ZoneInfo

import pyarrow as pa

from tallystick.evidence.civil_time import CivilTime
from tallystick.evidence.doubts import Doubts
from tallystick.evidence.plan import ColumnPlan, HoldPlan, Plan, microseconds

RECEIVED = dt.datetime(2021, 7, 1, 22, 30, tzinfo=dt.UTC)  # 23:30 in London
DAY = dt.timedelta(days=1)


def doubts(columns: dict[str, pa.Array], *holds: HoldPlan, partition: str = "") -> list[tuple[int, str, str]]:
    kinds = {
        pa.string(): "text",
        pa.int64(): "count",
        pa.date32(): "day",
        pa.timestamp("us", "UTC"): "instant",
    }
    plan = Plan(
        stream="s",
        format="csv",
        columns=tuple(ColumnPlan(name, kinds[column.type]) for name, column in columns.items()),
        row_key=(next(iter(columns)),),
        time_zone="Europe/London",
        received_at=microseconds(RECEIVED),
        partition=partition,
        holds=holds,
    )
    found = Doubts(plan, CivilTime(ZoneInfo("Europe/London"))).flaws(columns)
    return [(flaw.place, flaw.column, flaw.what) for flaw in found]


def instants(*times: dt.datetime | None) -> pa.Array:
    return pa.array(times, pa.timestamp("us", "UTC"))


class TestDoubts:
    def test_are_of_what_lies_ahead_of_the_receipt(self) -> None:
        columns = {"at": instants(RECEIVED, RECEIVED + dt.timedelta(microseconds=1), None)}

        assert doubts(columns, partition="at") == [(1, "at", "later than the file was received")]

    def test_of_days_are_by_the_civil_day_of_the_receipt(self) -> None:
        columns = {"on": pa.array([RECEIVED.date(), RECEIVED.date() + DAY], pa.date32())}

        assert [place for place, *_ in doubts(columns, partition="on")] == [1]

    def test_are_not_of_what_lies_ahead_by_nature(self) -> None:
        columns = {"due_on": pa.array([RECEIVED.date() + DAY], pa.date32())}

        assert doubts(columns, partition="due_on") == []

    def test_pass_over_empty_steps(self) -> None:
        early, late = RECEIVED - 2 * DAY, RECEIVED - DAY
        columns = {
            "one": instants(late, late, None, late),
            "two": instants(None, early, early, late),
            "three": instants(early, None, late, late),
        }
        hold = HoldPlan(in_order=("one", "two", "three"), because="steps run on")

        assert doubts(columns, hold) == [(1, "two", "steps run on"), (0, "three", "steps run on")]

    def test_compare_a_day_with_the_civil_day_of_an_instant(self) -> None:
        night = dt.datetime(2021, 6, 30, 23, 30, tzinfo=dt.UTC)  # already July in London
        columns = {"on": pa.array([dt.date(2021, 7, 1)] * 2, pa.date32()), "at": instants(night, night - DAY)}
        hold = HoldPlan(in_order=("on", "at"), because="steps run on")

        assert doubts(columns, hold) == [(1, "at", "steps run on")]

    def test_are_of_parts_and_sums(self) -> None:
        columns = {
            "part": pa.array([1, 3, None, 2], pa.int64()),
            "rest": pa.array([1, 0, 1, 2], pa.int64()),
            "whole": pa.array([2, 2, 0, 3], pa.int64()),
        }
        most = HoldPlan(at_most=("part", "whole"), because="a part is less")
        sums = HoldPlan(sums_to=("part", "rest", "whole"), because="parts make a whole")

        assert doubts(columns, most, sums) == [
            (1, "part", "a part is less"),
            (1, "whole", "parts make a whole"),
            (3, "whole", "parts make a whole"),
        ]

    def test_spare_the_rows_that_carry_a_label(self) -> None:
        columns = {
            "report": pa.array(["RPT-CSR", "RPT-PMR", None]),
            "part": pa.array([3, 3, 3], pa.int64()),
            "whole": pa.array([2, 2, 2], pa.int64()),
        }
        hold = HoldPlan(at_most=("part", "whole"), unless=(("report", ("RPT-CSR",)),), because="too many")

        assert [place for place, *_ in doubts(columns, hold)] == [1, 2]
