"""Where a case stands, stage by stage."""

import datetime as dt

import pytest

from tallystick.cases.models import Case
from tallystick.cases.rungs import ladder, stages
from tallystick.processes.operations.holds import Placed, place_hold
from tallystick.processes.rungs import Rung
from tests.cases.cast import NOTICED, OPENED, Cast, at, key, landed, on

pytestmark = pytest.mark.django_db
NEXT = NOTICED + dt.timedelta(days=1)


def states(rungs: list[Rung]) -> dict[str, str]:
    return {one.stage: one.state for one in rungs}


def rung(case: Case, name: str, day: dt.date = NOTICED) -> Rung:
    return next(one for one in (*stages(case, day), *ladder(case, day)) if one.stage == name)


class TestStages:
    def test_of_a_new_case_wait_for_its_lines(self, cast: Cast) -> None:
        case = cast.opened(landed(cast.alfa))

        assert states(stages(case, OPENED))["finding"] == "now"
        assert rung(case, "notice").state == "later"
        assert rung(case, "notice").opens_once == ("the lines that failed are shared with the party",)
        assert rung(case, "remedy").opens_once == ("the case stands in “Reply”",)

    def test_are_done_on_the_way(self, cast: Cast) -> None:
        case = cast.replied(cast.told(cast.opened()), NEXT)

        found = states(stages(case, NEXT))

        assert [found[one] for one in ("finding", "notice", "reply", "remedy")] == [
            "done",
            "done",
            "now",
            "next",
        ]
        assert (rung(case, "notice", NEXT).on, rung(case, "reply", NEXT).on) == (NOTICED, NEXT)

    def test_that_were_skipped_say_why(self, cast: Cast) -> None:
        case = cast.step(
            cast.replied(cast.told(cast.opened())), "accept_reply", reason="The lines were wrong."
        )

        found = rung(case, "on_track")

        assert (found.state, found.reason, found.on) == ("skipped", "The lines were wrong.", NOTICED)
        assert rung(case, "withdrawn").state == "left_out"
        assert rung(case, "closed").state == "now"


class TestLadder:
    def test_tells_what_opens_each_rung(self, cast: Cast) -> None:
        case = cast.asked(cast.opened())

        found = states(ladder(case, NOTICED))

        assert found["informed"] == found["persuaded"] == "done"
        assert found["remedy_requested"] == "now"
        assert found["escalated_to_pab"] == "next"
        far = rung(case, "escalated_to_panel")
        assert (far.opens_once, far.is_far) == (("the case stands in “Escalate to the PAB”",), True)
        assert (far.body, rung(case, "remedy_planned").body) == ("pab", "")

    def test_waits_for_the_body_to_decide(self, cast: Cast) -> None:
        case = cast.escalated(cast.opened())
        before = rung(case, "escalated_to_panel")

        cast.decided(cast.pab)

        assert (before.state, before.opens_once) == ("later", ("the body has decided so",))
        assert rung(case, "escalated_to_panel").state == "next"

    def test_stands_still_on_hold(self, cast: Cast) -> None:
        case = cast.asked(cast.opened())
        placed = Placed("The market is closed", key(), NOTICED, course=case.course)
        place_hold(placed=placed, by=on(cast.sam, NOTICED), at=at(NOTICED, 13))

        assert rung(case, "escalated_to_pab").opens_once == ("the hold has ended",)
