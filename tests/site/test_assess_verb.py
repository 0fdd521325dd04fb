import csv
import io
import json
from pathlib import Path

from tests.site.conftest import Tally

MONTH = ("--period", "2021-07", "--as-known-on", "2021-09-28")


class TestAssess:
    def test_grades_what_the_papers_report(self, received: Tally) -> None:
        result = received("assess", *MONTH, "--json")

        said = json.loads(result.output)
        states = {one["measure"]: one["state"] for one in said["measures"] if not one["group"]}
        assert {
            key: states[key] for key in ("CPM1", "CSPN-PM2", "CSPN-PM3.1", "DSP-PM11", "S1SP-DXC-PM1.1")
        } == {
            "CPM1": "below_target",
            "CSPN-PM2": "below_minimum",
            "CSPN-PM3.1": "below_target",
            "DSP-PM11": "below_minimum",
            "S1SP-DXC-PM1.1": "not_reported",
        }
        assert said["code"] == "sec"

    def test_gives_equal_bytes_for_equal_inputs(self, received: Tally) -> None:
        assert received("assess", *MONTH, "--json").output == received("assess", *MONTH, "--json").output

    def test_knew_nothing_before_the_report_came(self, received: Tally) -> None:
        result = received("assess", "--period", "2021-07", "--as-known-on", "2021-09-02", "--json")

        states = {one["measure"]: one["state"] for one in json.loads(result.output)["measures"]}
        assert states["CPM1"] == "not_reported"

    def test_writes_a_table_a_csv_and_a_page(self, received: Tally, tmp_path: Path) -> None:
        table = received("assess", *MONTH, "--html", str(tmp_path / "month.html"))
        rows = list(csv.DictReader(io.StringIO(received("assess", *MONTH, "--csv").output)))

        assert "CPM1" in table.output
        assert "97.13%" in table.output
        assert "<title>" in (tmp_path / "month.html").read_text(encoding="utf-8")
        assert "97.13" in {row["share"] for row in rows if row["measure"] == "CPM1"}

    def test_names_the_drill_downs_there_are(self, received: Tally) -> None:
        result = received("assess", *MONTH, "--by", "regoin")

        assert result.exit_code == 2
        assert "region" in result.output

    def test_asks_for_a_month(self, received: Tally) -> None:
        assert received("assess", "--period", "2021-Q3").exit_code == 2
        assert received("assess", "--period", "2021-13").exit_code == 2

    def test_says_so_without_a_store(self, run: Tally) -> None:
        result = run("assess", *MONTH)

        assert result.exit_code == 1
        assert "There is no store" in result.output
