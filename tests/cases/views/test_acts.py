import pytest

from tallystick.cases.models import Case, SharedLines
from tests.cases.cast import NOTICED, Cast, landed, stands, version_of
from tests.cases.views.conftest import browser, key_of, text

pytestmark = pytest.mark.django_db


def at(case: Case, end: str) -> str:
    return f"/sec/cases/{case.reference}/{end}"


class TestSharing:
    def test_lets_the_party_have_the_lines(self, cast: Cast) -> None:
        finding = landed(cast.alfa)
        case, client = cast.opened(finding), browser(cast.jo)
        sent = {"key": key_of(client, at(case, "share")), "versions": [version_of(finding).handle]}

        answer = client.post(at(case, "share"), sent)

        assert answer.status_code == 302
        assert SharedLines.objects.get().lines == 2
        assert stands(case)[1] == "informed"

    def test_is_for_the_office_alone(self, cast: Cast) -> None:
        case = cast.told(cast.opened(landed(cast.alfa)))

        for who in (cast.ada, cast.hal, cast.aud):
            assert browser(who).get(at(case, "share")).status_code == 404


class TestNotice:
    def test_starts_the_right_of_reply(self, cast: Cast) -> None:
        case, client = cast.opened(), browser(cast.jo)
        sent = {"key": key_of(client, at(case, "notice")), "text": "Please reply."}

        client.post(at(case, "notice"), sent)

        assert stands(case)[0] == "notice"

    def test_that_is_refused_is_told_on_its_page(self, cast: Cast) -> None:
        case, client = cast.opened(landed(cast.alfa)), browser(cast.jo)
        sent = {"key": key_of(client, at(case, "notice")), "text": "Please reply."}

        page = text(client.post(at(case, "notice"), sent), 409)

        assert "lines that failed are shared" in page or "A condition does not hold yet" in page
        assert "Please reply." in page


class TestStep:
    def test_asks_what_its_rule_asks(self, cast: Cast) -> None:
        case = cast.replied(cast.told(cast.opened(landed(cast.alfa))))
        client, address = browser(cast.jo), at(case, "moves/persuade")

        page = text(client.get(address))
        client.post(address, {"key": key_of(client, address), "said_how": "A call"})

        assert "How it was encouraged" in page
        assert stands(case)[1] == "persuaded"

    def test_that_skips_a_stage_asks_why(self, cast: Cast) -> None:
        case = cast.replied(cast.told(cast.opened(landed(cast.alfa))))
        client, address = browser(cast.jo), at(case, "moves/ask_for_remedy_at_once")
        sent = {"key": key_of(client, address), "reason": ""}

        refused = text(client.post(address, sent), 422)
        client.post(address, {**sent, "reason": "They were told in spring"})

        assert "It skips “Encourage and persuade”" in refused
        assert stands(case)[1] == "remedy_requested"

    def test_that_is_not_lawful_is_refused_on_its_page(self, cast: Cast) -> None:
        case, client = cast.told(cast.opened(landed(cast.alfa))), browser(cast.jo)

        page = text(client.post(at(case, "moves/verify"), {"key": "k-1"}), 409)

        assert "was not done" in page

    def test_of_another_name_is_not_there(self, cast: Cast) -> None:
        case = cast.told(cast.opened(landed(cast.alfa)))

        for name in ("nothing", "reply", "accept_remedy"):
            assert browser(cast.jo).get(at(case, f"moves/{name}")).status_code == 404

    def test_of_a_body_offers_its_decisions(self, cast: Cast) -> None:
        case = cast.escalated(cast.opened(landed(cast.alfa)))
        made = cast.decided(cast.pab)
        client, address = browser(cast.sam), at(case, "moves/escalate_to_panel")

        page = text(client.get(address))
        client.post(address, {"key": key_of(client, address), "decision": made.reference})

        assert made.reference in page
        assert stands(case)[1] == "escalated_to_panel"

    def test_is_nobodys_of_the_party(self, cast: Cast) -> None:
        case = cast.told(cast.opened(landed(cast.alfa)))

        assert browser(cast.ada).get(at(case, "moves/go_on")).status_code == 404


class TestLeads:
    def test_are_named_on_both_sides(self, cast: Cast) -> None:
        case = cast.told(cast.opened(landed(cast.alfa)))
        assert cast.sam.person is not None
        assert cast.ada.person is not None

        browser(cast.jo).post(
            at(case, "leads"), {"lead": cast.sam.person.handle, "party_lead": cast.ada.person.handle}
        )

        case.refresh_from_db()
        assert (case.lead, case.party_lead) == (cast.sam.person, cast.ada.person)


class TestAnotherFinding:
    def test_is_added(self, cast: Cast) -> None:
        case = cast.told(cast.opened(landed(cast.alfa)))
        more = landed(cast.alfa, "2021-06")

        browser(cast.jo).post(at(case, "findings"), {"finding": more.reference})

        assert case.case_findings.count() == 2
        assert browser(cast.jo).post(at(case, "findings"), {"finding": "FND-0"}).status_code == 404


class TestTheAuditor:
    def test_alone_is_satisfied(self, cast: Cast) -> None:
        case = cast.told(cast.opened(source="audit"), NOTICED)

        assert browser(cast.jo).post(at(case, "satisfied")).status_code == 403
        browser(cast.aud).post(at(case, "satisfied"))

        case.refresh_from_db()
        assert case.auditor_satisfied_at is not None
