import re

import pytest
from django.test import Client

from tallystick.decisions.models import Decision, Motion
from tests.decisions.chamber import Chamber, chamber, opened, person_of
from tests.decisions.views.conftest import browser, text

pytestmark = pytest.mark.django_db
NEW, RECORD = "/sec/decisions/new", "/sec/decisions/record"


@pytest.fixture
def pab() -> Chamber:
    return chamber()


@pytest.fixture
def sam(pab: Chamber) -> Client:
    return browser(pab.secretary)


def motion(of: Chamber, **told: str) -> dict[str, str]:
    return {
        "key": "a-form",
        "title": "Approve the plan",
        "question": "Shall it be approved?",
        "does": "It comes into force.",
        "scheme": f"{of.body.handle}/pab",
        **told,
    }


def decision(of: Chamber, **told: str) -> dict[str, str]:
    return {
        "key": "a-form",
        "verb": "NOTED",
        "title": "The report",
        "text": "It was noted.",
        "body": of.body.handle,
        "on": "2021-08-31",
        **told,
    }


class TestPutMotion:
    def test_drafts_it_once(self, pab: Chamber, sam: Client) -> None:
        answers = [sam.post(NEW, motion(pab)) for _ in range(2)]

        one = Motion.objects.get()
        assert {answer.headers["Location"] for answer in answers} == {f"/sec/decisions/{one.reference}"}
        assert (one.state, one.scheme, one.body) == (Motion.DRAFT, "pab", pab.body)

    def test_offers_the_schemes_of_ones_own_body(self, pab: Chamber, sam: Client) -> None:
        other = chamber(1, key="OPSG")

        assert f"{other.body.handle}/sub_committee" in text(sam.get(NEW))
        assert f"{other.body.handle}/sub_committee" not in text(browser(pab.chair).get(NEW))
        assert browser(pab.chair).post(NEW, motion(other)).status_code == 422

    @pytest.mark.parametrize("field", ["title", "question", "does", "scheme", "key"])
    def test_with_something_wanting_is_not_put(self, pab: Chamber, sam: Client, field: str) -> None:
        page = text(sam.post(NEW, motion(pab, **{field: ""})), 422)

        assert not Motion.objects.exists()
        assert "Shall it be approved?" in page or field == "question"

    def test_asks_for_a_second_factor_shown_lately(self, pab: Chamber) -> None:
        stale = browser(pab.secretary, minutes_ago=30)

        assert "Show it again" in text(stale.get(NEW))
        assert "Show your second factor again" in text(stale.post(NEW, motion(pab)), 422)
        assert not Motion.objects.exists()

    def test_is_for_bodies_and_the_office(self, pab: Chamber) -> None:
        assert browser(None).get(NEW).status_code == 404
        assert browser(pab.members[0]).get(NEW).status_code == 200

    def test_gives_each_form_a_key_of_its_own(self, sam: Client) -> None:
        keys = {re.findall(r'name="key" value="([^"]+)"', text(sam.get(NEW)))[0] for _ in range(3)}

        assert len(keys) == 3


class TestRecordDecision:
    def test_keeps_it_with_the_objections(self, pab: Chamber, sam: Client) -> None:
        ada = person_of(pab.members[0])
        told = decision(pab, objector_1=ada.handle, objection_1="It came late")

        answers = [sam.post(RECORD, told) for _ in range(2)]

        one = Decision.objects.get()
        assert {answer.headers["Location"] for answer in answers} == {f"/sec/decisions/{one.reference}"}
        assert [(row.person, row.words) for row in one.objections.all()] == [(ada, "It came late")]

    def test_may_be_on_a_motion(self, pab: Chamber, sam: Client) -> None:
        on = opened(pab)

        assert sam.post(RECORD, decision(pab, motion=on.reference, verb="DEFERRED")).status_code == 302
        assert Decision.objects.get().motion == on

    @pytest.mark.parametrize(
        ("told", "why"),
        [
            ({"verb": "LIKED"}, "Select a valid choice"),
            ({"text": ""}, "This field is required."),
            ({"on": "2021-09-02"}, "That day is to come."),
            ({"objection_1": "No"}, "Say who objected."),
        ],
    )
    def test_with_something_wrong_is_not_kept(
        self, pab: Chamber, sam: Client, told: dict[str, str], why: str
    ) -> None:
        assert why in text(sam.post(RECORD, decision(pab, **told)), 422)
        assert not Decision.objects.exists()

    def test_is_for_the_chair_and_the_secretary(self, pab: Chamber) -> None:
        assert browser(pab.members[0]).get(RECORD).status_code == 404
        assert browser(pab.chair).post(RECORD, decision(pab)).status_code == 302
