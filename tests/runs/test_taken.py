import pytest

from tallystick.evidence.row_problems import RowProblem
from tallystick.rulebook.rulebook import Rulebook
from tallystick.runs import taken
from tallystick.runs.models import Submission


class TestKeyProblem:
    @pytest.mark.parametrize(
        ("stream", "key"),
        [
            ("service_requests", "SR-1"),
            ("hub_returns", "Alderbrook Energy|HUB-1|removed|2021-07-01T10:00:00Z"),
            ("forecasts", "Alderbrook Energy|1.1.1|2021-07-01"),
        ],
    )
    def test_is_nothing_for_a_key_as_line_lists_write_it(self, stream: str, key: str, sec: Rulebook) -> None:
        assert taken.key_problem(sec.streams[stream], key) == ""

    def test_names_the_columns_of_the_key(self, sec: Rulebook) -> None:
        assert taken.key_problem(sec.streams["hub_returns"], "HUB-1") == (
            "A row of hub_returns is named by party, hub_id, activity, at, with | between them."
        )

    def test_names_the_cell_that_cannot_be_read(self, sec: Rulebook) -> None:
        problem = taken.key_problem(sec.streams["hub_returns"], "ALFA|HUB-1|removed|on a Friday")

        assert problem == "'on a Friday' is no instant: at is written as in the line list."


class TestToldProblem:
    def test_says_where_what_and_what_would_be_right(self) -> None:
        problem = RowProblem(4, "at", "refused", "'x' is not an instant", "2021-07-01T10:00:00Z")

        assert taken.told_problem(problem) == {
            "sheet": "",
            "row": 4,
            "column": "at",
            "state": "refused",
            "what": "'x' is not an instant",
            "remedy": "2021-07-01T10:00:00Z",
        }


class TestNotWaiting:
    def test_names_the_state_in_words(self) -> None:
        row = Submission(reference="E-1", state=Submission.DISCARDED)

        assert taken.not_waiting(row) == "E-1 is not waiting: discarded."
