from pathlib import Path

from tallystick.evidence.here import run_here
from tests.evidence.desk import GOOD, Desk, csv_of, plan


class TestRunHere:
    def test_answers_as_a_process_apart_does(self, tmp_path: Path) -> None:
        desk = Desk(tmp_path)

        answers = run_here(plan(), desk.put(csv_of(GOOD)), desk.scratch(), {"count": {}}, None)

        assert answers == {"count": {"counted": 1}}
