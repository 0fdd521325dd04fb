import datetime as dt

import pytest

from tallystick.derogations.listed import derogations, forbearances
from tests.derogations.cast import REVIEW, UNTIL, Cast

pytestmark = pytest.mark.django_db


class TestListed:
    def test_tells_where_each_stands_and_what_falls_due_next(self, cast: Cast) -> None:
        cast.submitted()
        cast.granted()

        found = {one.stage: one for one in derogations(cast.jo)}

        submitted, active = found["submitted"].due, found["active"].due
        assert submitted is not None
        assert active is not None
        assert (submitted.title, submitted.owner, submitted.on) == (
            "Assess the impact",
            "analyst",
            dt.date(2021, 9, 20),
        )
        assert (active.title, active.on, found["active"].title) == ("Last day", UNTIL, "In force")

    def test_has_no_clock_of_what_is_over(self, cast: Cast) -> None:
        row = cast.submitted()
        cast.step(row, "withdraw", by=cast.ada)

        [one] = derogations(cast.jo)

        assert (one.is_over, one.due, one.title) == (True, None, "Withdrawn")

    def test_has_forbearance_with_its_review(self, cast: Cast) -> None:
        cast.forborne()

        [one] = forbearances(cast.ben)

        assert one.due is not None
        assert (one.title, one.due.on) == ("In force", REVIEW)
        assert derogations(cast.ben) == ()
