"""What is known of a challenge or a dispute when somebody wants to move it."""

import pytest

from tallystick.challenges.facts import facts_of, heard_by, waiting
from tallystick.challenges.matter import Matter
from tests.cases.cast import NOTICED
from tests.challenges.cast import NEXT, SERVED, Chamber

pytestmark = pytest.mark.django_db
OF_A_CHALLENGE = {"today", "decided_by", "rejected_by", "appeal_heard_by", "sat_in_both", "decided_on"}


class TestFacts:
    def test_of_a_challenge_are_those_that_its_conditions_ask(self, cast: Chamber) -> None:
        facts = facts_of(Matter(cast.queried()), NEXT)

        assert set(facts) == OF_A_CHALLENGE
        assert (facts["decided_by"], facts["rejected_by"]) == (None, None)
        assert (facts["appeal_heard_by"], facts["sat_in_both"], facts["decided_on"]) == ("panel", 0, NOTICED)

    def test_tell_what_its_body_decided_since(self, cast: Chamber) -> None:
        row = cast.queried()
        cast.decided(cast.pab, NEXT, verb="REJECTED")
        rejected = facts_of(Matter(row), NEXT)

        cast.decided(cast.pab, NEXT)
        both = facts_of(Matter(row), NEXT)

        assert (rejected["decided_by"], rejected["rejected_by"]) == (None, "pab")
        assert (both["decided_by"], both["rejected_by"]) == ("pab", "pab")

    def test_of_a_dispute_are_of_the_decision_alone(self, cast: Chamber) -> None:
        facts = facts_of(Matter(cast.disputed()), SERVED)

        assert set(facts) == {"today", "decided_by", "rejected_by"}


class TestWaiting:
    def test_is_sorted_by_outcome(self, cast: Chamber) -> None:
        row = cast.queried()
        yes, no = cast.decided(cast.pab, NEXT), cast.decided(cast.pab, NEXT, verb="REJECTED")
        cast.decided(cast.panel, NEXT)

        assert waiting(Matter(row), "pab") == {"agreed": [yes], "rejected": [no]}
        assert waiting(Matter(row), None) == {"agreed": [], "rejected": []}


class TestHearing:
    def test_is_by_the_body_that_the_page_of_the_first_names(self, cast: Chamber) -> None:
        assert heard_by(cast.served()) == "panel"
