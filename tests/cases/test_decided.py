"""Which body a case is before, and what that body decided about it since."""

import datetime as dt

import pytest

from tallystick.cases.decided import (
    awaited,
    came_before,
    decided_by,
    hearing,
    undone,
    was_escalated,
)
from tallystick.cases.models import Case
from tallystick.processes.queries import process_of, standing_of
from tallystick.rulebook.rulebook import Rulebook
from tests.cases.carried import carried_motion
from tests.cases.cast import NOTICED, OPENED, Cast, at

pytestmark = pytest.mark.django_db
NEXT = NOTICED + dt.timedelta(days=1)


def awaited_of(case: Case) -> str | None:
    return awaited(process_of(case.course), standing_of(case.course, NEXT))


class TestBody:
    def test_is_the_one_whose_decision_leads_on(self, cast: Cast) -> None:
        case = cast.asked(cast.opened())
        before = awaited_of(case)
        cast.step(case, "escalate_to_pab", said={"why": "No remedy came."})
        at_pab = awaited_of(case)

        cast.step(case, "escalate_to_panel", by=cast.hal, decision=cast.decided(cast.pab).reference)

        assert (before, at_pab, awaited_of(case)) == (None, "pab", "panel")

    def test_is_none_once_a_case_has_ended(self, cast: Cast) -> None:
        case = cast.step(cast.replied(cast.told(cast.opened())), "accept_reply", reason="It was met.")

        assert awaited_of(case) is None


class TestEscalation:
    def test_leads_to_stages_that_one_body_alone_leads_on_from(self, sec: Rulebook) -> None:
        value = sec.processes["case"].value_on(OPENED)

        assert hearing(value, "escalated_to_pab") == "pab"
        assert hearing(value, "published") == "panel"
        assert hearing(value, "remedy") is hearing(value, "remedy_requested") is None

    def test_is_remembered_after_a_case_went_back(self, cast: Cast) -> None:
        case = cast.asked(cast.opened())
        before = was_escalated(case)
        cast.step(case, "escalate_to_pab", said={"why": "No remedy came."})

        cast.step(case, "ask_again_at_pab", by=cast.hal, decision=cast.decided(cast.pab).reference)

        assert (before, was_escalated(case)) == (False, True)
        assert came_before(case, "pab") is not None


class TestDecisions:
    def test_wait_to_be_carried_out(self, cast: Cast) -> None:
        case = cast.escalated(cast.opened())
        before = decided_by(case, NEXT)

        motion, decision = carried_motion(cast), cast.decided(cast.pab)

        assert (before, decided_by(case, NEXT)) == (None, "pab")
        assert undone(case, "pab") == [motion, decision]
        assert undone(case, "panel") == undone(case, None) == []

    def test_that_did_not_carry_or_came_before_do_not_count(self, cast: Cast) -> None:
        case = cast.escalated(cast.opened(), NEXT)

        carried_motion(cast)
        carried_motion(cast, NEXT, outcome="not_carried")
        cast.decided(cast.pab, NEXT, verb="DEFERRED")

        assert undone(case, "pab") == []

    def test_of_one_meeting_may_each_be_carried_out(self, cast: Cast) -> None:
        """The Panel decides to publish and to constrain before anybody does either."""
        case = cast.escalated(cast.opened())
        cast.step(case, "escalate_to_panel", by=cast.hal, decision=cast.decided(cast.pab).reference)
        first, second = cast.decided(cast.panel), cast.decided(cast.panel)

        cast.step(case, "constrain_at_once", by=cast.pat, reason="It is safer.", decision=first.reference)

        assert came_before(case, "panel") == at(NOTICED, 12)
        assert undone(case, "panel") == [second]
