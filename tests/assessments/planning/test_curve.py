from dataclasses import replace

from tallystick.assessments.planning.curve import NARROW, WIDE, chart, knee_of, spec
from tallystick.assessments.planning.drawn import draw
from tests.assessments.planning.asked import asked


class TestChart:
    def test_has_a_table_of_the_same_points(self) -> None:
        plan = draw(asked(), 112_500_00)

        drawn = chart(plan)

        assert len(drawn.rows) == len(plan.curve)
        assert drawn.rows[-1][0] == "£112.5k"
        assert "After about" in drawn.caption
        assert "var(--ts-link)" in drawn.narrow

    def test_marks_the_budget_and_stays_within_its_edges(self) -> None:
        plan = replace(draw(asked(), 112_500_00), budget=0)

        for size in (WIDE, NARROW):
            [text] = [one["mark"] for one in spec(plan, size)["layer"] if one["mark"].get("text") == "£0"]
            assert text["align"] == "left"


class TestKneeOf:
    def test_says_where_there_is_none(self) -> None:
        plan = replace(draw(asked(), 112_500_00), knee=None)

        assert knee_of(plan) == "Every further £10k adds 5% or more."
