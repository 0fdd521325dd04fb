import pytest

from tallystick.assessments.matters.waiting import waiting
from tests.assessments.market import CLOSED, Market, on

pytestmark = pytest.mark.django_db


class TestWaiting:
    def test_tells_a_party_until_when_its_figure_may_be_queried(self, market: Market) -> None:
        row, run = market.opened(), market.shown()

        found = {one.title: one.href for one in waiting(market.ada)}

        assert found == {
            "Your figure may be queried until 13 September": f"/sec/comparisons/{row.reference}",
            "Your charge may be queried until 13 September": f"/sec/charges/{run.reference}",
        }

    def test_tells_the_office_of_drafts_and_queries(self, market: Market) -> None:
        market.drafted()
        market.queried(market.opened())
        market.queried_charge(market.shown())

        titles = [one.title for one in waiting(market.jo)]

        assert titles.count("Answer what a Party queries") == 2
        assert "Show the Parties a comparison that is drafted" in titles

    def test_tells_the_chair_whose_turn_it_is(self, market: Market) -> None:
        market.checked()
        market.passes(market.shown())

        found = {
            name: len(waiting(on(getattr(market, name), CLOSED))) for name in ("hal", "pat", "sam", "obs")
        }

        assert found == {"hal": 1, "pat": 0, "sam": 1, "obs": 0}
