"""The door by which a party disputes a figure."""

import pytest

from tallystick.challenges.models import Dispute
from tests.cases.cast import landed
from tests.challenges.cast import Chamber
from tests.challenges.views.conftest import browser, key_of, text

pytestmark = pytest.mark.django_db


class TestDisputing:
    def test_of_a_finding_is_raised(self, cast: Chamber) -> None:
        finding = landed(cast.alfa)
        client, address = browser(cast.ada), f"/sec/disputes/new?finding={finding.reference}"

        form = {"key": key_of(client, address), "finding": finding.reference, "matter": "Counted twice."}
        answer = client.post(address, form)

        assert answer.status_code == 302
        assert Dispute.objects.get().finding == finding

    def test_of_a_measure_names_its_period(self, cast: Chamber) -> None:
        landed(cast.alfa)
        client, address = browser(cast.ada), "/sec/disputes/new"
        form = {"key": key_of(client, address), "measure": "AREA-B", "matter": "Late."}

        without = client.post(address, form)
        neither = client.post(address, {**form, "measure": ""})
        answer = client.post(address, {**form, "period": "2021-07"})

        assert (without.status_code, neither.status_code, answer.status_code) == (422, 422, 302)
        assert Dispute.objects.get().measure == "AREA-B"

    def test_shows_no_figure_of_others(self, cast: Chamber) -> None:
        finding = landed(cast.alfa)

        page = text(browser(cast.ben).get("/sec/disputes/new"))

        assert finding.reference not in page
        assert browser(cast.ben).get(f"/sec/disputes/new?finding={finding.reference}").status_code == 404
        assert browser(cast.jo).get("/sec/disputes/new").status_code == 404
