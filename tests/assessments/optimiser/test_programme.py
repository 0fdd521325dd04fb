from dataclasses import replace
from typing import Any

import pytest

from tallystick.assessments.optimiser.programme import Programme, allowed
from tallystick.assessments.optimiser.question import Option, Question, Technique
from tests.assessments.optimiser.asked import at_random, of_two


def waiting(**said: Any) -> Question:
    """Return a question whose visits wait for lists, which run from the first quarter on."""
    lists, visits = Technique("lists"), Technique("visits", **said)
    options = tuple(Option(key, "all", effects={"R-01": 0.5}) for key in ("lists", "visits"))
    return Question({("R-01", "all"): 1.0}, (lists, visits), options, budget=0)


class TestAllowed:
    @pytest.mark.parametrize(
        ("said", "is_allowed"),
        [
            ({"needs": ("lists",)}, True),
            ({"after": ("lists",), "quarters": (2, 3)}, True),
            ({"after": ("lists",), "quarters": (1, 2)}, False),
            ({"after": ("lists",), "quarters": (1, 2), "is_tried": True}, True),
            ({"quarters": ()}, False),
        ],
    )
    def test_is_what_comes_in_time(self, said: dict[str, Any], *, is_allowed: bool) -> None:
        found = [one.technique for one in allowed(waiting(**said))]

        assert ("visits" in found) == is_allowed

    def test_is_not_what_waits_for_something_left_out(self) -> None:
        question = waiting(needs=("lists",)).holding("lists", is_in=False)

        assert allowed(question) == []

    def test_is_not_what_waits_for_something_elsewhere(self) -> None:
        question = waiting(needs=("lists",))
        elsewhere = (replace(question.options[0], segment="small"), question.options[1])

        assert [one.technique for one in allowed(replace(question, options=elsewhere))] == ["lists"]


class TestProgramme:
    @pytest.mark.parametrize("seed", range(4))
    def test_bounds_from_below_whatever_is_chosen(self, seed: int) -> None:
        question = replace(at_random(seed), coverage={}, fixed={})
        programme = Programme(question)

        programme.relax()
        assert programme.solve(1e-6, 1_000)

        assert programme.bound() <= question.left(programme.taken()) * (1 + 1e-6)

    def test_has_no_line_to_add_once_its_answer_is_near_the_truth(self) -> None:
        programme = Programme(of_two())

        programme.relax()

        assert programme.add_lines(programme.answer()) == 0
        assert not programme.is_hopeless
