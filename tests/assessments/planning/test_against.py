from tallystick.assessments.planning.against import compared
from tallystick.assessments.planning.terms import Terms
from tallystick.parties.rulebooks import rulebook_of
from tests.assessments.plan_cast import CODE, Cast


class TestCompared:
    def test_says_what_came_in_and_what_went(self, plans: Cast) -> None:
        plans.scored_year()
        less = plans.saved(terms=Terms(20_000_00))
        more = plans.saved(
            terms=Terms(30_000_00, fixed={"coverage_guidance": False}), whys={"coverage_guidance": "Once."}
        )

        found = compared(more, less, rulebook_of(CODE))

        assert (found.before, found.after) == (less, more)
        assert "Coverage check before dispatch: guidance and webinar" in found.goes
        assert found.comes
        assert found.stays > 0
        assert [(one.part, one.after) for one in found.lines] == [("Decided by a person", "Left out: Once.")]
