"""Challenges and disputes, found through what somebody may see."""

import pytest

from tallystick.cases.models import Case
from tallystick.challenges.matter import Matter
from tallystick.challenges.queries import (
    challenge,
    challenges_of,
    dispute,
    disputes_about,
    disputes_of,
    not_served,
    offers_for,
    unserved,
)
from tests.cases.cast import landed, on
from tests.challenges.cast import NEXT, SERVED, Chamber

pytestmark = pytest.mark.django_db


class TestChallenges:
    def test_are_found_by_whom_they_are_about(self, cast: Chamber) -> None:
        row = cast.served()

        assert challenge(cast.ada, row.reference) == row
        assert challenge(cast.ben, row.reference) is None
        assert list(challenges_of(cast.jo)) == [row]

    def test_are_moved_by_whose_turn_it_is(self, cast: Chamber) -> None:
        row = cast.queried()

        told = {
            who: [one.move for some in offers_for(on(getattr(cast, who), NEXT), Matter(row)) for one in some]
            for who in ("ada", "hal", "pat", "jo")
        }

        assert told["ada"] == ["withdraw"]
        assert told["hal"] == ["allow_query", "reject_query", "lift_at_pab"]
        assert told["pat"] == told["jo"] == []


class TestDisputes:
    def test_are_found_by_whom_they_are_about(self, cast: Chamber) -> None:
        finding = landed(cast.alfa)
        row = cast.disputed(finding=finding)

        assert dispute(cast.ada, row.reference) == row
        assert dispute(cast.ben, row.reference) is None
        assert list(disputes_of(cast.jo)) == disputes_about(cast.jo, finding) == [row]
        assert disputes_about(cast.jo, landed(cast.alfa, "2021-06")) == []


class TestUnserved:
    def test_is_what_the_board_decided_until_it_is_served(self, cast: Chamber) -> None:
        case, decision = cast.sent_up()
        cases = Case.objects.visible_to(cast.jo)
        before = unserved(cases, "pab")

        cast.served(cast.opened(), SERVED)

        assert [one.decision for one in before] == [decision]
        assert [one.course for one in not_served(cases, "pab")] == [case.course]
        assert unserved(cases, "panel") == []
