from pathlib import Path

from tallystick.rulebook.problems import Problem, nearest

PROBLEM = Problem(Path("levels/CPM1.yaml"), 3, 9, "the key 'targt' is not known", "Remove it.", "target")


class TestProblem:
    def test_is_told_in_one_line_with_its_place_its_guess_and_its_remedy(self) -> None:
        assert str(PROBLEM) == (
            "levels/CPM1.yaml:3:9: the key 'targt' is not known. Did you mean 'target'? Remove it."
        )

    def test_makes_no_guess_where_nothing_is_near(self) -> None:
        assert str(Problem(Path("a.yaml"), 1, 1, "the file is empty", "Write it.")) == (
            "a.yaml:1:1: the file is empty. Write it."
        )

    def test_is_told_to_a_program_by_its_parts(self) -> None:
        assert PROBLEM.as_json() == {
            "file": "levels/CPM1.yaml",
            "line": 3,
            "column": 9,
            "what": "the key 'targt' is not known",
            "remedy": "Remove it.",
            "nearest": "target",
        }

    def test_stands_before_one_further_down(self) -> None:
        below = Problem(PROBLEM.file, 10, 1, "", "")

        assert sorted([below, PROBLEM]) == [PROBLEM, below]


class TestNearest:
    def test_is_the_known_word_most_like_it(self) -> None:
        assert nearest("rply_time", ["trt", "reply_time", "response_time"]) == "reply_time"

    def test_is_nothing_where_no_word_is_like_it(self) -> None:
        assert nearest("xyz", ["reply_time"]) == ""
        assert nearest("xyz", []) == ""

    def test_does_not_depend_on_the_order_of_the_words(self) -> None:
        assert nearest("ab", ["abd", "abc"]) == nearest("ab", ["abc", "abd"])
