"""What is known of an application when somebody wants to move it."""

from tallystick.assessments.techniques.facts import facts_of, technique_of
from tests.assessments.cast import AUDIT, DAY, GUIDANCE, Cast


class TestFacts:
    def test_count_the_parts_that_wait_for_an_outcome_where_one_is_needed(self, cast: Cast) -> None:
        audit, guidance = cast.started(AUDIT), cast.started(GUIDANCE)
        cast.conclude(cast.part(audit), "conforms")

        counts = [facts_of(one, DAY)["parts_without_outcome"] for one in (audit, guidance)]

        assert counts == [1, 0]

    def test_rest_on_the_technique_of_the_catalogue(self, cast: Cast) -> None:
        assert technique_of(cast.begun(AUDIT)).form == "audit"
