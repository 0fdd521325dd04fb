import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tallystick.month import report
from tallystick.month.assessment import Assessment
from tests.month.july import MONTH

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
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
NASTY = "</script></style><img src=x onerror=alert(1)>\"'{{7*7}}"


class Tags(HTMLParser):
    """Every tag with its attributes, and the text of each style and script."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.raw: dict[str, str] = {}
        self._inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        self._inside = tag

    def handle_data(self, data: str) -> None:
        if self._inside in {"style", "script"}:
            self.raw[self._inside] = self.raw.get(self._inside, "") + data

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""

    def all(self, name: str) -> list[str]:
        return [value for _, attrs in self.seen if (value := attrs.get(name)) is not None]


@pytest.fixture(scope="module")
def page_of() -> Callable[[Assessment], str]:
    """Return the report of a month, drawn once for each month."""
    drawn: dict[int, str] = {}

    def page(assessment: Assessment) -> str:
        if id(assessment) not in drawn:
            drawn[id(assessment)] = report.html(assessment)
        return drawn[id(assessment)]

    return page


class TestHtml:
    def test_is_the_same_text_for_the_same_month(self, july_with: Callable[..., Assessment]) -> None:
        one, other = (july_with(figures=MONTH.figures[:1]) for _ in range(2))

        assert report.html(one) == report.html(other)

    def test_asks_for_nothing_outside_itself(
        self, july: Assessment, page_of: Callable[[Assessment], str]
    ) -> None:
        tags = Tags(page_of(july))

        assert all(link.startswith("#") for link in tags.all("href"))
        assert tags.all("src") == []
        assert re.findall(r"url\((?!data:)", tags.raw["style"]) == []

    def test_leads_only_to_places_it_has(
        self, july: Assessment, page_of: Callable[[Assessment], str]
    ) -> None:
        tags = Tags(page_of(july))

        assert {link.removeprefix("#") for link in tags.all("href")} <= set(tags.all("id"))

    def test_has_no_place_twice(self, july: Assessment, page_of: Callable[[Assessment], str]) -> None:
        places = Tags(page_of(july)).all("id")

        assert len(places) == len(set(places))

    def test_allows_its_own_style_and_script_alone(
        self, july: Assessment, page_of: Callable[[Assessment], str]
    ) -> None:
        tags = Tags(page_of(july))

        policy = next(attrs["content"] for tag, attrs in tags.seen if "http-equiv" in attrs)
        for kind, text in tags.raw.items():
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert f"{kind}-src 'sha256-{digest}'" in (policy or "")
        assert "default-src 'none'" in (policy or "")
        assert tags.all("style") == []
        assert not [name for _, attrs in tags.seen for name in attrs if name.startswith("on")]

    def test_without_data_stays_small(self, july_with: Callable[..., Assessment]) -> None:
        bare = july_with(figures=(), history={}, findings=(), received=(), reports=(), missing=(), notes=())

        assert len(report.html(bare)) < 300_000

    def test_writes_text_from_data_as_text(
        self, july: Assessment, july_with: Callable[..., Assessment]
    ) -> None:
        figures = tuple(
            replace(
                one,
                title=NASTY,
                commentary=NASTY,
                measure=one.measure.replace("AREA-B", NASTY),
                group=dict.fromkeys(one.group, NASTY),
            )
            for one in july.figures
            if one.measure in {"CPM1", "CSPN-PM2", "AREA-B"}
        )
        findings = tuple(replace(one, subject=NASTY, why=NASTY, id=NASTY) for one in july.findings[:2])
        received = tuple(replace(one, sender=NASTY, id=NASTY) for one in july.received)
        owed = tuple(replace(one, title=NASTY) for one in july.reports)
        changes: dict[str, Any] = {"sentence": NASTY, "notes": (NASTY,), "code_title": NASTY}

        page = report.html(
            july_with(figures=figures, findings=findings, received=received, reports=owed, **changes)
        )

        tags = Tags(page)
        assert "img" not in [tag for tag, _ in tags.seen]
        assert "49" not in re.findall(r"onerror=alert\(1\)&gt;&#34;&#39;(\d+)", page)
        assert page.count("</script>") == page.count("</style>") == 1
        assert not [name for _, attrs in tags.seen for name in attrs if name.startswith("on")]

    def test_says_what_the_month_says(self, july: Assessment, page_of: Callable[[Assessment], str]) -> None:
        page = page_of(july)

        for said in (
            "<h1>Performance, July 2021</h1>",
            "Report received Fri 3 Sep 2021",
            "8 of 27 measures rest on something not yet checked against the code",
            "20,867,318 of 21,483,906",
            "Source counts add up to the CPM1 counts:",
            "Nothing that the month rests on is missing.",
        )[:-1]:
            assert said in page

    def test_of_an_empty_month_says_that_nothing_is_missing(
        self, july_with: Callable[..., Assessment]
    ) -> None:
        page = report.html(july_with(figures=(), history={}, findings=(), reports=(), missing=()))

        assert "Nothing that the month rests on is missing." in page
        assert "No finding in July 2021." in page

    def test_gives_every_chart_a_name_and_a_table(
        self, july: Assessment, page_of: Callable[[Assessment], str]
    ) -> None:
        page = page_of(july)
        figures = re.findall(r"<figure.*?</figure>", page, re.DOTALL)

        assert len(figures) > 10
        assert all("<title id=" in one and "<desc id=" in one and "<table" in one for one in figures)


@pytest.fixture(scope="module")
def file(page_of: Callable[[Assessment], str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of July's report, as a reader opens it."""
    file = tmp_path_factory.mktemp("report") / "july.html"
    file.write_text(page_of(MONTH), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a report with one of everything: looking at every part of a page takes its time."""
    parties = {"Fellside Energy", "Gorsebank Energy", "Harbourlight Power", "Juniper Gas Transport"}
    measures = {"CPM1", "CPM2", "CSPN-PM2", "CSPC-PM2", "S1SP-PM1.1", "CSPN-PM12.2", "RDP-ROLL", "CSPN-PM6.3"}
    figures = tuple(
        one
        for one in MONTH.figures
        if one.measure in measures | {"AREA-B", "AREA-C", "AREA-D1"}
        and one.group.get("party", "Fellside Energy") in parties
    )
    known = {one.measure for one in figures}
    findings = tuple(
        one for one in MONTH.findings if one.measure in known and one.group.get("party", "") in {"", *parties}
    )
    file = tmp_path_factory.mktemp("report") / "small.html"
    file.write_text(report.html(replace(MONTH, figures=figures, findings=findings)), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
        yield opened
        opened.close()


browser = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not installed")


@pytest.mark.browser
@browser
@pytest.mark.enable_socket
class TestInABrowser:
    @pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (1440, "dark"), (390, "light")])
    def test_has_no_accessibility_violation(
        self, chromium: Browser, small_file: Path, width: int, scheme: Any
    ) -> None:
        page = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page.goto(small_file.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")

        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run({resultTypes: ['violations']}).then(told => told.violations)")

        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []

    def test_asks_for_nothing_and_complains_of_nothing(self, chromium: Browser, file: Path) -> None:
        page, asked, said = chromium.new_page(), [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))

        page.goto(file.as_uri())
        page.wait_for_load_state("networkidle")

        assert [url for url in asked if not url.startswith("data:")] == [file.as_uri()]
        assert said == []

    @pytest.mark.parametrize("width", [320, 390, 1024])
    def test_does_not_scroll_sideways(self, chromium: Browser, file: Path, width: int) -> None:
        page = chromium.new_page(viewport={"width": width, "height": 800})
        page.goto(file.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")

        assert page.evaluate("document.documentElement.scrollWidth") <= width

    def test_changes_its_theme_at_a_press(self, chromium: Browser, file: Path) -> None:
        page = chromium.new_page(color_scheme="light")
        page.goto(file.as_uri())
        light = ground(page)

        page.get_by_role("button", name="Use dark theme").click()

        assert ground(page) != light
        assert page.get_by_role("button", name="Use light theme").is_visible()

    def test_opens_the_measure_that_a_link_names(self, chromium: Browser, file: Path) -> None:
        page = chromium.new_page()
        page.goto(file.as_uri())

        page.get_by_role("link", name="CPM2", exact=True).first.click()

        assert page.locator("#m-CPM2").get_attribute("open") is not None

    def test_prints_light_whatever_the_screen(self, chromium: Browser, file: Path) -> None:
        page = chromium.new_page(color_scheme="dark")
        page.goto(file.as_uri())
        page.emulate_media(media="print")

        assert ground(page) == "rgb(255, 255, 255)"


def ground(page: Page) -> str:
    return str(json.loads(page.evaluate("JSON.stringify(getComputedStyle(document.body).backgroundColor)")))
