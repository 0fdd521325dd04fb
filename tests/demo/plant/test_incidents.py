import re
from collections.abc import Callable

from tallystick.demo.plant.year import Planted

SentRows = Callable[..., list[dict[str, str]]]


class TestIncidents:
    def test_are_named_as_the_log_names_them(self, sent_rows: SentRows) -> None:
        rows = sent_rows("incidents")

        assert all(re.fullmatch(r"INC\d{12}", row["incident_id"]) for row in rows)
        assert {row["change_id"] for row in rows} == {"", "CRQ000000133717"}

    def test_of_the_failed_change_failed_on_its_day(self, sent_rows: SentRows, planted: Planted) -> None:
        caused = [row for row in sent_rows("incidents", "2021-07") if row["change_id"]]
        late = {line.key for line in planted.truth.lines if line.measure in ("CPM4", "CPM5")}

        assert {row["raised_at"][:10] for row in caused} == {"2021-07-15"}
        assert {row["category"]: row["incident_id"] in late for row in caused} == {
            "1": True,
            "2": False,
            "3": True,
        }

    def test_leave_both_sides_where_they_are_excluded(self, planted: Planted) -> None:
        (july,) = (row for row in planted.truth.figures if (row.measure, row.period) == ("CPM4", "2021-07"))

        assert july.excluded == 2

    def test_are_written_in_local_time_and_twice_in_doubt(self, sent_rows: SentRows) -> None:
        raised = {row["raised_at"] for row in sent_rows("incidents")}

        naive = {at for at in raised if not re.search(r"[+-]\d\d:\d\d$|Z$", at)}

        assert naive == raised
        assert {"2020-10-25T01:30:00", "2021-03-28T01:30:00"} <= naive


class TestAnomalies:
    def test_of_july_were_nearly_all_made_by_the_change(self, sent_rows: SentRows) -> None:
        days = [row["detected_at"][:10] for row in sent_rows("anomalies", "2021-07")]

        assert sum(day in ("2021-07-15", "2021-07-16") for day in days) / len(days) > 0.9
