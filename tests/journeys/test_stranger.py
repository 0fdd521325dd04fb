"""A stranger's visit: what is published is there, and of all else not even that it is."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.journeys.visiting import Visitor
from tests.site.browser import CHROMIUM
from tests.site.landed import ALFA, Landed, build

pytestmark = [
    pytest.mark.browser,
    pytest.mark.enable_socket,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not installed"),
]
PUBLISHED = [
    "/sec/",
    "/sec/performance/2021-07",
    "/sec/measures",
    "/sec/measures/CPM1/2021-07",
    "/sec/findings",
    "/sec/rulebook",
    "/sec/rulebook/H13.4",
    "/sec/obligations/RPT-PMR",
    "/house/components",
]


@pytest.fixture
def world(db: None) -> Landed:
    return build()


class TestAStranger:
    def test_reads_what_is_published_and_finds_no_party(
        self, chromium: Browser, live_server: Any, world: Landed
    ) -> None:
        visitor = Visitor.new(chromium, live_server.url)
        for address in PUBLISHED:
            assert visitor.goes_to(address) == 200
            shown = visitor.page.content()
            assert [name for name in world.parties if name in shown] == [], address
            visitor.looks(address)
        assert visitor.complaints == []

    def test_finds_nothing_else(self, chromium: Browser, live_server: Any, world: Landed) -> None:
        visitor = Visitor.new(chromium, live_server.url)
        hidden = [
            "/sec/evidence",
            f"/sec/evidence/{world.sent['alfa'].reference}",
            f"/sec/findings/{world.finding(ALFA)}",
            f"/sec/findings/{world.finding(ALFA)}/lines.csv",
            f"/sec/runs/{world.runs['failed'].reference}",
            "/sec/exclusions",
            "/sec/parties",
            "/sec/people/",
            "/sec/nowhere",
        ]
        shown = set()
        for address in hidden:
            assert visitor.goes_to(address) == 404, address
            shown.add(visitor.text())

        assert len(shown) == 1
        visitor.looks("nothing here")

    @pytest.mark.usefixtures("world")
    def test_comes_to_the_content_by_the_first_key(self, chromium: Browser, live_server: Any) -> None:
        visitor = Visitor.new(chromium, live_server.url)
        visitor.goes_to("/sec/performance/2021-07")

        visitor.page.keyboard.press("Tab")
        visitor.page.keyboard.press("Enter")

        assert visitor.page.evaluate("document.activeElement.id") == "main"
