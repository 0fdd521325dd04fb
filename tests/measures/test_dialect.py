import datetime as dt

import ibis
import pyarrow as pa
import pytest

from tallystick.measures import dialect


class TestEpochUs:
    def test_keeps_every_microsecond(self) -> None:
        moment = dt.datetime(2021, 3, 28, 1, 59, 59, 999_999, tzinfo=dt.UTC)
        table = ibis.memtable(pa.table({"at": pa.array([moment], pa.timestamp("us", "UTC"))}))

        found = table.select(us=dialect.epoch_us(table["at"])).to_pyarrow()["us"].to_pylist()

        assert found == [(moment - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) // dt.timedelta(microseconds=1)]


class TestQuantile:
    @pytest.mark.parametrize(("part", "expected"), [(0.5, 2), (0.75, 3), (0.99, 4), (1.0, 4)])
    def test_is_a_value_that_was_measured(self, part: float, expected: int) -> None:
        table = ibis.memtable(pa.table({"took": [4, 1, 3, 2]}))

        assert table.aggregate(q=dialect.quantile(table.took, part)).to_pyarrow()["q"].to_pylist() == [
            expected
        ]


class TestPlusDays:
    @pytest.mark.parametrize(
        ("days", "expected"), [(0, "2024-02-28"), (2, "2024-03-01"), (-59, "2023-12-31"), (None, None)]
    )
    def test_steps_from_day_to_day(self, days: int | None, expected: str | None) -> None:
        table = ibis.memtable(pa.table({"on": [dt.date(2024, 2, 28)], "days": pa.array([days], pa.int32())}))

        (found,) = (
            table.select(on=dialect.plus_days(table["on"], table["days"])).to_pyarrow()["on"].to_pylist()
        )

        assert (found and str(found)) == expected
