from dataclasses import replace
from typing import Any

import pytest

from tallystick.assessments.optimiser.question import Option, Question, Technique, UnableToAsk
from tests.assessments.optimiser.asked import of_two


class TestQuestion:
    def test_multiplies_what_techniques_leave(self) -> None:
        question = of_two()

        assert question.left([]) == 100
        assert question.left([("lists", "all"), ("visits", "all")]) == pytest.approx(30)

    def test_pays_for_a_technique_once_and_for_each_segment(self) -> None:
        options = tuple(Option("lists", segment, cost=100) for segment in ("large", "small"))
        question = Question({}, (Technique("lists", cost=1_000),), options, budget=0)

        assert question.spent([("lists", "large")]) == 1_100
        assert question.spent([("lists", "large"), ("lists", "small")]) == 1_200
        assert question.spent([]) == 0

    @pytest.mark.parametrize(
        ("change", "told"),
        [
            ({"budget": -1}, "A budget is not below nothing"),
            ({"fixed": {"audits": True}}, "No technique is called audits"),
            ({"options": (Option("audits", "all"),)}, "No technique is called audits"),
            ({"options": (Option("lists", "all", effects={"R-01": 1.5}),)}, "between 0 and 1"),
            ({"options": (Option("lists", "all", cost=-5),)}, "not below nothing"),
            ({"options": (Option("lists", "all"), Option("lists", "all"))}, "asked about once"),
            ({"exposure": {("R-01", "all"): -1.0}}, "not below nothing"),
            ({"coverage": {"R-01": 2.0}}, "between 0 and 1"),
        ],
    )
    def test_that_contradicts_itself_is_none(self, change: dict[str, Any], told: str) -> None:
        with pytest.raises(UnableToAsk, match=told):
            replace(of_two(), **change)

    def test_keeps_what_was_fixed_before(self) -> None:
        question = of_two().holding("lists", is_in=True).holding("visits", is_in=False)

        assert question.fixed == {"lists": True, "visits": False}
