from decimal import Decimal

from tallystick.assessments.planning.planned import planned_scores
from tallystick.assessments.planning.terms import Terms
from tests.assessments.plan_cast import APRIL, BODIES, Cast, latest


class TestPlannedScores:
    def test_are_those_of_the_latest_draft_for_whoever_sees_it(self, cast: Cast) -> None:
        cast.scored_year()
        assert planned_scores(cast.jo, latest()) == {}

        cast.saved()
        found = planned_scores(cast.jo, latest())

        assert set(found) == {"R-02", "R-06"}
        assert Decimal(0) < found["R-02"] < 16
        assert planned_scores(cast.ada, latest()) == {}

    def test_are_those_of_the_plan_in_force_whatever_is_drafted_later(self, cast: Cast) -> None:
        cast.scored_year()
        row = cast.drafted()
        cast.put(row, "bring_at_once")
        for move in BODIES:
            cast.step(row, move)
        cast.implemented(row, APRIL)
        before = planned_scores(cast.ada, latest())

        cast.saved(terms=Terms(0))

        assert planned_scores(cast.ada, latest()) == planned_scores(cast.jo, latest()) == before
