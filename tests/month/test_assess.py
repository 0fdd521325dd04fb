from pathlib import Path

from tallystick.month.export import as_json
from tallystick.rulebook.rulebook import Rulebook
from tests.month.working import figure, payload, world

DAY = "2021-07-01T10:00:00+01:00"
ROWS = {"firmware_payloads": [payload("P1", DAY, 1), payload("P2", DAY, 500), payload("P3", DAY, None)]}


class TestAssess:
    def test_gives_the_same_bytes_for_the_same_inputs(self, sec: Rulebook, tmp_path: Path) -> None:
        first = world(sec, tmp_path / "one", ROWS, measures=["CSPN-PM2"])
        again = world(sec, tmp_path / "two", ROWS, measures=["CSPN-PM2"])

        assert as_json(first) == as_json(again)

    def test_names_what_it_rests_on(self, sec: Rulebook, tmp_path: Path) -> None:
        assessed = world(sec, tmp_path, ROWS, measures=["CSPN-PM2"])

        assert assessed.edition == sec.edition
        assert len(assessed.snapshot) == 64
        assert assessed.engine
        assert [one.stream for one in assessed.received] == ["firmware_payloads"]

    def test_takes_an_exception_out_of_both_sides_and_lists_it_nowhere(
        self, sec: Rulebook, tmp_path: Path
    ) -> None:
        exception = {
            "stream": "firmware_payloads",
            "row_key": "CSPN|P2",
            "reason": "Agreed trial",
            "approved_by": "Panel",
        }

        assessed = world(sec, tmp_path, {**ROWS, "exceptions": [exception]}, measures=["CSPN-PM2"])

        found = figure(assessed, "CSPN-PM2")
        assert (found.numerator, found.denominator, found.excluded) == (1, 2, 1)
        assert [line.key for line in assessed.lines] == ["CSPN|P3"]

    def test_ends_an_exception_on_its_day(self, sec: Rulebook, tmp_path: Path) -> None:
        exception = {
            "stream": "firmware_payloads",
            "row_key": "CSPN|P2",
            "reason": "Agreed trial",
            "approved_by": "Panel",
            "until_on": "2021-07-01",
        }

        assessed = world(sec, tmp_path, {**ROWS, "exceptions": [exception]}, measures=["CSPN-PM2"])

        assert figure(assessed, "CSPN-PM2").excluded == 0

    def test_lists_every_row_that_failed(self, sec: Rulebook, tmp_path: Path) -> None:
        assessed = world(sec, tmp_path, ROWS, measures=["CSPN-PM2"])

        assert [(line.key, line.subject, line.why) for line in assessed.lines] == [
            ("CSPN|P2", "CSPN", "later than its limit"),
            ("CSPN|P3", "CSPN", "not done within its limit"),
        ]
