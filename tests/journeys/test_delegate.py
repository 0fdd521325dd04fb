"""A delegate's errand: sign in, see one's own figures and nobody else's, take the line list away."""

import csv
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.journeys.visiting import Visitor
from tests.site.browser import CHROMIUM
from tests.site.landed import ALFA, BRVO, Landed, build

pytestmark = [
    pytest.mark.browser,
    pytest.mark.enable_socket,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not installed"),
]


@pytest.fixture
def world(db: None) -> Landed:
    return build()


def others(world: Landed, text: str) -> list[str]:
    return [name for name in world.parties if name != ALFA and name in text]


class TestADelegate:
    def test_sees_their_own_and_takes_their_lines_away(
        self, chromium: Browser, live_server: Any, world: Landed, tmp_path: Path
    ) -> None:
        ada = Visitor.new(chromium, live_server.url)
        ada.signs_in(world.people["ada"])
        ada.sees(f"Waiting on {ALFA}")
        assert others(world, ada.page.content()) == []
        ada.looks("home")

        ada.follows("38 lines")
        ada.sees("Answered 3 days late")
        assert others(world, ada.page.content()) == []
        with ada.page.expect_download() as saved:
            ada.page.get_by_role("link", name="Line list").click()
        file = tmp_path / "lines.csv"
        saved.value.save_as(file)

        rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
        assert [row["key"] for row in rows] == ["EV-000000", "EV-000001", "EV-000002"]
        ada.goes_to("/sec/measures/AREA-G/2021-07")
        assert others(world, ada.page.content()) == []
        ada.looks("measure")
        assert ada.complaints == []

    def test_finds_nothing_of_a_rival(self, chromium: Browser, live_server: Any, world: Landed) -> None:
        ada = Visitor.new(chromium, live_server.url)
        ada.signs_in(world.people["ada"])

        told = {
            address: ada.goes_to(address)
            for address in (
                f"/sec/findings/{world.finding(BRVO)}",
                f"/sec/evidence/{world.sent['brvo'].reference}",
                f"/sec/runs/{world.runs['waiting'].reference}",
            )
        }

        assert set(told.values()) == {404}
        ada.looks("nothing here")

    def test_chooses_rows_of_the_month_and_stays_on_its_page(
        self, chromium: Browser, live_server: Any, world: Landed
    ) -> None:
        ada = Visitor.new(chromium, live_server.url)
        ada.signs_in(world.people["ada"])
        ada.goes_to("/sec/performance/2021-07")
        ada.page.evaluate("window.stayed = true")

        ada.follows("By provider")
        ada.page.wait_for_url("**/sec/performance/2021-07?show=provider")

        assert ada.page.evaluate("window.stayed") is True
        assert ada.page.locator("#measures").count() == 1
        ada.page.go_back()
        ada.page.wait_for_url("**/sec/performance/2021-07")
        assert ada.complaints == []
