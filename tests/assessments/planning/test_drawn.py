import json
from dataclasses import replace

import pytest

from tallystick.assessments.optimiser.chosen import UnableToPlan, choose
from tallystick.assessments.planning import drawn
from tallystick.assessments.planning.drawn import Drawn, draw, drawn_of, engine
from tests.assessments.optimiser.asked import of_two
from tests.assessments.planning.asked import BUDGET, asked

MOST = 112_500_00


@pytest.fixture(scope="module")
def plan() -> Drawn:
    return draw(asked(), MOST)


class TestDraw:
    def test_takes_what_the_optimiser_does(self, plan: Drawn) -> None:
        question = asked()
        chosen = choose(question)

        assert plan.spent == question.spent(plan.options) <= BUDGET
        assert plan.left == pytest.approx(question.left(plan.options))
        assert plan.left <= chosen.left
        assert plan.whole == pytest.approx(88)
        assert plan.gap < 0.01

    def test_leaves_of_the_risks_what_it_leaves_of_all(self, plan: Drawn) -> None:
        assert sum(left for _, left in plan.by_risk) == pytest.approx(plan.left)
        assert len(plan.by_risk) == 8

    def test_has_a_curve_that_never_falls(self, plan: Drawn) -> None:
        shares = [share or 0.0 for _, share in plan.curve]

        assert shares == sorted(shares)
        assert plan.curve[-1][0] == MOST
        assert plan.knee is not None
        assert 0 < plan.knee < MOST

    def test_tells_what_ten_thousand_more_buys(self, plan: Drawn) -> None:
        assert plan.more is not None
        assert plan.more.covered > plan.covered
        assert not {*plan.more.comes} & {*plan.techniques}

    def test_works_a_question_out_once(self, plan: Drawn, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(drawn, "choose", None)

        assert draw(asked(), MOST) is plan

    def test_puts_in_and_leaves_out_what_somebody_says(self) -> None:
        plan = draw(asked(fixed={"certificate_audit": True, "comparison": False}), 0)

        assert "certificate_audit" in plan.techniques
        assert "comparison" not in plan.techniques

    def test_is_refused_where_nothing_fits(self) -> None:
        with pytest.raises(UnableToPlan, match="No plan fits a budget of"):
            draw(asked(budget=5_000_00, fixed={"monitoring": True}), 0)


class TestDrawnOf:
    def test_comes_back_from_json_as_it_was(self, plan: Drawn) -> None:
        assert drawn_of(json.loads(json.dumps(plan.told))) == plan


class TestEngine:
    def test_names_what_drew_it_with_versions(self) -> None:
        assert engine().startswith("Tallystick ")
        assert "HiGHS" in engine()


class TestLarge:
    def test_questions_leave_reasons_to_whoever_asks_and_have_few_points(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(drawn, "LARGE", 10)
        question = asked(61_234_00)  # asked nowhere else: what was drawn is kept

        plan = drawn.draw(question, 80_000_00)
        told = drawn.weigh(question, plan, "charges")

        assert drawn.is_large(question)
        assert not any(one.is_weighed for one in plan.reasons)
        assert [one.technique for one in told.reasons if one.is_weighed] == ["charges"]
        assert drawn.weigh(question, told, "charges") == told
        assert [budget for budget, _ in plan.curve] == [20_000_00, 40_000_00, 60_000_00, 80_000_00]

    def test_questions_are_not_those_of_the_code(self) -> None:
        assert not drawn.is_large(asked())


class TestLeftByRisk:
    def test_knows_nothing_of_effects_on_what_is_not_exposed(self) -> None:
        question = of_two()
        wide = replace(question.options[0], effects={"R-01": 0.5, "R-99": 0.5})

        left = drawn.left_by_risk(replace(question, options=(wide, *question.options[1:])), [wide.key])

        assert left == {"R-01": 50.0}
