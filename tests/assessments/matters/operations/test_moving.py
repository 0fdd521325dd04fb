import pytest

from tallystick.assessments.matters.operations.moving import settle
from tests.assessments.market import CLOSED, DRAFTED, Market, at, fresh, stands

pytestmark = pytest.mark.django_db


class TestStep:
    def test_writes_down_which_decision_it_carried_out(self, market: Market) -> None:
        row = market.recommended()

        [carried] = row.course.carried_out.all()

        assert carried.decision is not None
        assert carried.decision.body == market.pab


class TestSettle:
    def test_changes_nothing_told_twice(self, market: Market) -> None:
        row = market.checked()
        before = (row.body_id, row.publicity, row.ended_at)

        settle(row, CLOSED, at(CLOSED))

        row = fresh(row)
        assert (row.body_id, row.publicity, row.ended_at) == before

    def test_ends_what_is_over(self, market: Market) -> None:
        row = market.shown()

        market.charges(row, "close", DRAFTED, said={"why": "Only to look."})

        assert (stands(row), fresh(row).publicity) == ("closed", "closed")
        assert fresh(row).ended_at is not None
