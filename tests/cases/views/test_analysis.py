import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cases.cast import Cast, landed
from tests.cases.views.conftest import browser, text

pytestmark = pytest.mark.django_db
ADDRESS = "/sec/cases/analysis"
MOST_QUERIES = 12


class TestAnalysis:
    def test_counts_what_somebody_may_see_and_no_more(self, cast: Cast) -> None:
        told, draft = cast.told(cast.opened(landed(cast.alfa))), cast.opened(title="Unknown yet")

        office, overseer = (text(browser(who).get(ADDRESS)) for who in (cast.jo, cast.obs))

        assert "2 cases that you may see" in office
        assert "1 case that you may see" in overseer
        assert draft.reference in office
        assert told.reference in overseer
        assert draft.reference not in overseer

    def test_is_for_those_who_decide_or_oversee(self, cast: Cast) -> None:
        found = {
            name: browser(who).get(ADDRESS).status_code
            for name, who in (("aud", cast.aud), ("bo", cast.bo), ("ada", cast.ada), ("", None))
        }

        assert found == {"aud": 200, "bo": 200, "ada": 404, "": 404}

    def test_says_so_where_there_is_nothing(self, cast: Cast) -> None:
        assert "Nothing to tell yet" in text(browser(cast.bo).get(ADDRESS))

    def test_is_saved_as_a_file(self, cast: Cast) -> None:
        case = cast.told(cast.opened(landed(cast.alfa)))
        client = browser(cast.jo)

        rows = list(csv.DictReader(io.StringIO(text(client.get(f"{ADDRESS}.csv")))))

        assert {
            "part": "open cases",
            "numerator": "1",
            "denominator": "1",
            "cases": case.reference,
        }.items() <= (rows[0].items())
        assert client.get(f"{ADDRESS}.xlsx").status_code == 200
        assert client.get(f"{ADDRESS}.json").json()[0]["cases"] == [case.reference]

    def test_asks_no_more_of_the_database_the_more_there_are(self, cast: Cast) -> None:
        for _ in range(4):
            cast.told(cast.opened(landed(cast.alfa)))
        client = browser(cast.jo)
        client.get("/sec/waiting")

        with CaptureQueriesContext(connection) as taken:
            text(client.get(ADDRESS))
        asked = [one["sql"] for one in taken if one["sql"].startswith("SELECT")]

        assert sum("closedday" not in one for one in asked) <= MOST_QUERIES


class TestBehindNumber:
    def test_lists_the_cases_that_are_counted(self, cast: Cast) -> None:
        told, draft = cast.told(cast.opened(landed(cast.alfa))), cast.opened(title="Unknown yet")

        page = text(browser(cast.jo).get(f"{ADDRESS}/cases", {"of": "open.notice.young"}))

        assert told.reference in page
        assert draft.reference not in page

    def test_that_is_none_answers_404(self, cast: Cast) -> None:
        assert browser(cast.jo).get(f"{ADDRESS}/cases", {"of": "nothing"}).status_code == 404
        assert browser(cast.jo).get(f"{ADDRESS}/cases").status_code == 404
