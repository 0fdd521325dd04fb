from tallystick.evidence.row_problems import RowProblem


class TestRowProblem:
    def test_says_where_what_and_what_would_be_right(self) -> None:
        problem = RowProblem(1200, "done", "refused", "'x' is not a count", "a number", "Sent")

        assert str(problem) == "sheet 'Sent', row 1,200, column done: 'x' is not a count; expected a number"
        assert problem.as_json()["row"] == 1200
