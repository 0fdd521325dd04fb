import pytest

from tallystick.assessments.matters.views import about, may_query, title_of
from tests.assessments.doors import browser, text
from tests.assessments.market import DRAFTED, Market, lines_of

TODAY = DRAFTED

pytestmark = pytest.mark.django_db


class TestTitleOf:
    def test_names_the_measure_or_the_scheme_and_the_months(self, market: Market) -> None:
        assert title_of(market.drafted()).endswith(", July 2021")
        assert title_of(market.computed()) == "Charge for hubs of the wrong variant, July 2021"


class TestAbout:
    def test_leads_to_the_register(self, market: Market) -> None:
        row = market.drafted()

        assert about(row).register == ("Comparisons", "/sec/comparisons")
        assert about(row).href == f"/sec/comparisons/{row.reference}"


class TestMayQuery:
    def test_is_of_ones_own_line_while_the_window_is_open(self, market: Market) -> None:
        lines = lines_of(market.opened())

        assert may_query(market.ada, lines["ALFA"], "window")
        assert not may_query(market.ada, lines["BRVO"], "window")
        assert not may_query(market.ada, lines["ALFA"], "checked")
        assert not may_query(market.jo, lines["ALFA"], "window")


class TestStands:
    def test_offers_what_waits_and_what_comes_later(self, market: Market) -> None:
        row = market.drafted()

        page = text(browser(market.sam).get(f"/sec/comparisons/{row.reference}"))

        assert f"/sec/comparisons/{row.reference}/moves/open_window" in page
        assert "/moves/publish" not in page
