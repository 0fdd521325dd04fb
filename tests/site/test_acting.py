import datetime as dt
import time

import pytest
from django.test import Client

from tallystick.parties.models import Person, Role
from tests.site import people
from tests.site.entering import enter, seconds, today

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> Person:
    return people.person("Ada Quill")


@pytest.fixture
def for_alfa(ada: Person) -> Role:
    return people.role(ada, Role.PARTY_DELEGATE, people.organisation())


@pytest.fixture
def on_board(ada: Person) -> Role:
    return people.role(ada, Role.BOARD_MEMBER, people.body())


def acts_as(client: Client) -> str:
    page = client.get("/account/").content.decode()
    return page.partition("Acting as ")[2].partition("<")[0]


class TestASession:
    @pytest.mark.usefixtures("for_alfa", "on_board")
    def test_acts_in_the_role_that_began_first(self, client: Client, ada: Person) -> None:
        enter(client, ada)

        assert acts_as(client) == "Party delegate, ALFA"

    @pytest.mark.usefixtures("for_alfa")
    def test_is_closed_at_once_when_its_role_ends(self, client: Client, ada: Person, on_board: Role) -> None:
        enter(client, ada, on_board)
        assert client.get("/account/").status_code == 200
        on_board.until_on = today()
        on_board.save()
        began = time.perf_counter()

        answer = client.get("/account/")

        assert time.perf_counter() - began < 1
        assert answer.headers["Location"] == "/account/login/?next=%2Faccount%2F"
        assert "_auth_user_id" not in client.session
        assert "has ended" in client.get("/account/login/").content.decode()

    def test_outlives_the_end_of_another_role(
        self, client: Client, ada: Person, for_alfa: Role, on_board: Role
    ) -> None:
        enter(client, ada, for_alfa)
        on_board.until_on = today()
        on_board.save()

        assert client.get("/account/").status_code == 200

    @pytest.mark.usefixtures("for_alfa")
    def test_ends_with_the_account_at_the_next_request(self, client: Client, ada: Person) -> None:
        enter(client, ada)
        ada.is_active = False
        ada.save()

        assert client.get("/account/").headers["Location"].startswith("/account/login/")

    def test_takes_up_a_role_that_was_given_meanwhile(self, client: Client, ada: Person) -> None:
        enter(client, ada)
        assert acts_as(client) == "Public"
        people.role(ada, Role.ANALYST)

        assert acts_as(client) == "Analyst"

    def test_sends_a_part_of_a_page_away_as_a_whole(
        self, client: Client, ada: Person, for_alfa: Role
    ) -> None:
        enter(client, ada, for_alfa)
        for_alfa.until_on = today()
        for_alfa.save()

        answer = client.get("/account/", headers={"HX-Request": "true"})

        assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/account/login/")

    @pytest.mark.parametrize(
        ("name", "ago", "is_over"),
        [
            ("seen_at", dt.timedelta(minutes=29), False),
            ("seen_at", dt.timedelta(minutes=31), True),
            ("began_at", dt.timedelta(hours=7, minutes=59), False),
            ("began_at", dt.timedelta(hours=8, minutes=1), True),
        ],
    )
    def test_is_over_after_half_an_hour_idle_or_a_working_day(
        self, client: Client, ada: Person, name: str, ago: dt.timedelta, *, is_over: bool
    ) -> None:
        enter(client, ada)
        client.get("/account/")
        session = client.session
        session[name] = seconds() - ago.total_seconds()
        session.save()

        answer = client.get("/account/")

        assert (answer.status_code == 302) is is_over
        assert ("_auth_user_id" not in client.session) is is_over

    def test_leaves_nothing_in_the_browsers_store(self, client: Client, ada: Person) -> None:
        enter(client, ada)

        assert "no-store" in client.get("/account/").headers["Cache-Control"]

    def test_that_nobody_signed_in_to_may_be_kept(self, client: Client) -> None:
        assert "no-store" not in client.get("/sec/").headers.get("Cache-Control", "")


class TestTheNumberOfQueries:
    @pytest.mark.usefixtures("for_alfa")
    def test_stays_small(self, client: Client, ada: Person, django_assert_max_num_queries: object) -> None:
        enter(client, ada)
        client.get("/account/")

        with django_assert_max_num_queries(8):  # type: ignore[operator]  # a fixture of pytest-django
            client.get("/account/")
