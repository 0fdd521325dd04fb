from typing import Any

import pytest
from django.test import Client

from tallystick.journal.models import Entry
from tallystick.runs.models import Exclusion
from tests.site.landed import Landed

pytestmark = pytest.mark.django_db
EVERY = "/sec/exclusions"
TOLD = {
    "stream": "service_requests",
    "row_key": "SR-2",
    "measure": "CPM1",
    "period": "2021-07",
    "reason": "The gateway was down, as agreed",
}


@pytest.fixture
def jo(landed: Landed) -> Client:
    return landed.client("jo")


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    page: str = answer.content.decode()
    return page


def entered(landed: Landed) -> Exclusion:
    assert landed.exclusion is not None
    row: Exclusion = Exclusion.objects.get(pk=landed.exclusion.pk)
    return row


def at(row: Exclusion, end: str = "") -> str:
    return f"{EVERY}/{row.reference}{end}"


class TestExclusions:
    def test_are_listed_to_the_office(self, jo: Client, landed: Landed) -> None:
        page = text(jo.get(EVERY))

        assert entered(landed).reference in page
        assert "Agreed outage of the gateway" in page

    def test_of_others_are_not_listed_to_a_delegate(self, landed: Landed) -> None:
        assert "No exclusion" in text(landed.client("ada").get(EVERY))

    def test_are_entered_and_then_wait(self, jo: Client) -> None:
        page = text(jo.post(EVERY, TOLD, follow=True))

        row = Exclusion.objects.get(row_key="SR-2")
        assert row.state == Exclusion.ENTERED
        assert "somebody else has to check it" in page
        assert Entry.objects.filter(act="runs.enter_exclusion", handle=row.handle).count() == 1

    def test_are_begun_from_a_row(self, jo: Client) -> None:
        page = text(jo.get(EVERY, {"stream": "hub_returns", "row_key": "EV-77", "measure": "AREA-G"}))

        assert 'value="EV-77"' in page
        assert 'value="AREA-G"' in page

    @pytest.mark.parametrize(
        ("told", "said"),
        [
            ({"stream": "nothing"}, "no such stream"),
            ({"reason": " "}, "required"),
            ({"row_key": "a|b"}, "is named by request_id"),
            ({"row_key": "SR-1"}, "excluded already"),
            ({"period": "July"}, "July"),
        ],
    )
    def test_say_why_one_cannot_be_entered(self, jo: Client, told: dict[str, str], said: str) -> None:
        page = text(jo.post(EVERY, {**TOLD, **told}), 422)

        assert said in page
        assert Exclusion.objects.count() == 1

    def test_are_entered_by_the_office_alone(self, landed: Landed) -> None:
        for name in ("ada", "ed", "bo", "olly", "public", "iris"):
            assert landed.client(name).post(EVERY, TOLD).status_code == 404, name

    def test_offer_a_form_to_those_alone_who_may_enter_one(self, landed: Landed) -> None:
        for name in ("ada", "ed", "bo", "olly"):
            assert "Enter an exclusion" not in text(landed.client(name).get(EVERY)), name
        assert "Enter an exclusion" in text(landed.client("kit").get(EVERY))


class TestExclusion:
    def test_offers_its_check_to_another_person(self, landed: Landed) -> None:
        page = text(landed.client("kit").get(at(entered(landed))))

        assert 'value="confirm"' in page
        assert 'value="refuse"' in page

    def test_offers_no_check_to_who_entered_it_or_only_reads(self, landed: Landed, jo: Client) -> None:
        for client in (jo, landed.client("ed")):
            assert 'value="confirm"' not in text(client.get(at(entered(landed))))

    def test_is_for_the_office_and_those_who_oversee(self, landed: Landed) -> None:
        told = landed.statuses(at(entered(landed)))

        assert told[200] == {"jo", "kit", "sam", "ed", "olly"}
        assert set(told) == {200, 404}

    def test_of_no_reference_is_nothing(self, jo: Client) -> None:
        assert jo.get(f"{EVERY}/EXC-000000").status_code == 404


class TestCheck:
    @pytest.mark.parametrize(
        ("answer", "state"), [("confirm", Exclusion.CONFIRMED), ("refuse", Exclusion.REFUSED)]
    )
    def test_is_given_by_another_person(self, landed: Landed, answer: str, state: str) -> None:
        row = entered(landed)

        page = text(landed.client("kit").post(at(row, "/check"), {"answer": answer}, follow=True))

        row.refresh_from_db()
        assert row.state == state
        assert row.checked_by == landed.people["kit"]
        assert 'value="confirm"' not in page

    def test_by_who_entered_it_is_refused(self, landed: Landed, jo: Client) -> None:
        page = text(jo.post(at(entered(landed), "/check"), {"answer": "confirm"}, follow=True))

        assert "Somebody else has to check" in page
        assert entered(landed).state == Exclusion.ENTERED

    def test_is_given_once(self, landed: Landed) -> None:
        kit = landed.client("kit")
        kit.post(at(entered(landed), "/check"), {"answer": "confirm"})

        again = kit.post(at(entered(landed), "/check"), {"answer": "refuse"}, follow=True)
        assert "is settled" in text(again)
        assert entered(landed).state == Exclusion.CONFIRMED

    def test_of_no_answer_is_nothing(self, landed: Landed) -> None:
        for told in ({}, {"answer": "perhaps"}):
            assert landed.client("kit").post(at(entered(landed), "/check"), told).status_code == 404

    def test_is_not_given_by_those_who_only_read(self, landed: Landed) -> None:
        for name in ("ed", "olly", "bo", "ada", "public"):
            told = landed.client(name).post(at(entered(landed), "/check"), {"answer": "confirm"})
            assert told.status_code == 404, name
        assert entered(landed).state == Exclusion.ENTERED
