import datetime as dt

import pytest

from tallystick.processes.engine import hold, resume
from tallystick.processes.spells import Covering, Turn, folded, turns
from tests.processes.way import BEGAN, VALUE, calendars, day, moved

ASKED = moved("open", "ask")
FROM, UNTIL, TODAY = day("2021-09-06"), day("2021-10-04"), day("2021-12-01")


class TestTurns:
    @pytest.mark.parametrize(
        ("spells", "on", "found"),
        [
            ({}, FROM - dt.timedelta(days=1), []),
            ({}, FROM, [Turn(FROM, is_end=False, hold=1)]),
            ({}, UNTIL, [Turn(FROM, is_end=False, hold=1), Turn(UNTIL, is_end=True, hold=1)]),
            ({1: True}, UNTIL - dt.timedelta(days=1), []),
            ({1: True}, UNTIL, [Turn(UNTIL, is_end=True, hold=1)]),
            ({1: False}, TODAY, []),
        ],
    )
    def test_are_what_came_to_pass_and_is_not_written_down(
        self, spells: dict[int, bool], on: dt.date, found: list[Turn]
    ) -> None:
        assert turns([Covering(1, FROM, UNTIL)], spells, BEGAN, on) == found

    def test_begin_with_a_course_that_begins_during_a_hold(self) -> None:
        assert turns([Covering(1, FROM, None)], {}, TODAY, TODAY) == [Turn(TODAY, is_end=False, hold=1)]

    def test_are_none_of_a_hold_that_was_over_before_the_course_or_never_began(self) -> None:
        never = [Covering(1, FROM, UNTIL), Covering(2, TODAY, TODAY), Covering(3, TODAY, BEGAN)]

        assert turns(never, {}, TODAY, TODAY) == []

    def test_let_one_hold_begin_before_another_ends_on_the_same_day(self) -> None:
        found = turns([Covering(1, FROM, UNTIL), Covering(2, UNTIL, None)], {}, BEGAN, TODAY)

        assert [(turn.hold, turn.is_end) for turn in found] == [(1, False), (2, False), (1, True)]


class TestFolded:
    def test_holds_as_long_as_any_hold_does(self) -> None:
        found = turns([Covering(1, FROM, UNTIL), Covering(2, day("2021-09-20"), TODAY)], {}, BEGAN, TODAY)

        after = folded(VALUE, ASKED, found, [], calendars)

        once = resume(VALUE, hold(VALUE, ASKED, FROM, calendars), TODAY, calendars)
        assert after == once

    def test_goes_on_from_what_is_written_down(self) -> None:
        held = hold(VALUE, ASKED, FROM, calendars)
        end = turns([Covering(1, FROM, UNTIL)], {1: True}, BEGAN, TODAY)

        assert folded(VALUE, held, end, [True], calendars) == resume(VALUE, held, UNTIL, calendars)
        assert folded(VALUE, held, end, [True, True, False], calendars) == held

    def test_takes_no_day_before_the_last_move(self) -> None:
        late = moved("climb", standing=ASKED, on=UNTIL)

        assert folded(VALUE, late, [Turn(FROM, is_end=False, hold=1)], [], calendars).since == UNTIL
