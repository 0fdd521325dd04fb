import datetime as dt

from tallystick.measures.civil import midnight, midnights
from tests.measures.conftest import LONDON

HOUR = 3_600_000_000


class TestMidnights:
    def test_lie_23_hours_apart_in_march_and_25_in_october(self) -> None:
        days = [dt.date(2021, 3, 27), dt.date(2021, 3, 28), dt.date(2021, 10, 31)]

        rows = midnights(days, LONDON).to_pyarrow().to_pylist()

        assert [(row["ends"] - row["starts"]) // HOUR for row in rows] == [24, 23, 25]


class TestMidnight:
    def test_is_an_hour_before_utc_in_summer(self) -> None:
        summer = dt.datetime(2021, 6, 30, 23, tzinfo=dt.UTC)

        assert midnight(dt.date(2021, 7, 1), LONDON) == summer.timestamp() * 1_000_000
