import pytest

from tallystick.cases.models import Case
from tests.cases.cast import Cast, landed
from tests.cases.views.conftest import browser, key_of, text

pytestmark = pytest.mark.django_db
ADDRESS = "/sec/cases/new"


def form(client: object, **told: object) -> dict[str, object]:
    return {
        "key": key_of(client, ADDRESS),  # type: ignore[arg-type]  # a browser
        "source": "by_hand",
        "title": "Hubs",
        "what": "They were not there.",
        "severity": "minor",
        "confidence": "likely",
        **told,
    }


class TestOpening:
    def test_from_a_finding_takes_its_party_and_obligation(self, cast: Cast) -> None:
        finding, client = landed(cast.alfa), browser(cast.jo)
        sent = form(client, source="monitoring", findings=[finding.reference])

        answer = client.post(f"{ADDRESS}?finding={finding.reference}", sent)

        case = Case.objects.get()
        assert answer.headers["Location"] == f"/sec/cases/{case.reference}"
        assert (case.party, case.obligation) == (cast.alfa, finding.obligation)
        assert case.case_findings.get().finding == finding

    def test_opens_one_however_often_it_is_sent(self, cast: Cast) -> None:
        finding, client = landed(cast.alfa), browser(cast.jo)
        sent = form(client, source="by_hand", findings=[finding.reference])

        client.post(ADDRESS, sent)
        client.post(ADDRESS, sent)

        assert Case.objects.count() == 1

    def test_says_what_is_wanting(self, cast: Cast) -> None:
        client = browser(cast.jo)

        page = text(client.post(ADDRESS, form(client, title="")), 422)

        assert "Say it, where the case rests on no finding." in page
        assert not Case.objects.exists()

    def test_tells_why_it_is_refused(self, cast: Cast) -> None:
        finding, client = landed(cast.alfa), browser(cast.jo)

        sent = form(client, source="third_party", findings=[finding.reference])
        page = text(client.post(ADDRESS, sent), 409)

        assert "Say who told of it" in page
        assert "They were not there." in page

    def test_asks_for_a_second_factor_shown_lately(self, cast: Cast) -> None:
        finding, client = landed(cast.alfa), browser(cast.jo, minutes_ago=30)

        page = text(client.post(ADDRESS, form(client, findings=[finding.reference])), 422)

        assert "within ten minutes of showing a second factor" in page
        assert not Case.objects.exists()

    def test_is_for_the_office_alone(self, cast: Cast) -> None:
        for who in (cast.ada, cast.bo, cast.hal, cast.aud):
            assert browser(who).get(ADDRESS).status_code == 404
