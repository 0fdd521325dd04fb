import pytest

from tallystick.cases.models import LineAnswer, Message
from tests.cases.cast import Cast, landed, lines_of, stands
from tests.cases.views.conftest import browser, key_of, text

pytestmark = pytest.mark.django_db


class TestLines:
    def test_are_those_that_were_shared(self, cast: Cast) -> None:
        finding = landed(cast.alfa)
        case = cast.told(cast.opened(finding))

        party = text(browser(cast.ada).get(f"/sec/cases/{case.reference}/lines"))

        for line in lines_of(finding):
            assert line in party
        assert "2 not answered" in party
        assert "Reply, line by line" in party
        assert browser(cast.ben).get(f"/sec/cases/{case.reference}/lines").status_code == 404

    def test_say_what_the_party_answered(self, cast: Cast) -> None:
        finding = landed(cast.alfa)
        case = cast.told(cast.opened(finding))
        client, address = browser(cast.ada), f"/sec/cases/{case.reference}/reply"
        sent = {"key": key_of(client, address), "stance": "accepted_in_part", "words": "Mostly."}

        client.post(address, {**sent, "others": "accepted", "is_disputed_0": "on", "why_0": "It was visited"})
        disputed = text(browser(cast.jo).get(f"/sec/cases/{case.reference}/lines", {"answer": "disputed"}))

        first, second = lines_of(finding)
        assert dict(LineAnswer.objects.values_list("line", "answer")) == {
            first: "disputed",
            second: "accepted",
        }
        assert "It was visited" in disputed
        assert second not in disputed


class TestReply:
    def test_is_given_once(self, cast: Cast) -> None:
        case = cast.told(cast.opened(landed(cast.alfa)))
        client, address = browser(cast.ada), f"/sec/cases/{case.reference}/reply"
        sent = {"key": key_of(client, address), "stance": "accepted", "words": "We accept it."}

        first, again = client.post(address, sent), client.post(address, sent)
        other = client.post(address, {**sent, "key": "another"})

        assert (first.status_code, again.status_code, other.status_code) == (302, 302, 409)
        assert Message.objects.filter(kind=Message.REPLY).count() == 1
        assert stands(case)[0] == "reply"

    def test_asks_for_a_reason_for_each_dispute(self, cast: Cast) -> None:
        case = cast.told(cast.opened(landed(cast.alfa)))
        client, address = browser(cast.ada), f"/sec/cases/{case.reference}/reply"
        sent = {"key": key_of(client, address), "stance": "disputed", "words": "No.", "is_disputed_1": "on"}

        page = text(client.post(address, sent), 422)

        assert "Say why." in page
        assert stands(case)[0] == "notice"

    def test_is_the_partys_alone(self, cast: Cast) -> None:
        case = cast.told(cast.opened(landed(cast.alfa)))

        for who in (cast.jo, cast.ben, cast.bo):
            assert browser(who).get(f"/sec/cases/{case.reference}/reply").status_code == 404
