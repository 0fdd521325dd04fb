"""Civil days as instants: midnight to midnight in the code's time zone, 23 to 25 hours apart."""

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

import ibis
import pyarrow as pa
from ibis import Table

ONE_DAY = dt.timedelta(days=1)
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def midnight(day: dt.date, zone: ZoneInfo) -> int:
    """Return the instant the civil day starts, in microseconds since the Unix epoch."""
    start = dt.datetime.combine(day, dt.time(), tzinfo=zone).astimezone(dt.UTC)
    return (start - _EPOCH) // dt.timedelta(microseconds=1)


def midnights(days: Sequence[dt.date], zone: ZoneInfo) -> Table:
    """Return one row for each day: `day`, `starts` and `ends`, in microseconds since the Unix epoch."""
    return ibis.memtable(
        pa.table(
            {
                "day": pa.array(days, pa.date32()),
                "starts": pa.array([midnight(day, zone) for day in days], pa.int64()),
                "ends": pa.array([midnight(day + ONE_DAY, zone) for day in days], pa.int64()),
            }
        )
    )
