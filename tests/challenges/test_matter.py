"""What is written down of a challenge or of a dispute."""

import pytest

from tallystick.challenges.matter import Matter
from tests.cases.cast import at
from tests.challenges.cast import NEXT, SERVED, Chamber

pytestmark = pytest.mark.django_db


class TestMatter:
    def test_tells_before_whom_it_is_and_since_when(self, cast: Chamber) -> None:
        row = cast.served()
        told = []

        for does in (False, True):
            matter = Matter(cast.queried(row) if does else row)
            told.append((matter.stage(NEXT), matter.before(NEXT), matter.since))

        assert told == [("served", None, at(SERVED, 14)), ("queried", "pab", at(NEXT, 10))]

    def test_has_what_was_done_with_what_that_carried_out(self, cast: Chamber) -> None:
        steps = Matter(cast.answered()).steps

        assert [one.move for one in steps] == ["serve", "query", "reject_query"]
        assert [hasattr(one, "carried") for one in steps] == [False, False, True]

    def test_is_of_disputes_as_well(self, cast: Chamber) -> None:
        row = cast.disputed()

        assert (Matter(row).stage(SERVED), Matter(row).before(SERVED)) == ("raised", None)
