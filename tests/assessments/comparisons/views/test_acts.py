from typing import Any

import pytest

from tallystick.assessments.models import Publication, PublicationQuery
from tests.assessments import league
from tests.assessments.doors import browser, goes_on_to, key_of, text
from tests.assessments.market import CLOSED, DRAFTED, JULY, Market, fresh, lines_of, stands

TODAY = DRAFTED

pytestmark = pytest.mark.django_db
NEW = "/sec/comparisons/new"


def sent(acting: Any, address: str, **told: Any) -> Any:
    asked = browser(acting)
    return asked.post(address, {"key": key_of(asked, address), **told})


class TestDraft:
    def test_freezes_what_landed(self, market: Market) -> None:
        said = {"measure": "AREA-B", "category": "large_supplier", "first": JULY, "last": JULY}

        answer = sent(market.jo, NEW, **said, names="aliases", classification="", why="To compare.")

        row = Publication.objects.get()
        assert (answer.status_code, answer.url) == (302, f"/sec/comparisons/{row.reference}")
        assert len(lines_of(row)) == 14

    def test_says_what_cannot_be_compared(self, market: Market) -> None:
        said = {"measure": "AREA-B", "category": "gas_network", "first": JULY, "last": JULY}

        answer = sent(market.jo, NEW, **said, names="names", classification="", why="To compare.")

        assert answer.status_code == 409
        assert "Nobody of them had an event" in answer.content.decode()

    def test_is_the_offices(self, market: Market) -> None:
        assert {browser(one).get(NEW).status_code for one in (market.ada, market.obs, market.hal)} == {404}


class TestDraftLeague:
    def test_freezes_what_is_open(self, market: Market, settings: Any) -> None:
        settings.OPEN_ISSUES = league.TOLD_BY
        said = {"category": "large_supplier", "names": "aliases", "classification": ""}

        answer = sent(market.jo, f"{NEW}/league", **said, why="To compare.")

        row = Publication.objects.get()
        assert (answer.status_code, answer.url) == (302, f"/sec/comparisons/{row.reference}")
        assert row.is_league

    def test_says_where_too_few_have_anything_open(self, market: Market) -> None:
        said = {"category": "large_supplier", "names": "aliases", "classification": ""}

        answer = sent(market.jo, f"{NEW}/league", **said, why="To compare.")

        assert answer.status_code == 409
        assert "A place would tell whose it is" in answer.content.decode()

    def test_is_the_offices(self, market: Market) -> None:
        asked = [browser(one).get(f"{NEW}/league") for one in (market.ada, market.obs, market.hal)]

        assert {one.status_code for one in asked} == {404}


class TestStep:
    def test_opens_the_window(self, market: Market) -> None:
        row = market.drafted()

        answer = sent(market.jo, f"/sec/comparisons/{row.reference}/moves/open_window")

        assert answer.status_code == 302
        assert stands(row) == "window"

    def test_carries_out_what_a_body_decided(self, market: Market, settings: Any) -> None:
        row = market.checked()
        reference = market.decided_on_nobody(market.pab, CLOSED)
        goes_on_to(settings, CLOSED)
        told = {"said_reasons": "So agreed.", "decision": reference}

        answer = sent(market.sam, f"/sec/comparisons/{row.reference}/moves/recommend", **told)

        assert answer.status_code == 302
        assert stands(row, CLOSED) == "recommended"

    @pytest.mark.parametrize("move", ["publish", "recommend", "correct", "archive", "nothing"])
    def test_makes_no_move_that_is_not_lawful(self, market: Market, move: str) -> None:
        row = market.drafted()
        asked = browser(market.sam)
        told = {"key": "k-1", "said_reasons": "So.", "said_why": "So.", "decision": "DEC-2021-ABCDEF"}

        answer = asked.post(f"/sec/comparisons/{row.reference}/moves/{move}", told)

        assert answer.status_code in (404, 409, 422)
        assert stands(row) == "drafted"
        assert not fresh(row).course.steps.exists()


class TestQuery:
    def test_is_a_partys_of_its_own_line(self, market: Market) -> None:
        row = market.opened()

        answer = sent(market.ada, f"/sec/comparisons/{row.reference}/query", words="Three were right.")

        assert answer.status_code == 302
        assert PublicationQuery.objects.get().party == market.alfa
        for acting, name in ((market.ada, True), (market.jo, True), (market.ben, False)):
            assert ("Three were right." in text(browser(acting).get(answer.url))) is name

    def test_has_no_form_for_whom_has_no_line(self, market: Market) -> None:
        row = market.drafted()

        assert browser(market.ada).get(f"/sec/comparisons/{row.reference}/query").status_code == 404
        assert browser(market.jo).get(f"/sec/comparisons/{row.reference}/query").status_code == 404

    def test_shows_what_is_open_in_a_league(self, market: Market, settings: Any) -> None:
        settings.OPEN_ISSUES = league.TOLD_BY
        row = market.opened(**league.LEAGUE)

        page = text(browser(market.ada).get(f"/sec/comparisons/{row.reference}/query"))

        assert "1 severe, 1.1 years; 1 minor, 10 days" in page


class TestAnswer:
    def test_tells_the_party(self, market: Market) -> None:
        row = market.opened()
        market.queried(row)
        told = {"answer": "They were.", "upheld": "yes"}

        answer = sent(market.jo, f"/sec/comparisons/{row.reference}/queries/1", **told)

        assert answer.status_code == 302
        assert "They were." in text(browser(market.ada).get(answer.url))
        assert browser(market.jo).get(f"/sec/comparisons/{row.reference}/queries/7").status_code == 404


class TestCorrect:
    def test_freezes_another_sheet(self, market: Market) -> None:
        row = market.opened()
        told = {"party": "alfa", "numerator": 183, "denominator": 200, "why": "Three were right."}

        answer = sent(market.jo, f"/sec/comparisons/{row.reference}/correct", **told)

        assert answer.status_code == 302
        assert lines_of(row)["ALFA"].numerator == 183
        assert DRAFTED.isoformat() in str(fresh(row).sheets.get(number=2).made_at)

    def test_counts_what_was_open_in_a_league(self, market: Market, settings: Any) -> None:
        settings.OPEN_ISSUES = league.TOLD_BY
        row = market.opened(**league.LEAGUE)
        others = ("moderate", "serious", "severe")
        counts = {f"{part}_{one}": 0 for part in ("count", "days") for one in others}
        told = {"party": "alfa", **counts, "count_minor": 2, "days_minor": 30, "why": "Two were closed."}

        answer = sent(market.jo, f"/sec/comparisons/{row.reference}/correct", **told)

        assert answer.status_code == 302
        assert lines_of(row)["ALFA"].issues == {"minor": [2, 30]}
