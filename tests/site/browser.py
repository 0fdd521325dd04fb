"""Debian's Chromium, driven by tests: what a page complains of, what axe finds, whether it is too wide."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tallystick.parties.models import Person
from tests.site.entering import PASSWORD, code_now, seconds

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path("tests/month/vendor/axe.min.js").resolve()
# Of what is as it should be nothing is told, which is nearly all that there is to tell.
FOUND = """of => axe.run({resultTypes: ["violations"], ...(of.length ? {runOnly: of} : {})}).then(
    told => told.violations.map(one => [one.id, one.nodes[0].html]))"""
# What a one-time code is good for, and what a slow machine takes to send it, in seconds.
STEP, ON_ITS_WAY = 30, 5
OF_COLOURS = ("color-contrast", "link-in-text-block")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    # The browser's driver runs a loop in this thread, and Django would refuse to be asked from there.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
        yield opened
        opened.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def opened(chromium: Browser) -> tuple[Page, list[str]]:
    """Return a new page, and what it will complain of."""
    page = chromium.new_page(
        viewport={"width": 1440, "height": 900}, color_scheme="light", reduced_motion="reduce"
    )
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page, complaints


def sign_in(page: Page, site: str, person: Person, secret: str) -> None:
    page.goto(f"{site}/account/login/")
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    _wait_for_a_code_that_lasts(page)
    page.get_by_label("Code").fill(code_now(secret))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/sec/")


def _wait_for_a_code_that_lasts(page: Page) -> None:
    """Let the half minute of a code that is all but over go by."""
    left = STEP - seconds() % STEP
    if left < ON_ITS_WAY:
        page.wait_for_timeout(1000 * left)


def violations(page: Page, rules: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Return what axe finds by these rules, or by all: the rule, and the first that breaks it."""
    page.wait_for_load_state()
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    return [(rule, html) for rule, html in page.evaluate(FOUND, list(rules))]


def faults(page: Page) -> list[Any]:
    """Return what axe finds and how far the page is too wide: in light, in dark, on a small screen."""
    found: list[Any] = []
    for width, theme in ((1440, "light"), (1440, "dark"), (390, "light")):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("theme => document.documentElement.setAttribute('data-bs-theme', theme)", theme)
        wide = page.evaluate("document.documentElement.scrollWidth")
        # A theme changes colours and nothing else.
        rules = OF_COLOURS if theme == "dark" else ()
        found += [(theme, width, *one) for one in violations(page, rules)]
        found += [] if wide <= width else [(theme, width, f"{wide} wide")]
    return found
