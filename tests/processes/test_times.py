"""The clocks of matters stand in the order of their days, each with how it was counted."""

import pytest

from tallystick.processes.queries import rows_of
from tallystick.processes.times import clocks
from tests.processes.matters import Cast, cast
from tests.processes.way import BEGAN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


@pytest.fixture
def pab() -> Cast:
    return cast()


class TestClocks:
    def test_stand_by_their_days(self, pab: Cast) -> None:
        course = pab.begun()
        for move in ("open", "ask", "climb"):
            pab.taken(course, move)

        found = clocks([course], rows_of([course]), BEGAN)

        assert [one.clock for one in found] == ["fee", "answer_by", "watch"]
        assert "5 days after" in found[0].counted
        assert "that day included" in found[0].counted
        assert found[1].counted.startswith("10 working days after")

    def test_that_ended_come_last(self, pab: Cast) -> None:
        course = pab.begun()
        for move in ("open", "ask", "reply"):
            pab.taken(course, move)

        found = clocks([course], rows_of([course]), BEGAN)

        assert [(one.clock, one.is_open) for one in found] == [
            ("watch", True),
            ("plan", True),
            ("answer_by", False),
        ]
