import datetime as dt

import pytest

from tallystick.processes.models import Hold
from tallystick.processes.queries import standing_of
from tests.cases.cast import NOTICED, Cast, made_cast
from tests.cases.views.conftest import _on_the_day, browser, key_of, text

__all__ = ["_on_the_day"]
pytestmark = pytest.mark.django_db
NEW = "/sec/holds/new"
UNTIL = NOTICED + dt.timedelta(days=14)


@pytest.fixture
def people() -> Cast:
    return made_cast()


def placed(people: Cast) -> Hold:
    client = browser(people.sam)
    sent = {"key": key_of(client, NEW), "processes": ["case"], "why": "A storm", "from_on": f"{NOTICED}"}
    assert client.post(NEW, {**sent, "until_on": f"{UNTIL}"}).status_code == 302
    return Hold.objects.get()


class TestHoldMarket:
    def test_lets_every_matter_of_the_processes_stand_still(self, people: Cast) -> None:
        case = people.told(people.opened())

        hold = placed(people)

        assert (hold.course, hold.classification, hold.until_on) == (None, "green", UNTIL)
        assert standing_of(case.course, NOTICED).on_hold

    def test_asks_which_and_why(self, people: Cast) -> None:
        client = browser(people.sam)

        page = text(client.post(NEW, {"key": key_of(client, NEW), "from_on": f"{NOTICED}"}), 422)

        assert page.count("This field is required.") == 2
        assert not Hold.objects.exists()

    def test_tells_why_it_is_refused(self, people: Cast) -> None:
        client = browser(people.sam)
        sent = {"key": key_of(client, NEW), "processes": ["case"], "why": "A storm", "from_on": "2021-09-01"}

        assert "which is over" in text(client.post(NEW, sent), 409)

    def test_asks_for_a_second_factor_shown_lately(self, people: Cast) -> None:
        client = browser(people.sam, minutes_ago=30)
        sent = {"key": key_of(client, NEW), "processes": ["case"], "why": "A storm", "from_on": f"{NOTICED}"}

        assert "within ten minutes of showing a second factor" in text(client.post(NEW, sent), 422)
        assert not Hold.objects.exists()

    def test_is_for_those_whom_the_rule_names(self, people: Cast) -> None:
        for who in (people.jo, people.ada, people.aud):
            assert browser(who).get(NEW).status_code == 404


class TestLiftMarketHold:
    def test_lets_all_go_on_once(self, people: Cast) -> None:
        case = people.told(people.opened())
        hold, client = placed(people), browser(people.sam)
        address = f"/sec/holds/{hold.handle}/lift"
        sent = {"key": key_of(client, address), "because": "It has passed"}

        answers = [client.post(address, sent).status_code for _ in range(2)]

        assert answers == [302, 409]
        assert not standing_of(case.course, NOTICED).on_hold
        assert client.get(address).status_code == 404

    def test_is_for_those_who_may_place_it(self, people: Cast) -> None:
        address = f"/sec/holds/{placed(people).handle}/lift"

        for who in (people.jo, people.ada):
            assert browser(who).get(address).status_code == 404
        assert browser(people.sam).get("/sec/holds/nothing/lift").status_code == 404
