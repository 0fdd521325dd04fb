import re
from typing import Any

import pytest
from django.test import Client

from tallystick.decisions.models import Ballot, Motion, StoodAside
from tallystick.decisions.operations.closing import close_vote
from tallystick.journal.models import Entry
from tallystick.parties.acting import Acting
from tests.decisions.chamber import CLOSES, Chamber, cast, chamber, opened, seat_at, term_of, unknown
from tests.decisions.views.conftest import browser, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def pab() -> Chamber:
    return chamber()


@pytest.fixture
def ada(pab: Chamber) -> Client:
    return browser(pab.members[0])


def at(one: Motion, end: str = "") -> str:
    return f"/sec/decisions/{one.reference}{end}"


def of_seat(one: Motion, place: int = 0, act: str = "vote") -> str:
    return at(one, f"/seats/{seat_at(one, place).seat.handle}/{act}")


def filled(key: str = "form-of-ada", **told: str) -> dict[str, str]:
    return {"key": key, "conflict": "none", "choice": "approve", "reason": "It has dates", **told}


def said(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


class TestCast:
    def test_casts_the_vote_and_shows_its_receipt(self, pab: Chamber, ada: Client) -> None:
        one = opened(pab)

        answer = ada.post(of_seat(one), filled())

        assert answer.headers["Location"] == at(one) + "#vote"
        [ballot] = Ballot.objects.all()
        assert (ballot.choice, ballot.reason, ballot.cast_by) == (
            "approve",
            "It has dates",
            pab.members[0].person,
        )
        page = text(ada.get(at(one)))
        assert f"Entry {ballot.entry:,}" in page
        assert f"/sec/history/ballot/{ballot.handle}.json" in page
        assert "Cast vote" not in page

    def test_casts_one_ballot_however_often_the_form_is_sent(self, pab: Chamber, ada: Client) -> None:
        one = opened(pab)
        page = text(ada.get(at(one)))
        [key] = re.findall(r'name="key" value="([^"]+)"', page)
        before = Entry.objects.count()

        for _ in range(3):
            assert ada.post(of_seat(one), filled(key)).status_code == 302

        assert Ballot.objects.count() == 1
        assert Entry.objects.count() == before + 1

    def test_from_a_second_tab_with_another_choice_is_a_conflict(self, pab: Chamber, ada: Client) -> None:
        one = opened(pab)
        ada.post(of_seat(one), filled())

        answer = ada.post(of_seat(one), filled("another-tab", choice="reject"))

        assert "is cast, and stays as it is" in text(answer, 409)
        assert Ballot.objects.get().choice == "approve"

    def test_changes_a_vote_where_that_is_allowed(self, pab: Chamber, ada: Client) -> None:
        one = opened(pab, scheme="loose")
        ada.post(of_seat(one), filled())

        assert "Change your vote" in text(ada.get(at(one)))
        assert ada.post(of_seat(one), filled("second", choice="reject")).status_code == 302
        assert [row.choice for row in Ballot.objects.filter(is_standing=True)] == ["reject"]

    def test_after_the_close_is_told_that_it_was_late(self, pab: Chamber, ada: Client) -> None:
        one = opened(pab)
        close_vote(motion=one, by=pab.chair, at=CLOSES)

        answer = ada.post(of_seat(one), filled())

        assert answer.status_code == 409
        assert not Ballot.objects.exists()

    @pytest.mark.parametrize(
        ("told", "why"),
        [
            ({"conflict": ""}, "Say first whether you have a conflict of interest."),
            ({"choice": ""}, "Choose how you vote."),
            ({"conflict": "aside", "reason": ""}, "Say what the conflict is."),
            ({"choice": "shrug"}, "shrug is not one of the available choices."),
            ({"key": ""}, ""),
        ],
    )
    def test_with_something_wanting_casts_nothing_and_keeps_what_was_written(
        self, pab: Chamber, ada: Client, told: dict[str, str], why: str
    ) -> None:
        one = opened(pab)

        page = text(ada.post(of_seat(one), filled(**told)), 422)

        assert why in page
        assert told.get("reason", "It has dates") in page
        assert not Ballot.objects.exists()

    def test_by_who_has_a_conflict_stands_aside(self, pab: Chamber, ada: Client) -> None:
        one = opened(pab)

        ada.post(of_seat(one), filled(conflict="aside", reason="My sister works there"))

        assert not Ballot.objects.exists()
        assert StoodAside.objects.get().words == "My sister works there"
        assert "1 seat stood aside" in text(ada.get(at(one)))

    def test_without_a_fresh_second_factor_stands_nobody_aside(self, pab: Chamber) -> None:
        one, stale = opened(pab), browser(pab.members[0], minutes_ago=30)

        page = text(stale.post(of_seat(one), filled(conflict="aside", reason="My sister works there")), 422)

        assert "Show your second factor again" in page
        assert not StoodAside.objects.exists()

    def test_tells_an_alternate_nothing_of_what_the_holder_voted_for(self, pab: Chamber, ada: Client) -> None:
        ivy = browser(pab.member("Ivy Lorne", seat=pab.seats[0], alternate_for=term_of(pab, 0)))
        one = opened(pab)
        ada.post(of_seat(one), filled(reason="It has dates"))
        [ballot] = Ballot.objects.all()

        page = text(ivy.get(at(one)))

        assert "Ada Quill cast the vote of this seat" in page
        assert "It has dates" not in page
        assert "<b>Approve</b>" not in page
        assert ballot.handle not in page

    def test_of_anothers_seat_is_refused(self, pab: Chamber, ada: Client) -> None:
        one = opened(pab)

        text(ada.post(of_seat(one, 1), filled()), 422)

        assert not Ballot.objects.exists()

    def test_of_no_seat_is_not_there(self, pab: Chamber, ada: Client) -> None:
        one = opened(pab)

        assert ada.post(at(one, "/seats/nobody/vote"), filled()).status_code == 404

    def test_without_a_fresh_second_factor_keeps_what_was_written(self, pab: Chamber) -> None:
        one = opened(pab)

        page = text(browser(pab.members[0], minutes_ago=30).post(of_seat(one), filled()), 422)

        assert "Show your second factor again" in page
        assert "It has dates" in page
        assert not Ballot.objects.exists()

    def test_is_for_members_alone(self, pab: Chamber) -> None:
        one = opened(pab)

        assert browser(None).post(of_seat(one), filled()).status_code == 404
        assert browser(pab.secretary).post(of_seat(one), filled()).status_code == 404
        assert browser(pab.chair).post(of_seat(one), filled()).status_code == 422
        assert not Ballot.objects.exists()

    def test_is_no_address_to_look_at(self, pab: Chamber, ada: Client) -> None:
        assert ada.get(of_seat(opened(pab))).status_code == 405


class TestCasting:
    def test_is_given_by_the_chair(self, pab: Chamber) -> None:
        one, chair = opened(pab, scheme="casting"), browser(pab.chair)
        assert "The casting vote" in text(chair.get(at(one)))

        answer = chair.post(at(one, "/casting"), filled(choice="reject"))

        assert answer.status_code == 302
        assert Ballot.objects.get().right == Ballot.CASTING
        assert "Given: <b>Reject</b>" in text(chair.get(at(one)))

    def test_is_for_or_against(self, pab: Chamber) -> None:
        one = opened(pab, scheme="casting")

        text(browser(pab.chair).post(at(one, "/casting"), filled(choice="abstain")), 422)

        assert not Ballot.objects.exists()

    def test_is_no_members(self, pab: Chamber, ada: Client) -> None:
        one = opened(pab, scheme="casting")

        assert "The casting vote" not in text(ada.get(at(one)))
        assert ada.post(at(one, "/casting"), filled()).status_code == 422


class TestDeclare:
    @pytest.fixture
    def one(self, pab: Chamber) -> Motion:
        unknown(pab, 0)
        return opened(pab, party=pab.parties["ALFA"])

    def test_none_opens_the_motion(self, ada: Client, one: Motion) -> None:
        answer = ada.post(at(one, "/declare"), {"conflict": "none"})

        assert answer.headers["Location"] == at(one)
        assert "Cast vote" in text(ada.get(at(one)))

    def test_a_conflict_keeps_it_closed(self, ada: Client, one: Motion) -> None:
        answer = ada.post(at(one, "/declare"), {"conflict": "aside", "words": "I advise them"})

        assert answer.headers["Location"] == "/sec/decisions"
        assert ada.get(at(one)).status_code == 404
        assert StoodAside.objects.get().words == "I advise them"

    @pytest.mark.parametrize("told", [{}, {"conflict": "aside"}, {"conflict": "perhaps"}])
    def test_asks_again_where_something_is_wanting(
        self, ada: Client, one: Motion, told: dict[str, str]
    ) -> None:
        assert "Declare yourself first" in text(ada.post(at(one, "/declare"), told), 422)
        assert "Declare yourself first" in text(ada.get(at(one)))

    def test_asks_who_may_read_the_motion_on_its_page(self, pab: Chamber, one: Motion) -> None:
        page = text(browser(pab.members[1]).post(at(one, "/declare"), follow=True))

        assert "Say whether you have a conflict, and which." in page
        assert "Cast vote" in page

    def test_asks_for_a_second_factor_shown_lately(self, pab: Chamber, one: Motion) -> None:
        stale = browser(pab.members[0], minutes_ago=30)
        assert "within ten minutes of showing a second factor" in text(stale.get(at(one)))

        page = text(stale.post(at(one, "/declare"), {"conflict": "aside", "words": "I advise them"}), 422)

        assert "I advise them" in page
        assert not StoodAside.objects.exists()

    def test_opens_a_casting_vote_to_a_chair_of_whom_nothing_is_known(self, pab: Chamber) -> None:
        one, chair = opened(pab, scheme="casting", party=pab.parties["ALFA"]), browser(pab.chair)
        assert "Declare yourself first" in text(chair.get(at(one)))

        chair.post(at(one, "/declare"), {"conflict": "none"})

        assert chair.post(at(one, "/casting"), filled()).status_code == 302
        assert Ballot.objects.get().right == Ballot.CASTING

    def test_is_nothing_to_who_may_not_know(self, pab: Chamber, one: Motion) -> None:
        for who in (pab.chair, None):
            assert browser(who).post(at(one, "/declare"), {"conflict": "none"}).status_code == 404


class TestPassOn:
    def passed(self, pab: Chamber, one: Motion, to: Acting) -> Any:
        assert to.person is not None
        ada = browser(pab.members[0])
        return ada.post(of_seat(one, 0, "pass"), {"to": to.person.handle}, follow=True)

    def test_lets_another_member_vote(self, pab: Chamber) -> None:
        one, ben = opened(pab, scheme="loose"), browser(pab.members[1])
        assert "Let another member vote for you" in text(browser(pab.members[0]).get(at(one)))

        assert "Ben Marlow votes for Seat 001" in said(self.passed(pab, one, pab.members[1]))
        assert "A vote passed to you" in text(ben.get(at(one)))
        assert ben.post(of_seat(one, 0), filled("of-ben")).status_code == 302
        assert Ballot.objects.get().right == Ballot.PROXY

    def test_can_be_taken_back(self, pab: Chamber, ada: Client) -> None:
        one = opened(pab, scheme="loose")
        self.passed(pab, one, pab.members[1])
        assert "Take it back" in text(ada.get(at(one)))

        told = said(ada.post(of_seat(one, 0, "take-back"), follow=True))

        assert "You vote for Seat 001 yourself again." in told
        assert "Cast vote" in told

    def test_is_refused_with_the_reason(self, pab: Chamber) -> None:
        one = opened(pab, scheme="loose")

        assert "Choose a member of the body." in said(self.passed(pab, one, pab.chair))
        assert "The scheme has no proxies." in said(self.passed(pab, opened(pab), pab.members[1]))
        cast(pab, one, 0)
        assert "is cast" in said(self.passed(pab, one, pab.members[1]))


class TestSeats:
    def test_of_who_holds_one_and_stands_in_for_another_are_told_apart(self, pab: Chamber) -> None:
        ivy = pab.member("Ivy Lorne", seat=pab.seats[0], alternate_for=term_of(pab, 0))
        one = opened(pab)

        assert browser(ivy).post(of_seat(one, 0), filled("of-ivy")).status_code == 302
        assert Ballot.objects.get().right == Ballot.ALTERNATE
