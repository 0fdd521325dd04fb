"""The catalogue of techniques by class, one technique, and the forms beside it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tallystick.assessments.models import Application, Tag
from tests.assessments.cast import AUDIT, GUIDANCE, Cast
from tests.assessments.doors import browser, key_of, text
from tests.assessments.market import JULY, landed

pytestmark = pytest.mark.django_db
ALL, ONE = "/sec/techniques", f"/sec/techniques/{GUIDANCE}"
MOST = 12


class TestCatalogue:
    def test_is_read_by_everybody_and_says_that_nobody_checked_it(self, cast: Cast) -> None:
        pages = [text(browser(who).get(ALL)) for who in (None, cast.jo, cast.ada)]

        assert all("20 techniques" in page and "Not yet checked." in page for page in pages)
        assert all("Charges for shortfall" in page for page in pages)
        assert ["What is applied" in page for page in pages] == [False, True, True]

    @pytest.mark.parametrize(
        ("query", "seen", "unseen"),
        [
            ("kind=incentivisation", "Comparative figures", "Disputes"),
            ("on=standard", "Disputes", "Comparative figures"),
            ("on=demand", "Comparative figures", "Disputes"),
            ("find=questionnaire", "Questionnaire on change", "Disputes"),
            ("on=applied", "Nothing found", "Disputes"),
        ],
    )
    def test_is_filtered(self, cast: Cast, query: str, seen: str, unseen: str) -> None:
        page = text(browser(cast.jo).get(f"{ALL}?{query}")).partition('id="register"')[2]

        assert seen in page
        assert unseen not in page

    @pytest.mark.parametrize("address", [ALL, ONE, "/sec/applications"])
    def test_asks_little_of_the_database(self, cast: Cast, address: str) -> None:
        for _ in range(3):
            cast.started()
        client = browser(cast.jo)
        client.get("/sec/waiting")

        with CaptureQueriesContext(connection) as taken:
            text(client.get(address))

        assert sum(one["sql"].startswith("SELECT") and "closedday" not in one["sql"] for one in taken) <= MOST


class TestTechnique:
    def test_tells_what_it_is_and_where_it_is_applied(self, cast: Cast) -> None:
        row = cast.started()

        page = text(browser(cast.ada).get(ONE))

        assert "30% (Large Supplier), 40% (Small Supplier)" in page
        assert row.reference in page
        assert "Tag it" not in page

    def test_leads_to_the_register_that_keeps_what_comes_of_its_form(self, cast: Cast) -> None:
        page = text(browser(cast.jo).get(f"{ALL}/self_report"))

        assert "Each stands as a case" in page
        assert 'href="/sec/cases"' in page

    def test_is_not_there_under_another_name(self, cast: Cast) -> None:
        assert browser(cast.jo).get(f"{ALL}/prayer").status_code == 404

    def test_is_tagged_otherwise_by_the_office(self, cast: Cast) -> None:
        client = browser(cast.jo)
        key = key_of(client, f"{ALL}/charges/classes")

        answer = client.post(f"{ALL}/charges/classes", {"key": key, "classes": ["corrective"], "why": "So."})

        assert (answer.status_code, answer.headers["Location"]) == (302, f"{ALL}/charges")
        assert Tag.objects.get().classes == ["corrective"]
        page = text(client.get(f"{ALL}/charges"))
        assert "before" in page
        assert "Incentivisation, Corrective" in page

    def test_refuses_a_tag_that_changes_nothing(self, cast: Cast) -> None:
        client = browser(cast.jo)
        told = {"classes": ["incentivisation", "corrective"], "why": "So."}

        answer = client.post(
            f"{ALL}/charges/classes", {"key": key_of(client, f"{ALL}/charges/classes"), **told}
        )

        assert answer.status_code == 409
        assert "already" in text(answer, 409)

    def test_is_applied_by_the_office_and_nobody_else(self, cast: Cast) -> None:
        client, at = browser(cast.jo), f"{ONE}/apply"
        said = {
            "title": "Coverage",
            "why": "So.",
            "from_on": "2021-09-06",
            "until_on": "2021-12-31",
            "cost": "5000",
            "parties": ["alfa"],
        }

        answer = client.post(at, {"key": key_of(client, at), **said})

        row = Application.objects.get()
        assert answer.headers["Location"] == f"/sec/applications/{row.reference}"
        assert [one.party.slug for one in row.parts.all()] == ["alfa"]
        assert browser(cast.ada).get(at).status_code == 404
        assert client.post(at, {"key": "x", **said, "risks": "R-99"}).status_code == 409

    @pytest.mark.parametrize(("count", "is_proposed"), [(240, False), (241, True)])
    def test_proposes_whom_its_rule_selects_and_says_why(
        self, cast: Cast, count: int, *, is_proposed: bool
    ) -> None:
        landed(cast.alfa, JULY, count, count, measure="AREA-D1")

        page = text(browser(cast.jo).get(f"{ALL}/{AUDIT}/apply"))

        assert ("ALFA: 241 devices commissioned, more than 240" in page) is is_proposed
        assert ('value="alfa" id="id_parties_0" checked' in page) is is_proposed
        assert "The rule is not yet checked." in page
        assert "by the counts of July 2021" in page

    def test_reaches_whom_a_person_chooses(self, cast: Cast) -> None:
        landed(cast.alfa, JULY, 241, 241, measure="AREA-D1")
        client, at = browser(cast.jo), f"{ALL}/{AUDIT}/apply"
        days = {"from_on": "2021-09-06", "until_on": "2021-12-31"}
        said = {"title": "Audit", "why": "So.", **days, "cost": "5000", "parties": ["brvo"]}

        client.post(at, {"key": key_of(client, at), **said})

        assert [one.party.slug for one in Application.objects.get().parts.all()] == ["brvo"]

    def test_tells_the_rule_by_which_it_proposes(self, cast: Cast) -> None:
        page = text(browser(cast.ada).get(f"{ALL}/{AUDIT}"))

        assert "more than 240 devices commissioned" in page
        assert "not yet checked" in page
