"""The door by which the office serves a decision."""

import pytest

from tallystick.challenges.models import Challenge
from tests.challenges.cast import NEXT, SERVED, Chamber
from tests.challenges.views.conftest import browser, key_of, text

pytestmark = pytest.mark.django_db


class TestServing:
    def test_of_a_case_names_what_it_carried_out(self, cast: Chamber) -> None:
        case, decision = cast.sent_up()
        client, address = browser(cast.sam), f"/sec/challenges/new?case={case.reference}"
        page = text(client.get(address))

        form = {"key": key_of(client, address), "decided": decision.reference, "received_on": str(SERVED)}
        answer = client.post(address, form)

        row = Challenge.objects.get()
        assert f"{decision.reference}, carried out: Escalate to the Panel" in page
        assert (answer.status_code, row.received_on, cast.case_of(row)) == (302, SERVED, case)
        assert client.get(address).status_code == 404

    def test_by_itself_offers_what_no_case_carried_out(self, cast: Chamber) -> None:
        cast.sent_up()
        other, of_panel = cast.decided(cast.pab, NEXT), cast.decided(cast.panel, NEXT)
        client, address = browser(cast.sam), "/sec/challenges/new"
        page = text(client.get(address))

        form = {"key": key_of(client, address), "decided": other.reference, "received_on": str(NEXT)}
        answer = client.post(address, form)

        assert other.reference in page
        assert of_panel.reference not in page
        assert answer.status_code == 302
        assert Challenge.objects.get().decision == other
        assert client.get(address).headers["Location"] == "/sec/challenges"

    def test_refuses_a_receipt_that_cannot_be(self, cast: Chamber) -> None:
        case, decision = cast.sent_up()
        client, address = browser(cast.sam), f"/sec/challenges/new?case={case.reference}"

        form = {"key": key_of(client, address), "decided": decision.reference, "received_on": "2021-09-01"}
        answer = client.post(address, form)

        assert answer.status_code == 409
        assert not Challenge.objects.exists()

    def test_is_the_offices_alone(self, cast: Chamber) -> None:
        case, _ = cast.sent_up()
        address = f"/sec/challenges/new?case={case.reference}"

        codes = [browser(who).get(address).status_code for who in (cast.jo, cast.ada, cast.hal, cast.ben)]

        assert codes == [200, 404, 404, 404]
        assert browser(cast.jo).get("/sec/challenges/new?case=CASE-2021-ZZZZ").status_code == 404
