import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cases.cast import Cast, landed
from tests.cases.views.conftest import browser, text

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
ADDRESS = "/sec/cases"


class TestCases:
    def test_lists_those_that_somebody_may_see(self, cast: Cast) -> None:
        told, draft = cast.told(cast.opened(landed(cast.alfa))), cast.opened(title="Unknown yet")

        office, party, rival = (text(browser(who).get(ADDRESS)) for who in (cast.jo, cast.ada, cast.ben))

        assert told.reference in office
        assert draft.reference in office
        assert told.reference in party
        assert draft.reference not in party
        assert told.reference not in rival
        assert "ALFA" not in rival

    def test_names_nobody_to_the_public(self, cast: Cast) -> None:
        case = cast.told(cast.opened(landed(cast.alfa)))

        page = text(browser(None).get(ADDRESS))

        assert case.reference not in page
        assert "ALFA" not in page
        assert "No case is told of" in page

    def test_are_chosen_by_stage_and_by_age(self, cast: Cast) -> None:
        told, draft = cast.told(cast.opened(landed(cast.alfa))), cast.opened(title="Unknown yet")
        client = browser(cast.jo)

        noticed = text(client.get(ADDRESS, {"stage": "notice"}))
        old = text(client.get(ADDRESS, {"age": "old"}))

        assert told.reference in noticed
        assert draft.reference not in noticed
        assert told.reference not in old

    def test_says_what_falls_due_next(self, cast: Cast) -> None:
        cast.told(cast.opened(landed(cast.alfa)))

        page = text(browser(cast.jo).get(ADDRESS))

        assert "in 10 WD" in page
        assert "Right of reply" in page

    def test_asks_no_more_of_the_database_the_more_there_are(self, cast: Cast) -> None:
        for _ in range(4):
            cast.told(cast.opened(landed(cast.alfa)))
        client = browser(cast.bo)
        client.get("/sec/waiting")

        with CaptureQueriesContext(connection) as taken:
            text(client.get(ADDRESS))

        asked = [one for one in taken if one["sql"].startswith("SELECT") and "closedday" not in one["sql"]]
        assert len(asked) <= MOST_QUERIES
