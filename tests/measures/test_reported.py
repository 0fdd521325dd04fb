from pathlib import Path

from tallystick.measures.reported import statements
from tallystick.rulebook.rulebook import Rulebook
from tests.measures.test_known import known


class TestStatements:
    def test_are_none_without_a_report(self, sec: Rulebook, tmp_path: Path) -> None:
        assert statements(known(sec, tmp_path)) == {}

    def test_stand_side_by_side_where_two_reports_state_one_figure(
        self, sec: Rulebook, tmp_path: Path
    ) -> None:
        row = {"measure": "SR-VARIANCE", "period": "2018-08", "numerator": "1209004"}
        rows = [
            {**row, "report": "RPT-SRV", "denominator": "7004230"},
            {**row, "report": "RPT-PMR", "denominator": "7004231"},
        ]

        said = statements(known(sec, tmp_path, reported=rows))["SR-VARIANCE", "2018-08"]

        assert [(one.report, one.denominator) for one in said] == [("RPT-PMR", 7004231), ("RPT-SRV", 7004230)]
