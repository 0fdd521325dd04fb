"""What was said and decided, in words for a page."""

import pytest

from tallystick.challenges.matter import Matter
from tallystick.challenges.operations.clocks import pass_due
from tallystick.challenges.said import BY_ITSELF, said_in
from tests.cases.cast import at
from tests.challenges.cast import APPEAL, QUERY_DUE, Chamber

pytestmark = pytest.mark.django_db


class TestSaid:
    def test_tells_each_step_with_what_it_asked(self, cast: Chamber) -> None:
        row = cast.appealed()

        told = list(said_in(Matter(row), lambda one: f"to/{one.reference}"))

        assert [(one.title, one.who) for one in told] == [
            ("Serve", "Secretary"),
            ("Query", "ALFA"),
            ("Reject the query", "Chair"),
            ("Appeal", "ALFA"),
        ]
        assert told[2].href == f"to/{told[2].decision}"
        assert told[3].words == (
            ("Ground of the appeal", "Evidence was given too much or too little weight"),
            ("What was done wrong", APPEAL["grounds"]),
        )

    def test_tells_what_came_by_itself(self, cast: Chamber) -> None:
        row = cast.served()
        over = QUERY_DUE.replace(day=22)
        pass_due(at(over), over)

        assert list(said_in(Matter(row), lambda _: ""))[-1].who == BY_ITSELF
