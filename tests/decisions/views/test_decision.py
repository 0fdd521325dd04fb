import pytest

from tallystick.decisions.models import Decision, Objection
from tests.decisions.chamber import Chamber, acting_on, chamber, opened, person_of
from tests.decisions.operations.test_records import taken
from tests.decisions.views.conftest import browser, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def pab() -> Chamber:
    return chamber()


def at(one: Decision, end: str = "") -> str:
    return f"/sec/decisions/{one.reference}{end}"


class TestDecision:
    def test_shows_who_objected(self, pab: Chamber) -> None:
        one = taken(pab, verb="AGREED", objections={person_of(pab.members[0]): "It came late"})

        page = text(browser(None).get(at(one)))

        assert "AGREED" in page
        assert "It came late" in page
        assert "Object to it" not in page

    def test_leads_to_its_motion_whoever_may_see_that(self, pab: Chamber) -> None:
        on = opened(pab)
        one = taken(pab, motion=on)

        assert on.reference in text(browser(pab.members[0]).get(at(one)))
        assert on.reference not in text(browser(None).get(at(one)))

    def test_about_a_party_is_not_there_for_others(self, pab: Chamber) -> None:
        one = taken(pab, party=pab.parties["ALFA"])

        assert browser(None).get(at(one)).status_code == 404
        assert "AMBER" in text(browser(pab.members[0]).get(at(one)))

    def test_of_no_such_reference_is_not_there(self, pab: Chamber) -> None:
        assert browser(pab.secretary).get("/sec/decisions/DEC-2021-ZZZZ").status_code == 404


class TestObjectTo:
    def test_records_a_members_words(self, pab: Chamber) -> None:
        one, ada = taken(pab), browser(pab.members[0])

        page = text(ada.post(at(one, "/object"), {"words": "It came late"}, follow=True))

        assert "Your objection is recorded. The decision stands." in page
        assert Objection.objects.get().words == "It came late"
        assert "Object to it" not in page

    def test_of_nothing_or_twice_is_refused(self, pab: Chamber) -> None:
        one, ada = taken(pab), browser(pab.members[0])

        assert "This field is required." in text(ada.post(at(one, "/object"), {"words": " "}), 422)
        ada.post(at(one, "/object"), {"words": "It came late"})
        assert ada.post(at(one, "/object"), {"words": "And is dear"}).status_code == 422
        assert Objection.objects.count() == 1

    def test_is_for_members(self, pab: Chamber) -> None:
        one = taken(pab)

        assert browser(pab.secretary).post(at(one, "/object"), {"words": "No"}).status_code == 404
        assert (
            browser(acting_on(pab.body, "Nell Ash")).post(at(one, "/object"), {"words": "No"}).status_code
            == 422
        )
        assert not Objection.objects.exists()

    def test_asks_for_a_second_factor_shown_lately(self, pab: Chamber) -> None:
        one, stale = taken(pab), browser(pab.members[0], minutes_ago=30)

        assert "Show it again" in text(stale.get(at(one)))
        assert "Show your second factor again" in text(stale.post(at(one, "/object"), {"words": "No"}), 422)
        assert not Objection.objects.exists()
