from dataclasses import replace

import pytest

from tallystick.cases.views.ways import MOST, Standing, buttons, ways_of
from tallystick.processes.engine import Offer
from tests.cases.cast import Cast

pytestmark = pytest.mark.django_db


def stands(*moves: str, stage: str = "remedy", to_share: int = 0) -> Standing:
    return Standing(stage, [Offer(one, one) for one in moves], [], None, to_share)


class TestWays:
    def test_lead_on_before_they_lead_aside(self, cast: Cast) -> None:
        now, _ = ways_of(cast.jo, cast.opened(), stands("withdraw", "persuade", "go_on"))

        assert [one.name for one in now] == ["go_on", "persuade", "withdraw"]

    def test_share_lines_where_there_are_any_instead_of_saying_so(self, cast: Cast) -> None:
        case = cast.opened()

        with_lines, _ = ways_of(cast.jo, case, stands("inform", to_share=1))
        without, _ = ways_of(cast.jo, case, stands("inform"))

        assert [one.name for one in with_lines] == ["share"]
        assert [one.name for one in without] == ["inform"]

    def test_let_the_party_file_where_a_remedy_is_agreed_on(self, cast: Cast) -> None:
        case = cast.told(cast.opened())

        assert [one.name for one in ways_of(cast.ada, case, stands())[0]] == ["file_remedy"]
        assert ways_of(cast.ada, case, stands(stage="notice"))[0] == []
        assert ways_of(cast.bo, case, stands())[0] == []

    def test_accept_no_remedy_that_nobody_filed(self, cast: Cast) -> None:
        assert ways_of(cast.jo, cast.opened(), stands("accept_remedy"))[0] == []


class TestButtons:
    def test_are_two_with_the_solid_one_last(self, cast: Cast) -> None:
        now, _ = ways_of(cast.jo, cast.opened(), stands("withdraw", "persuade", "go_on"))

        assert [one.name for one in buttons(now)] == ["persuade", "go_on"]
        assert len(buttons(now)) == MOST
        assert [one.is_solid for one in buttons(now)] == [True, True]

    def test_of_a_hold_is_not_solid(self, cast: Cast) -> None:
        held = replace(stands(), may_hold=True)

        [one] = buttons(ways_of(cast.sam, cast.opened(), held)[0])

        assert (one.name, one.is_solid) == ("hold", False)
