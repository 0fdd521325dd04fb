from tallystick.assessments.models import Document
from tallystick.assessments.planning.facts import came_before, decisions_of, facts_of, first_on, stage_of
from tallystick.processes.queries import process_of, standing_of
from tests.assessments.plan_cast import APRIL, DAY, Cast, fresh

METHODOLOGY = Document.METHODOLOGY


class TestFactsOf:
    def test_count_the_comments_that_wait(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted(METHODOLOGY)
        plans.put(row)
        plans.answered(plans.commented(row))
        plans.commented(row)

        facts = facts_of(row, DAY)

        assert (facts["comments_open"], facts["today"], facts["superseded_by"]) == (1, DAY, None)


class TestFirstOn:
    def test_is_that_of_the_period_for_a_plan_alone(self, plans: Cast) -> None:
        plans.scored_year()

        assert first_on(plans.drafted()) == APRIL
        assert first_on(plans.drafted(METHODOLOGY)) == DAY


class TestDecisionsOf:
    def test_tell_the_body_that_let_it_or_did_not(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted(METHODOLOGY)
        plans.put(row, "bring_at_once")
        row = fresh(row)
        standing = standing_of(row.course, DAY)
        since = came_before(row.course)
        before = decisions_of(row, standing, since)

        plans.decided("pab", verb="REJECTED")

        assert set(before.values()) == {None}
        assert decisions_of(row, standing, since) == {"decided_by": None, "rejected_by": "pab"}
        assert stage_of(process_of(row.course), standing) == "consulted"
