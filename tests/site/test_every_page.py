"""Every page that somebody can come to by following links: none leads nowhere, none asks too much."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml.html import HtmlElement, document_fromstring

from tallystick.runs.installation import rulebook_of
from tests.site.decided import decide
from tests.site.granted import forbear, grant_leave
from tests.site.landed import ALFA, BRVO, MOST_QUERIES, Landed

pytestmark = pytest.mark.django_db
# Of the pages that differ only in these, the first that is met stands for the others.
ALIKE = re.compile(
    r"(?<=/rulebook/)[^?]+|(?<=/obligations/)[^?]+|(?<=/measures/)[^/?]+|(?<=/findings/)FND-\d+"
    r"|(?<=/people/)\w{20}|(?<=state=)\w+|(?<=show=)\w+|(?<=obligation=)[^&]+|(?<=/history/)\w+/\w+"
    r"|(?<=/runs/)RUN-[\w-]+|(?<=/evidence/)[ES]-\w+"
    r"|(?<=/techniques/)(?!report)[^/?]+|(?<=[?&]at=)[\d-]+"
)
# What stands beside a page is three questions more: who has leave, what is not pursued, what is challenged.
BESIDE = 3
# A home asks every room what it has waiting, once each.
AT_HOME = 7
WALKERS = ["jo", "ada", "bo", "olly", "iris", "machine", "public"]
# What the content policy would stop, and what would run if it did not.
FORBIDDEN = re.compile(r"^(style|on\w+|hx-on.*|hx-vals|srcdoc)$")


@dataclass
class Walk:
    """What was met on the way."""

    pages: dict[str, bytes] = field(default_factory=dict)
    queries: dict[str, int] = field(default_factory=dict)
    dead: list[str] = field(default_factory=list)


def elements(page: str) -> list[HtmlElement]:
    return [one for one in document_fromstring(page).iter() if isinstance(one, HtmlElement)]


def links(address: str, page: str) -> Iterator[str]:
    """Yield the addresses of the site that a page leads to or fetches, but for those that are sent to."""
    for element in elements(page):
        for name in ("href", "hx-get", "action", "src"):
            found = element.get(name)
            is_sent = name == "action" and element.get("method", "get") == "post"
            if found is None or is_sent or found.startswith("data:"):
                continue
            parts = urlsplit(urljoin(f"http://here{address}", found))
            if parts.netloc == "here" and not parts.path.startswith(("/static/", "/account/")):
                yield parts.path + (f"?{parts.query}" if parts.query else "")


def is_asked(sql: str) -> bool:
    """Tell whether a page asks something; that it was read may be noted in the journal besides."""
    return sql.startswith("SELECT") and "journal_closedday" not in sql


def walked(client: Client) -> Walk:
    walk, ahead, known = Walk(), [("/sec/", "the start")], set()
    client.get("/sec/waiting")  # the first request of a session writes its role down
    while ahead:
        address, before = ahead.pop(0)
        if (alike := ALIKE.sub("…", address)) in known:
            continue
        known.add(alike)
        with CaptureQueriesContext(connection) as taken:
            answer = client.get(address)
        walk.queries[address] = sum(is_asked(one["sql"]) for one in taken)
        if answer.status_code in (301, 302):
            ahead.append((urljoin(address, answer.headers["Location"]), address))
        elif answer.status_code != 200:
            walk.dead.append(f"{before} leads to {address}: {answer.status_code}")
        elif not answer.streaming:
            walk.pages[address] = answer.content
            if answer.headers["Content-Type"].startswith("text/html") and b"<html" in answer.content:
                ahead += [(link, address) for link in links(address, answer.content.decode())]
    return walk


@pytest.fixture(scope="module")
def walk_of(landed: Landed) -> Callable[[str], Walk]:
    """Return how to have the walk of one person; everybody walks once."""
    decide(landed)
    grant_leave(landed)
    forbear(landed)
    return cache(lambda name: walked(landed.client(name)))


@pytest.fixture(params=WALKERS)
def walk(walk_of: Callable[[str], Walk], request: pytest.FixtureRequest) -> Walk:
    return walk_of(request.param)


def pages(walk: Walk) -> dict[str, str]:
    return {address: page.decode() for address, page in walk.pages.items() if b"<html" in page}


class TestLinks:
    def test_lead_somewhere(self, walk: Walk) -> None:
        assert walk.dead == []


class TestMeasures:
    @pytest.mark.parametrize("name", ["jo", "ada", "public"])
    def test_of_the_rulebook_lead_to_a_figure_or_say_that_there_is_none(
        self, landed: Landed, name: str
    ) -> None:
        client = landed.client(name)
        keys = sorted(rulebook_of("sec").measures)

        pages = {key: client.get(f"/sec/measures/{key}", follow=True) for key in keys}

        assert {key: page.status_code for key, page in pages.items() if page.status_code != 200} == {}
        assert {key for key, page in pages.items() if b"No figure to show" in page.content} < set(keys)
        assert client.get("/sec/measures/NONE-SUCH").status_code == 404


class TestTechniques:
    def test_of_the_catalogue_have_a_page_each(self, landed: Landed) -> None:
        client = landed.client("jo")
        keys = sorted(rulebook_of("sec").techniques)

        answers = {key: client.get(f"/sec/techniques/{key}").status_code for key in keys}

        assert {key: told for key, told in answers.items() if told != 200} == {}
        assert len(answers) > 10
        assert client.get("/sec/techniques/NONE-SUCH").status_code == 404


class TestEarlierDays:
    """Every page that somebody comes to, asked as it was known on another day, or on no day at all."""

    @pytest.mark.parametrize("name", ["jo", "ada", "public"])
    @pytest.mark.parametrize("day", ["2010-01-01", "2021-13-45", "soon\u0000", "9999-12-31"])
    def test_are_answered_on_every_page(
        self, landed: Landed, walk_of: Callable[[str], Walk], name: str, day: str
    ) -> None:
        client = landed.client(name)
        asked = {urlsplit(address).path for address in walk_of(name).pages}

        answers = {path: client.get(path, {"at": day}).status_code for path in asked}

        odd = 400 if "\0" in day else 404
        assert {path: told for path, told in answers.items() if told not in (200, odd)} == {}

    def test_before_anything_landed_show_none_of_it(
        self, landed: Landed, walk_of: Callable[[str], Walk]
    ) -> None:
        client = landed.client("jo")
        months = [
            path for path in walk_of("jo").pages if path.startswith(("/sec/performance/", "/sec/measures/"))
        ]

        shown = [path for path in months if client.get(path, {"at": "2010-01-01"}).status_code == 200]

        assert months
        assert shown == []


class TestPages:
    def test_ask_the_database_little(self, walk: Walk) -> None:
        # A receipt holds a proof for each entry; how long that is follows from the log.
        counted = {address: count for address, count in walk.queries.items() if "/history/" not in address}

        most = {address: MOST_QUERIES + (AT_HOME if address == "/sec/" else BESIDE) for address in counted}
        assert {address: count for address, count in counted.items() if count > most[address]} == {}

    def test_keep_to_the_content_policy(self, walk: Walk) -> None:
        for address, page in pages(walk).items():
            for element in elements(page):
                assert [name for name in element.attrib if FORBIDDEN.match(str(name))] == [], address
                assert not (element.get("href") or "").lower().startswith("javascript:"), address
                assert element.tag != "script" or element.get("src"), address

    def test_have_one_heading_and_names_of_their_own(self, walk: Walk) -> None:
        for address, page in pages(walk).items():
            tags = [str(element.tag) for element in elements(page)]
            named = [element.get("id") for element in elements(page) if element.get("id")]
            assert tags.count("h1") == 1, address
            assert len(named) == len(set(named)), address


class TestWhatADelegateMeets:
    def test_names_no_other_party_but_in_the_register(
        self, landed: Landed, walk_of: Callable[[str], Walk]
    ) -> None:
        others = [name for name in landed.parties if name != ALFA]
        met = walk_of("ada").pages

        assert {
            address: [name for name in others if name.encode() in page]
            for address, page in met.items()
            if not address.startswith("/sec/parties") and any(name.encode() in page for name in others)
        } == {}
        assert any(BRVO.encode() in page for address, page in met.items() if address == "/sec/parties")


class TestLeave:
    def test_is_told_beside_what_was_computed_to_those_who_may_know(
        self, walk_of: Callable[[str], Walk]
    ) -> None:
        told = {name: walk_of(name).pages for name in ("jo", "ada", "bo", "machine", "public")}

        beside = {
            name: {address.split("?")[0] for address, page in pages.items() if b"1% allowed until" in page}
            for name, pages in told.items()
        }

        assert {"/sec/performance/2021-07", "/sec/"} <= beside["ada"]
        assert "/sec/performance/2021-07" in beside["jo"] & beside["bo"]
        assert beside["machine"] == beside["public"] == set()


class TestWhatAStrangerMeets:
    def test_names_no_party_at_all(self, landed: Landed, walk_of: Callable[[str], Walk]) -> None:
        for address, page in walk_of("public").pages.items():
            assert [one for one in landed.parties if one.encode() in page] == [], address
            assert b"doubt about" not in page
            assert b"Agreed outage" not in page
