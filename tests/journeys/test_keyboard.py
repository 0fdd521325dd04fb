"""What the keyboard alone can do on every page: search, skip, see where one is, open and close a drawer."""

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tallystick.parties.models import Person, Role
from tests.journeys.visiting import Visitor
from tests.site import people
from tests.site.browser import CHROMIUM

pytestmark = [
    pytest.mark.browser,
    pytest.mark.enable_socket,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not installed"),
]


@pytest.fixture
def jo() -> Person:
    made = people.person("Jo Tarn")
    people.role(made, Role.ANALYST)
    return made


@pytest.fixture
def visitor(chromium: Browser, live_server: LiveServer, jo: Person) -> Visitor:
    made = Visitor.new(chromium, live_server.url)
    made.signs_in(jo)
    return made


def focused(page: Page) -> str:
    told: str = page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")
    return told


class TestKeyboard:
    def test_reaches_search_content_and_drawers(self, visitor: Visitor) -> None:
        page = visitor.page
        visitor.goes_to("/sec/")
        page.keyboard.press("Tab")
        assert focused(page) == "Skip to content"
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none"
        page.keyboard.press("Enter")
        assert focused(page) == "main"
        page.keyboard.press("/")
        assert focused(page) == "q"

        visitor.goes_to("/house/components")
        visitor.presses("Open the history drawer")
        assert page.evaluate("document.getElementById('history').open")
        page.keyboard.press("Escape")
        assert not page.evaluate("document.getElementById('history').open")
        assert focused(page) == "Open the history drawer"
        visitor.looks("components")

        assert visitor.complaints == []

    def test_keeps_its_place_when_a_part_is_fetched_again(self, visitor: Visitor) -> None:
        page = visitor.page
        visitor.goes_to("/sec/")
        page.locator("#do-2").focus()

        page.evaluate("htmx.ajax('GET', '/sec/waiting', {target: '#waiting', swap: 'outerHTML'})")
        page.wait_for_function("!document.querySelector('.htmx-request')")

        assert focused(page) == "do-2"
        visitor.goes_to("/sec/exclusions")
        page.get_by_label("State").focus()
        page.get_by_label("State").select_option("entered")
        page.wait_for_url("**state=entered**")
        assert focused(page) == "f-state"

    def test_says_what_could_not_be_fetched(self, visitor: Visitor) -> None:
        page = visitor.page
        visitor.goes_to("/sec/exclusions")
        page.route("**/sec/exclusions?**", lambda route: route.fulfill(status=500, body=""))

        page.get_by_label("State").select_option("entered")

        visitor.sees("This part could not be fetched, and stays as it was.")
        page.evaluate("htmx.ajax('GET', '/sec/waiting', {target: '#waiting-count'})")
        page.wait_for_function("!document.querySelector('.htmx-request')")
        visitor.sees("This part could not be fetched, and stays as it was.")
        page.unroute("**/sec/exclusions?**")
        page.get_by_label("State").select_option("refused")
        page.wait_for_url("**state=refused**")
        page.locator("#unfetched").wait_for(state="detached")
        assert page.get_by_role("heading", name="Exclusions", exact=True).is_visible()
