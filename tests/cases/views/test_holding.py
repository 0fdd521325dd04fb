import datetime as dt

import pytest

from tallystick.cases.models import Case
from tallystick.cases.operations.remedies import accept_remedy, file_remedy
from tallystick.journal.models import Entry
from tallystick.parties.acting import Acting
from tallystick.processes.models import Hold
from tallystick.processes.operations.holds import Placed, place_hold
from tallystick.processes.queries import standing_of
from tests.cases.cast import NOTICED, Cast, at, key, landed, on
from tests.cases.promised import by_hand
from tests.cases.views.conftest import browser, key_of, text

pytestmark = pytest.mark.django_db
TOMORROW = NOTICED + dt.timedelta(days=1)


def page_of(case: Case, end: str = "") -> str:
    return f"/sec/cases/{case.reference}{end}"


def put(case: Case, who: Acting, why: str = "A dispute is heard first.", **told: str) -> int:
    client, address = browser(who), page_of(case, "/hold")
    sent = {"key": key_of(client, address), "why": why, "from_on": f"{NOTICED}", **told}
    return client.post(address, sent).status_code


class TestHold:
    def test_holds_a_case_with_its_remedy_by_one_entry(self, cast: Cast) -> None:
        case = cast.asked(cast.opened())
        remedy = file_remedy(case=case, filed=by_hand(), by=on(cast.ada, NOTICED), at=at(NOTICED, 13))
        before = Entry.objects.count()

        status = put(case, cast.sam)

        held = [standing_of(one, NOTICED).on_hold for one in (case.course, remedy.course)]
        assert (status, held, Entry.objects.count()) == (302, [True, True], before + 1)

    def test_is_named_on_its_page_to_both_sides(self, cast: Cast) -> None:
        case = cast.told(cast.opened())
        put(case, cast.sam, until_on="2021-10-01")

        office, party, secretary = (
            text(browser(who).get(page_of(case))) for who in (cast.jo, cast.ada, cast.sam)
        )

        for page in (office, party):
            assert "On hold from Tue 7 Sep 2021 until Fri 1 Oct 2021" in page
            assert "A dispute is heard first." in page
            assert "Placed by Sam; the secretary lifts it before its day" in page
            assert "/lift" not in page
        assert secretary.count("/lift") == 3

    def test_that_is_to_come_says_so(self, cast: Cast) -> None:
        case = cast.told(cast.opened())
        put(case, cast.sam, from_on=f"{TOMORROW}")

        assert "It will be on hold from Wed 8 Sep 2021" in text(browser(cast.ada).get(page_of(case)))
        assert not standing_of(case.course, NOTICED).on_hold

    def test_of_what_is_before_a_body_is_its_chairs_too(self, cast: Cast) -> None:
        case = cast.escalated(cast.opened())

        assert f"{page_of(case)}/hold" in text(browser(cast.hal).get(page_of(case)))
        assert put(case, cast.hal) == 302
        assert "the chair of the The PAB or the secretary lifts it" in text(
            browser(cast.hal).get(page_of(case))
        )

    def test_is_nobodys_else(self, cast: Cast) -> None:
        case = cast.told(cast.opened())

        for who in (cast.jo, cast.ada, cast.ben, cast.hal, cast.pat, cast.aud, None):
            assert browser(who).get(page_of(case, "/hold")).status_code == 404
        assert f"{case.reference}/hold" not in text(browser(cast.jo).get(page_of(case)))

    def test_is_refused_with_why_on_its_page(self, cast: Cast) -> None:
        case = cast.told(cast.opened())

        assert put(case, cast.sam, from_on="2021-09-01") == 409
        assert put(case, cast.sam, why=" ") == 422
        assert not Hold.objects.exists()


class TestLift:
    def test_lets_the_case_go_on_and_says_of_a_form_sent_twice_that_it_is_over(self, cast: Cast) -> None:
        case = cast.told(cast.opened())
        put(case, cast.sam)
        client, address = browser(cast.sam), page_of(case, f"/holds/{Hold.objects.get().handle}/lift")
        sent = {"key": key_of(client, address), "because": "It was heard."}

        answers = [client.post(address, sent).status_code for _ in range(2)]

        assert answers == [302, 409]
        assert not standing_of(case.course, NOTICED).on_hold
        assert "On hold" not in text(browser(cast.sam).get(page_of(case)))

    def test_lets_one_case_go_from_a_hold_of_the_market_with_its_remedy(self, cast: Cast) -> None:
        case, other = cast.asked(cast.opened()), cast.told(cast.opened())
        remedy = file_remedy(case=case, filed=by_hand(), by=on(cast.ada, NOTICED), at=at(NOTICED, 13))
        placed = Placed("A storm", key(), NOTICED, processes=("case",))
        hold = place_hold(placed=placed, by=on(cast.sam, NOTICED), at=at(NOTICED, 14))
        client, address = browser(cast.sam), page_of(case, f"/holds/{hold.handle}/lift")

        page = text(client.get(address))
        client.post(address, {"key": key_of(client, address), "because": "It can go on."})

        assert "The hold of the market goes on for all others." in page
        held = [standing_of(one, NOTICED).on_hold for one in (case.course, remedy.course, other.course)]
        assert held == [False, False, True]

    def test_is_nobodys_who_may_not_place_it(self, cast: Cast) -> None:
        case, other = cast.told(cast.opened()), cast.told(cast.opened(landed(cast.alfa)))
        put(case, cast.sam)
        end = f"/holds/{Hold.objects.get().handle}/lift"

        for who in (cast.jo, cast.ada, cast.hal):
            assert browser(who).get(page_of(case, end)).status_code == 404
        assert browser(cast.sam).get(page_of(other, end)).status_code == 404


class TestWhileOnHold:
    def test_a_remedy_that_is_carried_out_misses_nothing(self, cast: Cast) -> None:
        case = cast.asked(cast.opened())
        remedy = file_remedy(case=case, filed=by_hand(), by=on(cast.ada, NOTICED), at=at(NOTICED, 13))
        accept_remedy(remedy=remedy, words="", key=key(), by=on(cast.jo, NOTICED), at=at(NOTICED, 14))
        put(case, cast.sam)

        far = standing_of(remedy.course, NOTICED + dt.timedelta(days=400))

        milestone = far.running("milestone")
        assert (far.at["remedy"], milestone and milestone.due_on) == ("accepted", None)
