import datetime as dt
from collections.abc import Callable

import pytest

from tallystick.demo.plant.devices import last_day

SentRows = Callable[..., list[dict[str, str]]]


class TestLastDay:
    @pytest.mark.parametrize(
        ("measure", "day", "last"),
        [
            ("AREA-D1", dt.date(2021, 7, 8), dt.date(2021, 7, 15)),
            ("AREA-E2", dt.date(2020, 12, 24), dt.date(2021, 1, 5)),
            ("AREA-F", dt.date(2021, 5, 28), dt.date(2021, 6, 1)),
        ],
    )
    def test_counts_civil_or_working_days(self, measure: str, day: dt.date, last: dt.date) -> None:
        assert last_day(measure, day) == last


class TestEvents:
    def test_are_each_of_an_activity_that_the_areas_need(self, sent_rows: SentRows) -> None:
        assert {row["activity"] for row in sent_rows("device_events")} == {
            "installed",
            "commissioned",
            "certificates_recycled",
            "dno_certificate_applied",
            "removed",
            "decommissioned",
            "tenancy_changed",
            "access_restricted",
        }


class TestInventory:
    def test_has_meters_that_touch_and_meters_that_cross(self, sent_rows: SentRows) -> None:
        rows = {row["device_id"]: row for row in sent_rows("inventory")}
        crossed = rows["DEV-EDGE-E0-A"]["until_at"], rows["DEV-EDGE-E0-B"]["from_at"]
        touching = rows["DEV-EDGE-E1-A"]["until_at"], rows["DEV-EDGE-E1-B"]["from_at"]

        assert crossed[0] > crossed[1]
        assert touching[0] == touching[1]
