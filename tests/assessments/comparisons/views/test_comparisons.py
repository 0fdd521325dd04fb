import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tallystick.assessments.models import Publication
from tests.assessments import league
from tests.assessments.doors import browser, goes_on_to, text
from tests.assessments.market import CLOSED, DECIDED, DID, DRAFTED, Market, fresh, lines_of, printed

TODAY = DRAFTED

pytestmark = pytest.mark.django_db
OTHERS = ("Supplier C", "Supplier N", "BRVO")


def page_of(row: Publication, tail: str = "") -> str:
    return f"/sec/comparisons/{row.reference}{tail}"


def shown(acting: Any, row: Publication) -> str:
    """Return all that somebody is told of a comparison: the page, its file, the register."""
    asked = browser(acting)
    answers = [asked.get(one) for one in (page_of(row), page_of(row, "/csv"), "/sec/comparisons")]
    return "\n".join(text(one) for one in answers)


class TestRegister:
    def test_lists_where_each_stands(self, market: Market) -> None:
        market.opened()
        market.drafted()

        page = text(browser(market.jo).get("/sec/comparisons"))

        assert page.count("/sec/comparisons/PUB-") == 2
        assert "Query window" in page
        assert "Draft a comparison" in page
        only = text(browser(market.jo).get("/sec/comparisons?show=window"))
        assert only.count("/sec/comparisons/PUB-") == 1

    def test_shows_a_party_none_that_is_a_draft(self, market: Market) -> None:
        market.drafted()

        page = text(browser(market.ada).get("/sec/comparisons"))

        assert "PUB-" not in page
        assert "Draft a comparison" not in page


class TestPublication:
    def test_shows_a_party_its_own_line_alone_before_it_is_published(self, market: Market) -> None:
        row = market.opened()

        told = shown(market.ada, row)

        assert "180 of 200" in told
        assert "It may be queried until <b>Mon 13 Sep 2021</b>" in told
        assert not [name for name in OTHERS if name in told]
        assert not [one.alias for name, one in lines_of(row).items() if name != "ALFA" and one.alias in told]
        assert "place 8" not in told

    def test_shows_its_body_and_the_office_all_of_it(self, market: Market, settings: Any) -> None:
        row = market.checked()
        goes_on_to(settings, CLOSED)

        for acting in (market.jo, market.hal, market.obs):
            assert all(name in shown(acting, row) for name in DID)
        assert "Supplier C" not in shown(market.pat, row)

    def test_shows_readers_aliases_and_nothing_withheld(self, market: Market, settings: Any) -> None:
        row = market.published()
        goes_on_to(settings, DECIDED)

        told = shown(market.ben, row)

        assert "99.5%" in told
        assert "199 of 200" in told  # its own
        assert "180 of 200" not in told
        assert not [name for name in DID if name not in ("BRVO", "ALFA") and name in told]
        assert "ALFA" not in told

    @pytest.mark.parametrize("names", [True, False])
    def test_tells_nobody_what_is_withheld(self, market: Market, settings: Any, *, names: bool) -> None:
        row = market.published(names=names)
        goes_on_to(settings, DECIDED)
        hidden = [one for one in lines_of(row).values() if one.state != "counted"]

        for acting in (market.ada, market.ben):
            told = shown(acting, row)
            for one in hidden:
                assert f"{one.numerator} of {one.denominator}" not in told
            file = csv.DictReader(io.StringIO(text(browser(acting).get(page_of(row, "/csv")))))
            cells = [one for one in file if one["shown_to_readers"] == "no"]
            assert len(cells) == len(hidden)
            kept = ("place", "followed", "of", "level")
            assert {one[name] for one in cells for name in kept} == {""}
            assert {one["percent"] for one in cells} == {"not shown"}
            assert told.count("Not shown") == len(hidden)

    def test_is_not_there_for_whom_it_is_not_for(self, market: Market) -> None:
        row = market.drafted()

        answers = {name: browser(getattr(market, name)).get(page_of(row)) for name in ("ada", "obs", "hal")}

        assert {one.status_code for one in answers.values()} == {404}
        assert browser(None).get(page_of(market.opened())).status_code == 404

    def test_says_when_it_was_corrected_and_what_stood_before(self, market: Market, settings: Any) -> None:
        row = market.published()
        market.corrected(row, DECIDED, numerator=198, why="Eighteen were right.")
        goes_on_to(settings, DECIDED)

        told = shown(market.ben, row)

        assert "Corrected on Wed 15 Sep 2021." in told
        assert "Eighteen were right." in told
        assert "What stood in sheet 1" in told

    def test_asks_little_of_the_database(self, market: Market, settings: Any) -> None:
        row, run = market.published(), market.shown()
        goes_on_to(settings, DECIDED)

        for acting in (market.jo, market.ada):
            for address in (
                page_of(row),
                "/sec/comparisons",
                f"/sec/charges/{run.reference}",
                "/sec/charges",
            ):
                asked = browser(acting)
                asked.get(address)
                with CaptureQueriesContext(connection) as context:
                    assert asked.get(address).status_code == 200
                selects = [one["sql"] for one in context.captured_queries if one["sql"].startswith("SELECT")]
                assert len(selects) <= 12, "\n".join(one[:300] for one in selects)


class TestCsv:
    def test_runs_no_formula(self, market: Market) -> None:
        market.brvo.name = "=cmd|' /C calc'!A0"
        market.brvo.save()
        row = market.opened()

        found = text(browser(market.jo).get(page_of(row, "/csv")))

        assert found.count("\r\n") == len(DID) + 1
        assert "'=cmd" in found
        assert ",=cmd" not in found
        assert found.startswith("reference,measure,first,last,sheet,place,name,alias")


class TestWithheldCells:
    @settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.data())
    def test_are_in_no_row_that_readers_have(self, market: Market, data: st.DataObject) -> None:
        names = data.draw(st.booleans())
        row = market.published(names=names)

        for one in printed(fresh(row)):
            told = (one.numerator, one.denominator, one.rank, one.share, one.rating)
            assert (one.state == "counted") == (told[2] is not None)
            assert one.state == "counted" or told == (None, None, None, "", "")
            assert names or told[:2] == (None, None)


class TestLeague:
    @pytest.fixture(autouse=True)
    def _told(self, settings: Any) -> None:
        settings.OPEN_ISSUES = league.TOLD_BY

    def test_shows_a_party_what_it_has_open_alone(self, market: Market) -> None:
        row = market.opened(**league.LEAGUE)

        told = shown(market.ada, row)

        assert "1 severe, 1.1 years; 1 minor, 10 days" in told
        assert "8.789" in told
        assert not [name for name in OTHERS if name in told]
        assert "2 moderate" not in told

    def test_shows_the_office_all_of_it_by_weights_that_nobody_checked(self, market: Market) -> None:
        row = league.drafted(market)

        told = shown(market.jo, row)

        assert "2 moderate, 40 days on average" in told
        assert "minor 1, moderate 2, serious 4, severe 8" in told
        assert "not yet checked" in told
        assert all(name in told for name in DID)

    def test_shows_readers_points_beside_aliases_and_no_count(self, market: Market, settings: Any) -> None:
        row = market.published(**league.LEAGUE)
        goes_on_to(settings, DECIDED)

        told = shown(market.ben, row)

        assert "8.789" in told
        assert "1 minor, 40 days" in told  # its own
        assert "severe, 1.1 years" not in told
        assert "ALFA" not in told

    def test_gives_its_lines_as_a_file(self, market: Market) -> None:
        row = league.drafted(market)

        file = list(csv.DictReader(io.StringIO(text(browser(market.jo).get(page_of(row, "/csv"))))))

        worst = next(one for one in file if one["name"] == "ALFA")
        assert (worst["place"], worst["points"], worst["counted_on"]) == ("14", "8.789", str(DRAFTED))
