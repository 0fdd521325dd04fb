from tallystick.assessments.planning import sources
from tallystick.assessments.planning.terms import Terms
from tallystick.parties.rulebooks import rulebook_of
from tests.assessments.plan_cast import CODE, Cast, latest


class TestStanding:
    def test_is_of_scored_risks_for_whoever_may_see_the_scores(self, plans: Cast) -> None:
        plans.scored_year()

        found = sources.standing(plans.jo, latest())

        assert [(one.exposed.reference, int(one.exposed.net)) for one in found] == [("R-02", 16), ("R-06", 5)]
        assert found[0].exposed.caused_by == ("supplier",)
        assert sources.standing(plans.ada, latest()) == []


class TestUnitOf:
    def test_follows_the_method(self, plans: Cast) -> None:
        plans.opened()
        other = plans.opened("2023-24", method="money")

        assert sources.unit_of(other) == "pounds a year"
        assert sources.year_of(other).first == 4


class TestFirstTerms:
    def test_are_the_least_that_is_provided(self) -> None:
        rules = rulebook_of(CODE)

        assert sources.first_terms(rules) == Terms(67_500_00)
        assert sources.most_of(rules) == 112_500_00
        assert sources.most_of(rules, 200_000_00) == 200_000_00
