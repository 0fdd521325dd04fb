"""The register of applications, and one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tallystick.assessments.techniques.begun import UnableToBeginApplication
from tests.assessments.cast import AUDIT, GUIDANCE, TESTING, Cast
from tests.assessments.doors import browser, text
from tests.assessments.dropping import without

pytestmark = pytest.mark.django_db
ALL = "/sec/applications"
MOST = 12


class TestRegister:
    def test_lists_what_one_may_see(self, cast: Cast) -> None:
        planned, started = cast.begun(AUDIT), cast.started()

        pages = {name: text(browser(getattr(cast, name)).get(ALL)) for name in ("jo", "ada", "bo")}

        assert [planned.reference in page for page in pages.values()] == [True, False, False]
        assert all(started.reference in page for page in pages.values())
        assert "0 of 2 answered" in pages["jo"]
        assert "0 of 1 answered" in pages["ada"]
        assert browser(None).get(ALL).status_code == 404

    @pytest.mark.parametrize(
        ("query", "count"), [("stage=planned", 1), ("technique=x", 0), ("find=COVER", 2)]
    )
    def test_is_filtered(self, cast: Cast, query: str, count: int) -> None:
        cast.begun(AUDIT)
        cast.started()

        page = text(browser(cast.jo).get(f"{ALL}?{query}"))

        assert page.count("/sec/applications/TEC-") == count

    def test_says_so_where_nothing_is_applied(self, cast: Cast) -> None:
        assert "Nothing is applied" in text(browser(cast.ada).get(ALL))


class TestApplication:
    def test_shows_all_parts_to_the_office_and_its_own_to_a_party(self, cast: Cast) -> None:
        row = cast.started()

        pages = {name: text(browser(getattr(cast, name)).get(f"{ALL}/{row}")) for name in ("jo", "ada", "bo")}

        assert ["parts/alfa" in page for page in pages.values()] == [True, True, False]
        assert ["parts/brvo" in page for page in pages.values()] == [True, False, False]
        assert "BRVO" not in pages["ada"]
        assert ["AMBER" in page for page in pages.values()] == [True, True, False]

    def test_is_not_there_for_others_while_it_is_planned(self, cast: Cast) -> None:
        row = cast.begun()

        assert [browser(who).get(f"{ALL}/{row}").status_code for who in (cast.jo, cast.ada)] == [200, 404]
        assert browser(cast.jo).get(f"{ALL}/TEC-2021-99").status_code == 404

    def test_offers_the_office_what_comes_next(self, cast: Cast) -> None:
        planned, audit = cast.begun(TESTING), cast.started(AUDIT)

        pages = [text(browser(cast.jo).get(f"{ALL}/{one}")) for one in (planned, audit)]

        assert "List items" in pages[0]
        assert "steps/start" in pages[0]
        assert "opens once every part that needs an outcome has one" in pages[1]
        assert "steps/" not in text(browser(cast.ada).get(f"{ALL}/{audit}"))

    def test_tells_the_result(self, cast: Cast) -> None:
        row = cast.reported()
        cast.close(row)

        page = text(browser(cast.ada).get(f"{ALL}/{row}"))

        assert "£4,200 spent of £5,000 planned" in page
        assert "Fewer hubs of the wrong variant." in page

    def test_asks_little_of_the_database(self, cast: Cast) -> None:
        row, client = cast.started(), browser(cast.jo)
        client.get("/sec/waiting")

        with CaptureQueriesContext(connection) as taken:
            text(client.get(f"{ALL}/{row}"))

        assert sum(one["sql"].startswith("SELECT") and "closedday" not in one["sql"] for one in taken) <= MOST


class TestDropped:
    def test_techniques_are_shown_as_they_were_kept(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        guidance, audit = cast.started(), cast.started(AUDIT)
        cast.conclude(cast.part(audit), "conforms")
        without(monkeypatch, GUIDANCE, AUDIT)

        one = f"applications/{audit}"
        pages = {
            name: text(browser(cast.jo).get(f"/sec/{name}"))
            for name in ("applications", one, f"{one}/parts/alfa", "techniques")
        }
        own = text(browser(cast.ada).get("/sec/"))

        assert pages["applications"].count("no longer in the catalogue") == 2
        for name in (one, f"{one}/parts/alfa"):
            assert "The technique is no longer in the catalogue." in pages[name]
            assert "Conforms" in pages[name]
            assert f'href="/sec/techniques/{AUDIT}"' not in pages[name]
        assert f"/sec/techniques/{AUDIT}" not in pages["techniques"]
        assert guidance.reference in own

    def test_techniques_go_on_to_their_end_and_begin_no_more(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        audit = cast.started(AUDIT, parties=(cast.alfa,))
        without(monkeypatch, AUDIT)

        assert cast.conclude(cast.part(audit), "does_not_conform").outcome == "does_not_conform"
        assert cast.report(audit).move == "report"
        assert browser(cast.jo).get(f"/sec/techniques/{AUDIT}/apply").status_code == 404
        with pytest.raises(UnableToBeginApplication, match="no technique"):
            cast.begun(AUDIT)
