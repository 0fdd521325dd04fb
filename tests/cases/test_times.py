"""The clocks of a case and of its remedy, with how each was counted."""

import datetime as dt

import pytest

from tallystick.cases.operations.clocks import pass_due
from tallystick.cases.operations.remedies import accept_remedy, file_remedy
from tallystick.cases.times import clocks
from tallystick.processes.operations.holds import Placed, place_hold
from tests.cases.cast import NOTICED, REPLY_DUE, Cast, at, key, on
from tests.cases.promised import by_hand

pytestmark = pytest.mark.django_db


class TestClocks:
    def test_say_how_they_were_counted(self, cast: Cast) -> None:
        case = cast.told(cast.opened())

        [clock] = clocks(case, NOTICED)

        assert clock.counted.startswith("10 working days after 7 September 2021, ")
        assert (clock.title, clock.owner, clock.due_on) == ("Right of reply", "party", REPLY_DUE)
        assert (clock.is_open, clock.is_past, clock.is_verified) == (True, False, False)

    def test_of_a_remedy_stand_among_those_of_its_case(self, cast: Cast) -> None:
        case = cast.asked(cast.opened())
        remedy = file_remedy(case=case, filed=by_hand(), by=on(cast.ada, NOTICED), at=at(NOTICED, 13))
        accept_remedy(remedy=remedy, words="", key=key(), by=on(cast.jo, NOTICED), at=at(NOTICED, 14))

        found = clocks(case, NOTICED)

        assert [one.clock for one in found if one.is_open] == ["remedy_plan", "milestone"]
        assert found[1].counted == "a day that was stated on 7 September 2021"
        assert [one.is_open for one in found] == sorted((one.is_open for one in found), reverse=True)

    def test_are_paused_on_hold(self, cast: Cast) -> None:
        case = cast.told(cast.opened())
        placed = Placed("The market is closed", key(), NOTICED, course=case.course)
        place_hold(placed=placed, by=on(cast.sam, NOTICED), at=at(NOTICED, 13))

        [clock] = clocks(case, REPLY_DUE)

        assert (clock.is_open, clock.due_on, clock.left, clock.unit) == (True, None, 11, "working_day")

    def test_tell_how_they_ended(self, cast: Cast) -> None:
        case = cast.told(cast.opened())
        over = REPLY_DUE + dt.timedelta(days=1)
        late = clocks(case, over)[0].is_past

        pass_due(at(over), over)

        [clock] = clocks(case, over)
        assert late
        assert (clock.is_open, clock.ended_on, clock.how) == (False, over, "passed")
