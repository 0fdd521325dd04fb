import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tallystick.cases.models import Gap
from tests.cases.cast import Cast, landed
from tests.cases.operations.test_gaps import recorded
from tests.cases.views.conftest import browser, key_of, text

pytestmark = pytest.mark.django_db
ADDRESS = "/sec/gaps"
SAID = {
    "title": "Certificates of the wrong Network Operator",
    "clause": "G3",
    "area": "d",
    "what": "Nobody is obliged to correct one.",
    "harmed": "The right Network Operator.",
    "needed": "A duty to correct it.",
    "references": "",
}


class TestGaps:
    def test_are_listed_for_every_party_and_not_for_the_public(self, cast: Cast) -> None:
        gap = recorded(cast)

        assert gap.reference in text(browser(cast.ben).get(ADDRESS))
        assert browser(None).get(ADDRESS).status_code == 404

    def test_are_chosen_by_state_and_clause(self, cast: Cast) -> None:
        gap, client = recorded(cast), browser(cast.jo)

        assert gap.reference in text(client.get(ADDRESS, {"state": "open", "clause": "G3"}))
        assert gap.reference not in text(client.get(ADDRESS, {"state": "closed"}))

    def test_ask_no_more_of_the_database_the_more_there_are(self, cast: Cast) -> None:
        for _ in range(4):
            recorded(cast)
        client = browser(cast.ben)
        client.get("/sec/waiting")

        with CaptureQueriesContext(connection) as taken:
            text(client.get(ADDRESS))

        assert sum(one["sql"].startswith("SELECT") for one in taken) <= 8


class TestGap:
    def test_names_a_party_of_a_finding_to_nobody_else(self, cast: Cast) -> None:
        gap = recorded(cast, findings=(landed(cast.alfa),))
        address = f"{ADDRESS}/{gap.reference}"

        assert "ALFA" in text(browser(cast.jo).get(address))
        assert "ALFA" not in text(browser(cast.ben).get(address))

    def test_that_is_not_there_answers_404(self, cast: Cast) -> None:
        for way in ("", "/hand-on", "/close"):
            assert browser(cast.jo).get(f"{ADDRESS}/GAP-2021-ZZZZ{way}").status_code == 404


class TestRecord:
    def test_records_one_and_leads_to_it(self, cast: Cast) -> None:
        client, finding = browser(cast.jo), landed(cast.alfa)
        key = key_of(client, f"{ADDRESS}/new?clause=G3&finding={finding.reference}")

        answer = client.post(f"{ADDRESS}/new", {**SAID, "key": key, "references": finding.reference})

        [gap] = Gap.objects.all()
        assert answer["Location"] == f"{ADDRESS}/{gap.reference}"
        assert gap.gap_findings.count() == 1

    def test_is_told_what_is_wrong(self, cast: Cast) -> None:
        client = browser(cast.jo)

        wanting = client.post(f"{ADDRESS}/new", {**SAID, "key": "k", "harmed": ""})
        unknown = client.post(f"{ADDRESS}/new", {**SAID, "key": "k", "references": "FND-NONE"})
        client.post(f"{ADDRESS}/new", {**SAID, "key": "used"})
        used = client.post(f"{ADDRESS}/new", {**SAID, "key": "used", "title": "Another"})

        assert [one.status_code for one in (wanting, unknown, used)] == [422, 422, 409]
        assert Gap.objects.count() == 1

    def test_is_the_offices(self, cast: Cast) -> None:
        assert browser(cast.ada).get(f"{ADDRESS}/new").status_code == 404
        assert browser(cast.ada).post(f"{ADDRESS}/new", SAID).status_code == 404


class TestHandOn:
    def test_names_the_modification(self, cast: Cast) -> None:
        gap, client = recorded(cast), browser(cast.sam)
        address = f"{ADDRESS}/{gap.reference}/hand-on"

        client.post(address, {"key": key_of(client, address), "modification": "SECMP0063"})
        again = client.post(address, {"key": "k", "modification": "SECMP0064"})

        assert again.status_code == 409
        assert "SECMP0063" in text(client.get(f"{ADDRESS}/{gap.reference}"))


class TestClose:
    def test_says_why(self, cast: Cast) -> None:
        gap, client = recorded(cast), browser(cast.jo)
        address = f"{ADDRESS}/{gap.reference}/close"

        wanting = client.post(address, {"key": "k", "text": ""})
        client.post(address, {"key": key_of(client, address), "text": "The code says it now."})

        assert wanting.status_code == 422
        page = text(client.get(f"{ADDRESS}/{gap.reference}"))
        assert "The code says it now." in page
        assert "hand-on" not in page
