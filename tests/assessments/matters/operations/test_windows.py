import pytest

from tallystick.assessments.matters.operations.windows import pass_due
from tests.assessments.market import CLOSED, DRAFTED, Market, acts, at, fresh, stands

pytestmark = pytest.mark.django_db


class TestPassClockOfMatter:
    def test_closes_the_window_on_the_day_after_its_last(self, market: Market) -> None:
        row = market.opened()
        last = CLOSED.replace(day=13)

        assert not market.passes(row, last)
        assert market.passes(row, CLOSED)
        assert not market.passes(row, CLOSED)

        assert stands(row, CLOSED) == "checked"
        assert fresh(row).body == market.pab


class TestPassDue:
    def test_lets_everything_pass_that_is_over(self, market: Market) -> None:
        rows = (market.opened(), market.shown(), market.drafted())

        assert pass_due(at(DRAFTED), DRAFTED) == 0
        assert pass_due(at(CLOSED), CLOSED) == 2

        assert [stands(one, CLOSED) for one in rows] == ["checked", "checked", "drafted"]
        assert acts().count("pass_clock_of_matter") == 2
