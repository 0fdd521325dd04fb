import csv
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tallystick.decisions.models import Motion
from tallystick.decisions.operations.closing import close_vote
from tallystick.decisions.operations.conflicts import stand_aside
from tallystick.decisions.operations.motions import withdraw_motion
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tests.decisions.chamber import (
    CLOSES,
    LATER,
    Chamber,
    acting_as,
    acting_on,
    cast,
    chamber,
    opened,
    put,
    term_of,
    unknown,
)
from tests.decisions.views.conftest import browser, text

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture
def pab() -> Chamber:
    return chamber(5, constituencies=("north", "south"))


def at(one: Motion, end: str = "") -> str:
    return f"/sec/decisions/{one.reference}{end}"


@pytest.fixture
def visitors(pab: Chamber) -> dict[str, Acting | None]:
    """Return everybody who may come by. The chair holds no seat, so that nobody knows whom they work for."""
    return {
        "member": pab.members[0],
        "chair": pab.chair,
        "secretary": pab.secretary,
        "public": None,
        "delegate": acting_as("Jo Tarn", Role.PARTY_DELEGATE, pab.parties["BRVO"]),
        "subject": acting_as("Kit Marsh", Role.PARTY_DELEGATE, pab.parties["ALFA"]),
        "auditor": acting_as("Lin Sorrel", Role.AUDITOR),
        "elsewhere": acting_on(chamber(1, key="OPSG").body, "Mo Reed", Role.COMMITTEE_MEMBER),
    }


def who_sees(visitors: dict[str, Acting | None], one: Motion) -> set[str]:
    told = {name: browser(acting).get(at(one)).status_code for name, acting in visitors.items()}
    assert set(told.values()) <= {200, 404}
    return {name for name, status in told.items() if status == 200}


class TestMotion:
    def test_that_is_open_is_seen_by_bodies_and_the_office(
        self, pab: Chamber, visitors: dict[str, Acting | None]
    ) -> None:
        one = opened(pab)

        assert who_sees(visitors, one) == {"member", "chair", "secretary", "auditor", "elsewhere"}
        cast(pab, one, 0)
        close_vote(motion=one, by=pab.chair, at=CLOSES)
        assert who_sees(visitors, one) == set(visitors)

    def test_about_a_party_stays_with_the_body_the_office_and_the_party(
        self, pab: Chamber, visitors: dict[str, Acting | None]
    ) -> None:
        one = opened(pab, party=pab.parties["ALFA"])

        assert who_sees(visitors, one) == {"member", "secretary", "auditor"}
        close_vote(motion=one, by=pab.secretary, at=CLOSES)
        assert who_sees(visitors, one) == {"member", "secretary", "auditor", "subject"}

    def test_says_why_a_seat_stood_aside(self, pab: Chamber) -> None:
        alfa = pab.parties["ALFA"]
        term = term_of(pab, 0)
        term.is_independent, term.employer = False, alfa
        term.save()
        unknown(pab, 3)
        one = opened(pab, party=alfa)
        stand_aside(motion=one, words="I advised them", by=pab.members[1], at=LATER)

        page = text(browser(pab.members[2]).get(at(one)))

        for said in ("Works for the party or stands for it", "Declared a conflict", "I advised them"):
            assert said in page
        assert "counts as stood aside until they declare" in page
        close_vote(motion=one, by=pab.secretary, at=CLOSES)
        subject = text(browser(acting_as("Kit Marsh", Role.PARTY_DELEGATE, alfa)).get(at(one)))
        assert "I advised them" not in subject
        assert 'id="aside"' not in subject

    def test_that_is_a_draft_says_when_it_opens(self, pab: Chamber) -> None:
        one = put(pab)

        member, secretary = (text(browser(who).get(at(one))) for who in (pab.members[0], pab.secretary))

        assert "The vote opens when the chair or the secretary opens it" in member
        assert "Open the vote" not in member
        assert "Open the vote" in secretary

    def test_hides_how_members_vote_where_the_scheme_does(self, pab: Chamber) -> None:
        one = opened(pab)
        cast(pab, one, 1, reason="Because of its cost")

        page = text(browser(pab.members[0]).get(at(one)))

        assert "1 of the 5 seats able to vote has voted" in page
        assert "How the result follows" not in page
        assert "Because of its cost" not in page

    def test_shows_what_would_turn_it_where_the_scheme_shows_counts(self, pab: Chamber) -> None:
        one = opened(pab, scheme="loose")
        for place in (0, 1, 2):
            cast(pab, one, place)

        page = text(browser(pab.members[0]).get(at(one)))

        assert "If the vote closed now" in page
        assert "How the result follows from the rule" in page
        assert "Counting by category instead" in page
        assert page.count('class="seat o"') == 2 + 1  # each seat that has not voted, and the key

    def test_shows_the_ballots_when_it_has_closed(self, pab: Chamber) -> None:
        one = opened(pab)
        for place in range(4):
            cast(pab, one, place, "reject" if place else "approve", reason=f"Reason {place}")
        close_vote(motion=one, by=pab.chair, at=CLOSES)

        member, public = (text(browser(who).get(at(one))) for who in (pab.members[0], None))

        assert "The motion is <b>not approved</b>, 1 vote to 3." in member
        assert "Reason 3" in member
        assert "Dev Harrow" in member
        assert "did not vote" in member
        assert "The motion is <b>not approved</b>, 1 vote to 3." in public
        assert "Reason 3" not in public
        assert "Dev Harrow" not in public

    def test_keeps_secret_ballots_to_who_cast_them(self, pab: Chamber) -> None:
        one = opened(pab, scheme="secret")
        cast(pab, one, 0, reason="Mine alone")
        close_vote(motion=one, by=pab.chair, at=CLOSES)

        assert "Mine alone" in text(browser(pab.members[0]).get(at(one)))
        assert "Mine alone" not in text(browser(pab.members[1]).get(at(one)))
        assert "The ballots are secret" in text(browser(pab.members[1]).get(at(one)))

    def test_says_why_it_was_withdrawn(self, pab: Chamber) -> None:
        one = opened(pab)
        withdraw_motion(motion=one, because="Put anew with dates", by=pab.secretary, at=LATER)

        page = text(browser(pab.members[0]).get(at(one)))

        assert "Put anew with dates" in page
        assert "Cast vote" not in page

    def test_of_no_such_reference_is_not_there(self, pab: Chamber) -> None:
        assert browser(pab.secretary).get("/sec/decisions/MOT-2021-ZZZZ").status_code == 404


class TestAskingToDeclare:
    def test_shows_nothing_of_the_matter(self, pab: Chamber) -> None:
        unknown(pab, 0)
        one = opened(pab, party=pab.parties["ALFA"], title="A secret title")

        page = text(browser(pab.members[0]).get(at(one)))

        assert "A vote on a matter of ALFA" in page
        assert "A secret title" not in page
        assert one.question not in page
        assert browser(pab.members[0]).get(at(one, ".json")).status_code == 404

    def test_asks_nobody_else(self, pab: Chamber) -> None:
        unknown(pab, 0)
        one = opened(pab, party=pab.parties["ALFA"])

        assert "Declare yourself" not in text(browser(pab.members[1]).get(at(one)))


class TestItsOwnPart:
    def test_is_a_paper_with_nothing_chosen(self, pab: Chamber) -> None:
        page = text(browser(pab.members[0]).get(at(opened(pab))))

        assert "Does anyone you work for gain or lose" in page
        assert '" checked' not in page
        assert "The plan comes into force." in page
        assert page.index("Does anyone you work for") < page.index("I vote to") < page.index("Cast vote")

    def test_is_in_another_role_of_who_acts_elsewhere(self, pab: Chamber) -> None:
        [elsewhere] = chamber(1, key="OPSG").members  # the same person
        one = opened(pab)

        page = text(browser(elsewhere).get(at(one)))

        assert pab.members[0].role
        assert "Act as Board member, The PAB" in page
        assert f'href="/account/role/{pab.members[0].role.handle}/"' in page
        assert "Cast vote" not in page

    def test_is_nobodys_who_has_no_seat(self, pab: Chamber) -> None:
        one = opened(pab)

        for who in (pab.chair, pab.secretary, acting_on(pab.body, "Nell Ash")):
            assert "Cast vote" not in text(browser(who).get(at(one)))

    def test_is_closed_to_who_stood_aside(self, pab: Chamber) -> None:
        one = opened(pab)
        stand_aside(motion=one, words="My sister works there", by=pab.members[0], at=LATER)

        page = text(browser(pab.members[0]).get(at(one)))

        assert "Cast vote" not in page
        assert "You declared a conflict." in page
        assert "1 seat stood aside" in page

    def test_asks_for_a_second_factor_shown_lately(self, pab: Chamber) -> None:
        page = text(browser(pab.members[0], minutes_ago=30).get(at(opened(pab))))

        assert "within ten minutes of showing a second factor" in page

    def test_of_an_alternate_is_the_seat_they_stand_in_for(self, pab: Chamber) -> None:
        ivy = pab.member("Ivy Lorne", seat=pab.seats[0], alternate_for=term_of(pab, 0))

        page = text(browser(ivy).get(at(opened(pab))))

        assert "Your vote as alternate" in page
        assert "Seat 001" in page


class TestPart:
    def test_is_fetched_alone_while_the_vote_is_open(self, pab: Chamber) -> None:
        client, one = browser(pab.members[0]), opened(pab)

        part = text(client.get(at(one), headers={"HX-Request": "true", "HX-Target": "stands"}))

        assert part.lstrip().startswith('<div id="stands" hx-get=')
        assert "Cast vote" not in part
        assert part.strip() in text(client.get(at(one)))

    def test_asks_no_more_once_it_has_closed(self, pab: Chamber) -> None:
        one = opened(pab)
        close_vote(motion=one, by=pab.chair, at=CLOSES)

        assert "every 30s" not in text(browser(pab.members[0]).get(at(one))).partition('id="stands"')[2]


class TestMotionAs:
    @pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
    def test_is_a_file(self, pab: Chamber, form: str) -> None:
        one = opened(pab)

        answer = browser(pab.members[0]).get(at(one, f".{form}"))

        assert answer.headers["Content-Disposition"] == f'attachment; filename="{one.reference}.{form}"'

    def test_tells_no_choice_before_the_close_but_ones_own(self, pab: Chamber) -> None:
        one = opened(pab)
        cast(pab, one, 0)
        cast(pab, one, 1, "reject")

        told = json.loads(browser(pab.members[0]).get(at(one, ".json")).content)
        rows = list(
            csv.DictReader(io.StringIO(browser(pab.members[1]).get(at(one, ".csv")).content.decode()))
        )

        assert [seat["choice"] for seat in told["seats"] if seat["choice"]] == ["approve"]
        assert told["count"] is None
        assert [row["choice"] for row in rows if row["choice"]] == ["reject"]

    def test_has_all_ballots_after_it(self, pab: Chamber) -> None:
        one = opened(pab)
        cast(pab, one, 0)
        close_vote(motion=one, by=pab.chair, at=CLOSES)

        told = json.loads(browser(pab.secretary).get(at(one, ".json")).content)
        public = json.loads(browser(None).get(at(one, ".json")).content)

        mine = next(seat for seat in told["seats"] if seat["choice"])
        assert (mine["choice"], mine["counts_as"], mine["cast_by"]) == ("approve", "for", "Ada Quill")
        assert told["count"] == public["count"]
        assert {seat["cast_by"] for seat in public["seats"]} == {None}


class TestQueries:
    def count(self, acting: Acting | None, address: str) -> int:
        client = browser(acting)
        client.get("/sec/waiting")
        with CaptureQueriesContext(connection) as taken:
            text(client.get(address))
        return sum(one["sql"].startswith("SELECT") for one in taken if "closedday" not in one["sql"])

    def test_are_few_whatever_the_vote(self, pab: Chamber) -> None:
        shown, hidden = opened(pab, scheme="loose"), opened(pab, party=pab.parties["ALFA"])
        for place in range(4):
            cast(pab, shown, place)
        done = opened(pab, scheme="recast")
        cast(pab, done, 1)
        close_vote(motion=done, by=pab.chair, at=CLOSES)

        counts = {
            (name, one.reference): self.count(who, at(one))
            for name, who in (
                ("member", pab.members[0]),
                ("board", pab.members[2]),
                ("secretary", pab.secretary),
            )
            for one in (shown, hidden, done)
        }

        assert {place: count for place, count in counts.items() if count > MOST_QUERIES} == {}


class TestReceipt:
    def test_of_a_ballot_is_its_voters_alone_before_the_close(self, pab: Chamber) -> None:
        one = opened(pab)
        ballot = cast(pab, one, 0)
        receipt = f"/sec/history/ballot/{ballot.handle}.json"

        assert browser(pab.members[0]).get(receipt).status_code == 200
        assert receipt in text(browser(pab.members[0]).get(at(one)))
        for who in (pab.members[1], pab.chair, pab.secretary, None):
            assert browser(who).get(receipt).status_code == 404
        close_vote(motion=one, by=pab.chair, at=CLOSES)
        assert browser(pab.members[1]).get(receipt).status_code == 200

    def test_of_a_motion_tells_nobodys_choice(self, pab: Chamber) -> None:
        one = opened(pab)
        cast(pab, one, 0, "approve", reason="Secret reason", key="key-of-mine")

        told = browser(pab.members[1]).get(f"/sec/history/motion/{one.handle}.json").content.decode()

        assert "cast_vote" not in told
