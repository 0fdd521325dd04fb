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

    def test_offers_findings_by_party_and_area_each_group_folded(self, cast: Cast) -> None:
        first, second = landed(cast.alfa), landed(cast.alfa, "2021-06")
        other = landed(cast.brvo)

        page = text(browser(cast.jo).get(ADDRESS))

        groups = page.split('<details class="pick">')[1:]
        assert len(groups) == 2
        of_alfa, of_brvo = sorted(groups, key=lambda one: "BRVO" in one)
        assert all(f'value="{one.reference}"' in of_alfa for one in (first, second))
        assert f'value="{other.reference}"' in of_brvo.partition("</details>")[0]
        assert "2 findings" in of_alfa
        assert "open>" in text(browser(cast.jo).get(ADDRESS, {"finding": first.reference}))

    def test_is_refused_from_two_groups(self, cast: Cast) -> None:
        client, chosen = browser(cast.jo), [landed(one).reference for one in (cast.alfa, cast.brvo)]

        page = text(client.post(ADDRESS, form(client, source="monitoring", findings=chosen)), 422)

        assert "Choose from one group." in page
        assert page.count('<details class="pick" open>') == 2
        assert not Case.objects.exists()

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
