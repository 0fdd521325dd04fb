import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tallystick.cases.operations.clocks import pass_due
from tallystick.cases.operations.remedies import accept_remedy, file_remedy
from tallystick.decisions import queries as of_decisions
from tallystick.decisions.models import Motion
from tallystick.decisions.operations.motions import Put, open_motion, put_motion
from tallystick.parties.waiting import Waiting
from tallystick.site import homes
from tests.cases.cast import NOTICED, at, key, made_cast, on
from tests.cases.promised import by_hand, planned
from tests.decisions.views.conftest import browser
from tests.site.decided import decide
from tests.site.landed import ALFA, BRVO, EVERYBODY, MOST_QUERIES, NOW, Landed
from tests.site.test_every_page import is_asked

pytestmark = pytest.mark.django_db
# Each room whose matters wait on somebody asks for them: votes, cases, leave, comparisons, documents.
MOST_ON_A_HOME = MOST_QUERIES + 4


def text(landed: Landed, name: str, address: str = "/sec/") -> str:
    answer = landed.client(name).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


class TestFront:
    def test_leads_to_the_one_code(self, client: Client) -> None:
        assert client.get("/").headers["Location"] == "/sec/"

    def test_is_not_found_under_a_code_that_is_not_served(self, client: Client) -> None:
        assert client.get("/rec/").status_code == 404


class TestHome:
    @pytest.mark.parametrize("name", EVERYBODY)
    def test_is_there_for_everybody(self, landed: Landed, name: str) -> None:
        assert landed.client(name).get("/sec/").status_code == 200

    def test_of_the_public_shows_the_month_and_the_rules(self, landed: Landed) -> None:
        page = text(landed, "public")

        assert "Smart Energy Code" in page
        assert "CPM1" in page
        assert "Open July 2021" in page
        assert "Waiting on" not in page
        assert [name for name in landed.parties if name in page] == []

    def test_of_an_analyst_shows_what_waits(self, landed: Landed) -> None:
        page = text(landed, "jo")

        assert "Waiting on you" in page
        assert "See why the run of May 2021 failed" in page
        assert "Ask the sender about 1 held row" in page
        assert "Give the second check" not in page.partition("Waiting on others")[0]
        assert "Review July 2021" in page

    def test_of_another_analyst_asks_for_the_second_check(self, landed: Landed) -> None:
        assert landed.exclusion is not None
        assert f"Give the second check on {landed.exclusion.reference}" in text(landed, "kit")

    def test_of_a_delegate_shows_their_own_figures_alone(self, landed: Landed) -> None:
        page = text(landed, "ada")

        assert f"Waiting on {ALFA}" in page
        assert "Take in or discard waiting.csv" in page
        assert "Correct 1 held row" in page
        assert "Large Supplier" in page
        assert "38 lines" in page
        assert [name for name in landed.parties if name in page] == [ALFA]

    def test_of_another_delegate_shows_nothing_of_the_first(self, landed: Landed) -> None:
        page = text(landed, "ben")

        assert "waiting.csv" not in page
        assert landed.sent["alfa"].reference not in page
        assert [name for name in landed.parties if name in page] == [BRVO]

    def test_of_a_proposer_offers_no_way_to_send(self, landed: Landed) -> None:
        assert "Send evidence" in text(landed, "ada")
        assert "Send evidence" not in text(landed, "pru")

    @pytest.mark.parametrize("name", ["olly", "cat", "iris", "machine"])
    def test_leads_to_no_evidence_that_one_may_not_read(self, landed: Landed, name: str) -> None:
        assert 'href="/sec/evidence"' not in text(landed, name)

    @pytest.mark.parametrize("name", ["iris", "machine"])
    def test_shows_no_figure_to_those_without_content(self, landed: Landed, name: str) -> None:
        page = text(landed, name)

        assert "July 2021" not in page
        assert [one for one in landed.parties if one in page and one != ALFA] == []

    def test_is_only_read(self, landed: Landed) -> None:
        assert landed.client("jo").post("/sec/").status_code == 405


class TestSecretarysHome:
    """The home with most to ask for: a month that landed, and votes that run, end or are over."""

    def vote(self, landed: Landed, number: int, left: dt.timedelta) -> None:
        assert landed.body is not None
        sam, board = landed.acting("sam"), landed.body
        said = Put(f"Plan {number}", "Shall it be so?", "It is so.", board, "pab", f"home-{number}")
        motion = put_motion(put=said, by=sam, at=NOW)
        open_motion(motion=motion, closes_at=NOW + left, by=sam, at=NOW)

    def asked(self, landed: Landed, name: str, address: str = "/sec/") -> int:
        client = landed.client(name)
        client.get("/sec/waiting")  # the first request of a session writes its role down
        with CaptureQueriesContext(connection) as taken:
            assert client.get(address).status_code == 200
        return sum(is_asked(one["sql"]) for one in taken)

    @pytest.mark.parametrize("name", ["sam", "hal", "bo"])
    def test_asks_as_few_questions_however_many_votes_are_open(self, landed: Landed, name: str) -> None:
        decide(landed)
        self.vote(landed, 0, dt.timedelta(hours=1))
        before = self.asked(landed, name)

        for number in range(1, 8):
            self.vote(landed, number, dt.timedelta(days=number))

        assert of_decisions.motions(landed.acting(name)).filter(state=Motion.OPEN).count() >= 7
        assert self.asked(landed, name) == before <= MOST_ON_A_HOME
        assert self.asked(landed, name, "/sec/changes") <= MOST_ON_A_HOME


class TestWaitingCount:
    def test_is_the_number_of_errands(self, landed: Landed) -> None:
        for name in ("jo", "ada", "olly"):
            told = landed.client(name).get("/sec/waiting")
            assert told.headers["Content-Type"].startswith("text/plain")
            assert told.content.decode() == str(len(homes.errands(landed.acting(name))))

    def test_asks_the_public_to_sign_in(self, client: Client) -> None:
        assert client.get("/sec/waiting").headers["Location"].startswith("/account/login/")

    def test_is_the_list_again_to_a_page_that_shows_it(self, landed: Landed) -> None:
        told = landed.client("jo").get("/sec/waiting", headers={"HX-Request": "true", "HX-Target": "waiting"})

        page = told.content.decode()
        assert page.lstrip().startswith('<div class="card" id="waiting"')
        assert "See why the run of May 2021 failed" in page


class TestChanges:
    def test_are_of_what_one_may_see_since_one_last_looked(
        self, landed: Landed, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(homes, "FIRST_LOOK", dt.timedelta(days=36_500))
        monkeypatch.setattr(homes, "MOST_NEWS", 60)

        assert "July 2021 was computed" in text(landed, "ada", "/sec/changes")
        assert "An exclusion was entered" in text(landed, "kit", "/sec/changes")
        assert "An exclusion was" not in text(landed, "ada", "/sec/changes")

    def test_tell_what_was_decided_to_who_may_read_it(
        self, landed: Landed, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(homes, "FIRST_LOOK", dt.timedelta(days=36_500))
        monkeypatch.setattr(homes, "MOST_NEWS", 60)
        decided = decide(landed)

        for name in ("bo", "jo"):
            page = text(landed, name, "/sec/changes")
            assert "voted on “Accept the plan”, which is approved" in page
            assert f"/sec/decisions/{decided['closed']}" in page
            assert f"/sec/decisions/{decided['decision']}" in page
            assert f"/sec/decisions/{decided['withdrawn']}" not in page

    def test_are_a_part_of_the_home_where_that_asks(self, landed: Landed) -> None:
        told = landed.client("jo").get("/sec/changes", headers={"HX-Request": "true", "HX-Target": "news"})

        assert told.content.decode().lstrip().startswith('<div class="card-b" id="news"')

    def test_without_a_role_are_of_what_is_open_to_all(self, landed: Landed) -> None:
        page = text(landed, "nell", "/sec/changes")

        assert [name for name in landed.parties if name in page] == []


class TestErrands:
    def test_come_in_the_order_they_fall_due(self, landed: Landed, monkeypatch: pytest.MonkeyPatch) -> None:
        days = {"later": dt.date(2021, 10, 1), "soon": dt.date(2021, 9, 21), "never": None}
        sources = [
            lambda _, one=name, due=due: [Waiting(one, "", "Open", "/", due)] for name, due in days.items()
        ]
        monkeypatch.setattr(homes, "SOURCES", sources)

        assert [one.title for one in homes.errands(landed.acting("jo"))] == ["soon", "later", "never"]


class TestAPartysCases:
    def test_show_what_is_due_next_beside_a_milestone_that_was_missed(self, settings: Any) -> None:
        missed_on = dt.date(2021, 10, 30)
        settings.DEMO_DAY = missed_on.isoformat()
        cast = made_cast()
        case = cast.asked(cast.opened())
        remedy = file_remedy(case=case, filed=by_hand(), by=on(cast.ada, NOTICED), at=at(NOTICED, 13))
        accept_remedy(remedy=remedy, words="", key=key(), by=on(cast.jo, NOTICED), at=at(NOTICED, 14))
        pass_due(at(missed_on, 1), missed_on)
        again = by_hand(milestones=(planned("Weekly coverage file", dt.date(2021, 12, 1)),))
        file_remedy(case=case, filed=again, by=on(cast.ada, missed_on), at=at(missed_on, 13))

        page = browser(cast.ada).get("/sec/").content.decode()

        [row] = [
            one
            for one in page.partition("Your cases")[2].partition("</ul>")[0].split("<li>")
            if case.reference in one
        ]
        assert "milestone missed" in row
        assert "#i-calendar-due" in row
