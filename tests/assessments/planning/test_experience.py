"""What was found of techniques before the period that is planned."""

from decimal import Decimal

import pytest

from tallystick.assessments.planning.experience import (
    Experience,
    accepted,
    answers,
    experiences,
    tried_before,
)
from tallystick.assessments.techniques.outcomes import ACKNOWLEDGED
from tests.assessments import cast as of_techniques
from tests.assessments.cast import GUIDANCE
from tests.assessments.plan_cast import Cast, latest
from tests.assessments.planning.found import applied

pytestmark = pytest.mark.django_db


def found(plans: Cast) -> Experience:
    [one] = experiences(plans.jo, latest())
    return one


class TestExperiences:
    def test_propose_by_what_share_fewer_failed(self, plans: Cast) -> None:
        plans.scored_year()
        row = applied(plans)

        one = found(plans)

        assert (one.technique, one.risk, one.applied) == (GUIDANCE, "R-02", (row.reference,))
        assert one.stated["small_supplier"] == "0.40"
        [measure] = one.measures
        assert (measure.before, measure.after) == ((6306, 7000, 7), (4806, 5000, 5))
        assert one.proposed == Decimal("0.61")  # 39 of a thousand where 99 were

    def test_propose_nothing_to_be_taken_off_where_nothing_is_better(self, plans: Cast) -> None:
        plans.scored_year()
        applied(plans, good=900)

        assert found(plans).proposed == 0

    def test_propose_no_share_where_nobody_can_tell(self, plans: Cast) -> None:
        plans.scored_year()
        of_techniques.among(plans.of.of).reported(GUIDANCE)

        one = found(plans)

        assert one.proposed is None
        assert one.measures[0].words.startswith("Too few months")

    def test_tell_what_came_of_parts(self, plans: Cast) -> None:
        plans.scored_year()
        office = of_techniques.among(plans.of.of)
        row = office.started(GUIDANCE)
        office.conclude(office.part(row), ACKNOWLEDGED)
        office.report(row)

        assert found(plans).came_of == {"Acknowledged": 1}

    def test_are_of_what_was_reported(self, plans: Cast) -> None:
        plans.scored_year()
        assert experiences(plans.jo, latest()) == []
        of_techniques.among(plans.of.of).started(GUIDANCE)

        assert experiences(plans.jo, latest()) == []

    def test_are_told_apart_by_what_they_say(self, plans: Cast) -> None:
        plans.scored_year()
        applied(plans)
        first = found(plans)
        of_techniques.among(plans.of.of).reported(GUIDANCE)

        assert first.digest != found(plans).digest
        assert first.digest == first.digest


class TestTriedBefore:
    def test_names_what_was_reported(self, plans: Cast) -> None:
        plans.scored_year()
        office = of_techniques.among(plans.of.of)
        office.started("remedies")
        row = office.reported(GUIDANCE)

        assert tried_before(plans.jo, latest()) == {GUIDANCE: f"reported before: {row.reference}"}


class TestAnswers:
    def test_are_none_before_anybody_answered(self, plans: Cast) -> None:
        plans.scored_year()

        assert answers(plans.jo, latest()) == {}
        assert accepted([]) == {}
