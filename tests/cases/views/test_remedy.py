import pytest

from tallystick.cases.models import Case, MilestoneMet, Remedy
from tests.cases.cast import Cast, landed, stands
from tests.cases.views.conftest import browser, key_of, text

pytestmark = pytest.mark.django_db


def address(case: Case, end: str) -> str:
    return f"/sec/cases/{case.reference}/remedy/{end}"


def form(client: object, case: Case, **told: str) -> dict[str, str]:
    return {
        "key": key_of(client, address(case, "new")),  # type: ignore[arg-type]  # a browser
        "cause": "An old coverage file",
        "otherwise": "Every site is visited",
        "what_0": "A daily file",
        "owner_0": "O. Pike",
        "due_on_0": "2021-10-29",
        "proof_0": "Feed log",
        **told,
    }


def filed(cast: Cast, **told: str) -> Case:
    case, client = cast.asked(cast.opened(landed(cast.alfa))), browser(cast.ada)
    answer = client.post(address(case, "new"), form(client, case, **told))
    assert answer.status_code == 302
    return case


def accepted(cast: Cast) -> Case:
    case, client = filed(cast), browser(cast.jo)
    client.post(address(case, "1/accept"), {"key": key_of(client, address(case, "1/accept"))})
    return case


class TestFiling:
    def test_makes_a_version_that_the_office_assesses(self, cast: Cast) -> None:
        case = filed(cast)

        one = Remedy.objects.get()
        assert (one.version, one.filed_by) == (1, cast.ada.person)
        assert one.milestones.get().what == "A daily file"
        office = text(browser(cast.jo).get(f"/sec/cases/{case.reference}"))
        assert "Accept the remedy" in office
        assert "Return with reasons" in office

    def test_says_what_is_wanting(self, cast: Cast) -> None:
        case, client = cast.asked(cast.opened(landed(cast.alfa))), browser(cast.ada)

        wanting = text(client.post(address(case, "new"), form(client, case, due_on_0="")), 422)
        refused = text(client.post(address(case, "new"), form(client, case, due_on_0="2021-01-01")), 409)

        assert "Say by which day." in wanting
        assert "Promise a later day." in refused
        assert "An old coverage file" in refused

    def test_is_no_rivals(self, cast: Cast) -> None:
        case = cast.asked(cast.opened(landed(cast.alfa)))

        assert browser(cast.ben).get(address(case, "new")).status_code == 404


class TestAssessing:
    def test_returns_a_version_with_reasons(self, cast: Cast) -> None:
        case, client = filed(cast), browser(cast.jo)
        sent = {"key": key_of(client, address(case, "1/return")), "text": "No date for the rest."}

        client.post(address(case, "1/return"), sent)

        assert "v1 returned" in text(client.get(f"/sec/cases/{case.reference}"))
        assert "Returned with reasons" in text(browser(cast.ada).get(f"/sec/cases/{case.reference}"))

    def test_accepts_a_version(self, cast: Cast) -> None:
        case = accepted(cast)

        assert stands(case)[0] == "on_track"
        assert "Verify" in text(browser(cast.jo).get(f"/sec/cases/{case.reference}"))

    def test_is_not_the_partys(self, cast: Cast) -> None:
        case = filed(cast)
        client = browser(cast.ada)

        page = client.post(address(case, "1/return"), {"key": "form-1", "text": "Never mind."})

        assert client.get(address(case, "1/accept")).status_code == 404
        assert page.status_code in (404, 409)


class TestVersion:
    def test_shows_what_it_changed(self, cast: Cast) -> None:
        case, office, party = filed(cast), browser(cast.jo), browser(cast.ada)
        office.post(address(case, "1/return"), {"key": "form-1", "text": "Later is better."})
        party.post(
            address(case, "new"), form(party, case, due_on_0="2021-11-05", thread_0="1", cause="Two causes")
        )

        page = text(party.get(address(case, "2")))

        assert "What changed" in page
        assert "7 days later" in page
        assert "<ins>Two causes</ins>" in page
        assert "Fri 29 Oct 2021" in page

    def test_of_another_number_is_not_there(self, cast: Cast) -> None:
        case = filed(cast)

        assert browser(cast.ada).get(address(case, "2")).status_code == 404
        assert browser(cast.ben).get(address(case, "1")).status_code == 404


class TestMilestones:
    def test_are_verified_by_the_office(self, cast: Cast) -> None:
        case, client = accepted(cast), browser(cast.jo)
        end = address(case, "1/milestones/1")
        sent = {"key": key_of(client, end), "on": "2021-09-07", "by_what": "Feed log"}

        client.post(end, sent)

        assert MilestoneMet.objects.get().by_what == "Feed log"
        assert "met 7 Sep 2021" in text(client.get(address(case, "1")))

    def test_that_are_not_there_answer_so(self, cast: Cast) -> None:
        case = accepted(cast)

        assert browser(cast.jo).get(address(case, "1/milestones/9")).status_code == 404


class TestRisk:
    def test_is_seen_by_the_party_and_gone_by_the_office(self, cast: Cast) -> None:
        case, party, office = accepted(cast), browser(cast.ada), browser(cast.jo)

        party.post(
            address(case, "1/warn"),
            {"key": key_of(party, address(case, "1/warn")), "text": "Hubs are late"},
        )
        warned = text(office.get(f"/sec/cases/{case.reference}"))
        office.post(
            address(case, "1/recover"),
            {"key": key_of(office, address(case, "1/recover")), "text": "They came"},
        )

        assert "See the risk gone" in warned
        assert "Say what puts it at risk" in text(party.get(f"/sec/cases/{case.reference}"))
