import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.assessments.cast import Cast
from tests.risks import cast as of_risks
from tests.risks.views.conftest import browser, text

PAGE = "/sec/coverage"


@pytest.fixture
def office(cast: Cast) -> of_risks.Cast:
    return of_risks.Cast(cast.of)


class TestPage:
    def test_counts_what_is_left_open_and_leads_to_it(self, office: of_risks.Cast) -> None:
        office.opened()

        page = text(browser(office.jo).get(PAGE))

        assert "Techniques without a measure" in page
        for told in (
            "/sec/rulebook/",
            "/sec/obligations/",
            "/sec/measures/",
            "?open=unowed",
        ):
            assert told in page

    def test_follows_the_words_of_the_register(self, office: of_risks.Cast) -> None:
        office.opened()
        added = office.added(of_risks.words_of("Late data", clauses=("H3.17",), indicators=()))

        page = text(browser(office.jo).get(f"{PAGE}?open=unseen"))

        assert f"/sec/risks/{added.reference}" in page
        assert "Late data" in page
        assert "no indicator" in page

    def test_counts_a_risk_as_treated_once_a_technique_is_applied_to_it(
        self, office: of_risks.Cast, cast: Cast
    ) -> None:
        office.opened()
        added = office.added(of_risks.words_of("Late data", clauses=("H3.17",)))
        before = text(browser(office.jo).get(f"{PAGE}?open=untreated"))
        cast.begun(risks=(added.reference,))
        planned = text(browser(office.jo).get(f"{PAGE}?open=untreated"))

        cast.started(risks=(added.reference,))

        after = text(browser(office.jo).get(f"{PAGE}?open=untreated"))
        assert [added.reference in one for one in (before, planned, after)] == [True, True, False]

    def test_rests_on_what_one_may_see(self, office: of_risks.Cast) -> None:
        office.opened()
        office.added(of_risks.words_of("Late data", indicators=()), classification="amber")

        pages = {name: text(browser(getattr(office, name)).get(PAGE)) for name in ("jo", "hal", "ada", "pat")}

        assert {name for name, page in pages.items() if "Late data" in page} == {"jo", "hal"}
        assert "R-09" not in text(browser(None).get(PAGE))

    def test_reads_the_rulebook_where_no_register_is_open(self, office: of_risks.Cast) -> None:
        page = text(browser(office.ada).get(f"{PAGE}?find=R-02"))

        assert "/sec/risks/R-" not in page
        assert "R-02" in page

    def test_says_that_nothing_is_like_that(self, office: of_risks.Cast) -> None:
        assert "Nothing found" in text(browser(office.ada).get(f"{PAGE}?find=zzzz"))

    def test_asks_little_of_the_database(self, office: of_risks.Cast) -> None:
        office.opened()
        client = browser(office.jo)
        client.get(PAGE)

        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(PAGE)

        assert sum("SELECT" in one["sql"] for one in asked) <= 12


class TestFile:
    def test_has_the_rows_of_the_page(self, office: of_risks.Cast) -> None:
        office.opened()

        answer = browser(office.jo).get(f"{PAGE}.csv?open=unused")

        rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
        assert {one["question"] for one in rows} == {"Measures in no risk"}
        assert all(one["of"] == "measure" for one in rows)
        assert answer["Content-Disposition"] == 'attachment; filename="coverage.csv"'
