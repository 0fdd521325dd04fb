import datetime as dt
from pathlib import Path

from tallystick.evidence.store import Store
from tallystick.measures.known import Known
from tallystick.month.assess import assess
from tallystick.month.export import as_json
from tallystick.rulebook.periods import Span
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

    def test_tells_of_every_measure_before_it_counts_and_before_it_grades_it(
        self, sec: Rulebook, tmp_path: Path
    ) -> None:
        told: list[tuple[str, int, int]] = []
        nothing = Known(sec, Store.open(tmp_path, create=True).snapshot("sec"), None, dt.date(2021, 8, 20))

        assess(
            nothing, Span.parse("2021-07"), only=["CPM1", "CSPN-PM2"], tell=lambda *step: told.append(step)
        )

        assert told == [
            ("Counting CPM1, 1 of 2 measures", 0, 4),
            ("Counting CSPN-PM2, 2 of 2 measures", 1, 4),
            ("Grading CPM1, 1 of 2 measures", 2, 4),
            ("Grading CSPN-PM2, 2 of 2 measures", 3, 4),
        ]
