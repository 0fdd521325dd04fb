from decimal import Decimal

from tallystick.assessments.planning.planned import planned_scores
from tallystick.assessments.planning.terms import Terms
from tests.assessments.plan_cast import APRIL, BODIES, Cast, latest
from tests.cases.views.conftest import browser, text

PLANNED = "/sec/risks?score=planned"


class TestPlannedScores:
    def test_are_those_of_the_latest_draft_for_whoever_sees_it(self, plans: Cast) -> None:
        plans.scored_year()
        assert planned_scores(plans.jo, latest()) == {}

        plans.saved()
        found = planned_scores(plans.jo, latest())

        assert set(found) == {"R-02", "R-06"}
        assert Decimal(0) < found["R-02"] < 16
        assert planned_scores(plans.ada, latest()) == {}

    def test_stand_on_the_register_for_whoever_sees_the_plan(self, plans: Cast) -> None:
        plans.scored_year()
        plans.saved()

        told = {who: text(browser(getattr(plans, who)).get(PLANNED)) for who in ("jo", "ada")}

        assert "Planned position" in told["jo"]
        assert 'title="Hub variant and region">R-02</a>' in told["jo"]
        assert "Planned" not in told["ada"]

    def test_are_those_of_the_plan_in_force_whatever_is_drafted_later(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted()
        plans.put(row, "bring_at_once")
        for move in BODIES:
            plans.step(row, move)
        plans.implemented(row, APRIL)
        before = planned_scores(plans.ada, latest())

        plans.saved(terms=Terms(0))

        assert planned_scores(plans.ada, latest()) == planned_scores(plans.jo, latest()) == before
