import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tallystick.parties.acting import Acting
from tests.risks.cast import BEFORE, Cast, words_of
from tests.risks.views.conftest import browser, text

pytestmark = pytest.mark.django_db
ALL = "/sec/risks"
MOST = 12


def asks(who: Acting, address: str) -> int:
    client = browser(who)
    client.get("/sec/waiting")
    with CaptureQueriesContext(connection) as taken:
        text(client.get(address))
    return sum(one["sql"].startswith("SELECT") and "closedday" not in one["sql"] for one in taken)


class TestRegister:
    def test_says_so_while_none_is_open(self, cast: Cast) -> None:
        pages = [text(browser(one).get(ALL)) for one in (None, cast.jo)]

        assert all("No register is open" in page for page in pages)
        assert ["/risks/open" in page for page in pages] == [False, True]

    def test_shows_the_words_to_all_and_drafts_to_few(self, cast: Cast) -> None:
        cast.opened()
        cast.scored("R-02")
        names = ("jo", "hal", "ada", "pat")

        pages = {name: text(browser(getattr(cast, name)).get(ALL)) for name in names}

        assert all("Communications Hub of the wrong variant" in page for page in pages.values())
        assert {name for name, page in pages.items() if "Above appetite</span>" in page} == {"jo", "hal"}
        assert "One risk stands above appetite" in pages["hal"]
        assert "No risk stands above appetite" in pages["ada"]
        assert "s draft until" not in pages["ada"]
        assert text(browser(None).get(ALL)).count("R-02") > 0

    def test_lies_on_the_grid_of_either_side(self, cast: Cast) -> None:
        cast.opened()
        cast.scored("R-02")
        client = browser(cast.jo)

        net, inherent = (text(client.get(f"{ALL}?score={one}")) for one in ("net", "inherent"))

        link = '<a href="/sec/risks/R-02" title="Hub variant and region">R-02</a><span class="s">'
        assert f"{link}16" in net
        assert f"{link}20" in inherent
        assert "Planned" not in net  # a plan gives it, and there is none

    def test_has_no_grid_where_the_method_has_no_steps(self, cast: Cast) -> None:
        cast.opened(method="money")

        assert "no steps to draw a grid by" in text(browser(cast.jo).get(ALL))

    @pytest.mark.parametrize(
        ("query", "seen"),
        [
            ("find=second", {"R-10"}),
            ("position=above", {"R-02"}),
            ("area=b", {"R-02"}),
            ("find=nowhere", set()),
        ],
    )
    def test_is_filtered(self, cast: Cast, query: str, seen: set[str]) -> None:
        cast.opened()
        cast.added(words_of("First"))
        cast.added(words_of("Second"))
        cast.scored("R-02")

        page = text(browser(cast.jo).get(f"{ALL}?{query}"))

        register = page.partition('id="register"')[2]
        there = {f"R-{number:02}" for number in range(1, 11)}
        assert {one for one in there if f'class="ref">{one}<' in register} == seen

    def test_tells_the_period_before(self, cast: Cast) -> None:
        cast.scored("R-02", (5, 4, 3, 4), cast.opened(BEFORE))
        cast.opened()
        cast.scored("R-02")

        page, old = (text(browser(cast.jo).get(f"{ALL}{query}")) for query in ("", f"?period={BEFORE}"))

        assert "rose from 12 to 16." in page
        assert 'href="/sec/risks?period=2021-22" aria-current' not in page
        assert 'href="/sec/risks?period=2021-22" aria-current' in old

    def test_leaves_out_what_was_split(self, cast: Cast) -> None:
        cast.opened()
        cast.split("R-02", "Variant", "Region")

        page = text(browser(cast.jo).get(ALL))

        assert ("/risks/R-02" in page, "/risks/R-09" in page) == (False, True)


class TestFile:
    def test_has_what_the_page_has_and_no_formula(self, cast: Cast) -> None:
        cast.opened()
        cast.added(words_of("=SUM(A1)"))
        cast.scored("R-02")

        answer = browser(cast.jo).get(f"{ALL}.csv")

        rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
        assert answer["Content-Disposition"] == 'attachment; filename="risks-2022-23.csv"'
        assert (rows[0]["reference"], rows[0]["net"], rows[0]["draft"]) == ("R-02", "16.00", "yes")
        assert {row["title"] for row in rows if row["reference"] == "R-09"} == {"'=SUM(A1)"}

    def test_tells_no_draft_to_others(self, cast: Cast) -> None:
        cast.opened()
        cast.scored("R-02")

        rows = csv.DictReader(io.StringIO(browser(cast.ada).get(f"{ALL}.csv").content.decode()))

        assert {(row["net"], row["draft"]) for row in rows} == {("", "no")}

    def test_is_not_there_without_a_register(self, cast: Cast) -> None:
        assert browser(cast.jo).get(f"{ALL}.csv").status_code == 404


class TestPages:
    def test_ask_little_of_the_database(self, cast: Cast) -> None:
        cast.opened()
        cast.scored("R-02")
        pages = (ALL, "/sec/risks/R-02", "/sec/risks/new", "/sec/risks/merge", "/sec/risks/R-02/words")

        counts = {
            (who, page): asks(getattr(cast, who), page)
            for who, several in (("jo", pages), ("hal", pages[:2]), ("ada", pages[:2]))
            for page in several
        }

        assert {key: count for key, count in counts.items() if count > MOST} == {}

    def test_ask_no_more_the_more_there_are(self, cast: Cast) -> None:
        cast.opened()
        before = asks(cast.jo, ALL)

        cast.scored("R-02")
        cast.added()

        assert asks(cast.jo, ALL) == before
