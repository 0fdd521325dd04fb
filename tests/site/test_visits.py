import datetime as dt
from typing import Any

import pytest
from django.test import Client, RequestFactory

from tallystick.parties.models import Person, Role
from tallystick.site import visits
from tallystick.site.models import Happening, Visit
from tests.site import people
from tests.site.entering import enter, now, seconds, sign_in

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
POLL = {"HX-Request": "true", "HX-Trigger": "waiting", "HX-Current-URL": "http://testserver/sec/parties?x=1"}


@pytest.fixture
def nia() -> Person:
    return people.person("Nia Fell")


def signed_in(person: Person, agent: str = FIREFOX) -> Client:
    client = Client(headers={"User-Agent": agent})
    sign_in(client, person.email)
    return client


def of(client: Client) -> Visit:
    return Visit.objects.get(handle=client.session["visit"])


def aged(client: Client, minutes: int) -> None:
    """Let the session have been used so many minutes ago."""
    session = client.session
    session["seen_at"] = seconds() - 60 * minutes
    session.save()


class TestAVisit:
    def test_begins_with_signing_in_and_says_the_browser(self, nia: Person) -> None:
        client = signed_in(nia)

        visit = of(client)

        assert (visit.person, visit.browser, visit.ended_at) == (nia, "Firefox on Linux", None)
        assert visit.key == client.session.session_key
        assert abs(now() - visit.began_at) < dt.timedelta(minutes=1)

    def test_ends_with_signing_out(self, nia: Person) -> None:
        client = signed_in(nia)
        visit = of(client)

        client.post("/account/logout/")

        visit.refresh_from_db()
        assert visit.ended_at is not None
        assert visit.key == ""

    def test_ends_where_the_session_has_run_out(self, nia: Person) -> None:
        client = signed_in(nia)
        visit = of(client)
        aged(client, 31)

        client.get("/account/")

        visit.refresh_from_db()
        assert visit.ended_at is not None

    def test_counts_from_the_sign_in_though_no_page_was_asked_since(self, nia: Person) -> None:
        client = signed_in(nia)

        told = (client.session["began_at"], client.session["seen_at"])

        assert told == (of(client).began_at.timestamp(), of(client).seen_at.timestamp())

    def test_follows_the_key_of_its_session(self, nia: Person) -> None:
        people.role(nia, Role.PARTY_DELEGATE, people.organisation())
        on_board = people.role(nia, Role.BOARD_MEMBER, people.body())
        client = Client()
        enter(client, nia)
        session = client.session
        visit = Visit.objects.create(
            person=nia, key=session.session_key or "", began_at=now(), seen_at=now(), browser="x", device="y"
        )
        session["visit"] = visit.handle
        session.save()

        client.post(f"/account/role/{on_board.handle}/")

        visit.refresh_from_db()
        assert visit.key == client.session.session_key != session.session_key

    def test_is_forgotten_after_half_a_year(self, nia: Person) -> None:
        long_ago = now() - visits.REMEMBERED - dt.timedelta(days=1)
        Visit.objects.create(person=nia, began_at=long_ago, seen_at=long_ago, browser="x", device="y")

        client = signed_in(nia)

        assert list(Visit.objects.all()) == [of(client)]


class TestABrowser:
    def test_is_known_again_by_what_it_keeps(self, nia: Person) -> None:
        client = signed_in(nia)
        client.post("/account/logout/")
        sign_in(client, nia.email)

        first, second = Visit.objects.order_by("began_at")

        assert first.device == second.device
        assert not Happening.objects.exists()

    def test_keeps_nothing_that_a_script_or_another_site_gets_at(self, nia: Person) -> None:
        cookie = signed_in(nia).cookies["tally-browser"]

        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
        assert cookie.value not in str(Visit.objects.values_list("device", flat=True))

    @pytest.mark.parametrize("mark", ["", "<b>", "a b"])
    def test_that_brings_something_odd_gets_another(self, nia: Person, mark: str) -> None:
        client = Client()
        client.cookies["tally-browser"] = mark

        sign_in(client, nia.email)

        assert client.cookies["tally-browser"].value != mark


class TestAPoll:
    @pytest.fixture
    def jo(self) -> Client:
        jo, client = people.person("Jo Tarn"), Client()
        enter(client, jo, people.role(jo, Role.ANALYST))
        return client

    def test_keeps_no_session_alive(self, jo: Client) -> None:
        jo.get("/account/")
        aged(jo, 20)
        before = jo.session["seen_at"]

        assert jo.get("/sec/waiting", headers=POLL).status_code == 200
        assert jo.session["seen_at"] == before
        aged(jo, 31)
        answer = jo.get("/sec/waiting", headers=POLL)

        assert "_auth_user_id" not in jo.session
        assert answer.headers["HX-Redirect"] == "/account/login/?next=%2Fsec%2Fparties%3Fx%3D1"

    def test_is_told_from_somebody_who_is_there(self, jo: Client) -> None:
        jo.get("/account/")
        aged(jo, 20)
        before = jo.session["seen_at"]

        jo.get("/account/")

        assert jo.session["seen_at"] > before

    def test_from_a_page_of_no_sensible_address_leads_to_the_sign_in(self, jo: Client) -> None:
        jo.get("/account/")
        aged(jo, 31)

        answer = jo.get("/sec/waiting", headers={**POLL, "HX-Current-URL": "http://[x"})

        assert answer.headers["HX-Redirect"] == "/account/login/"

    @pytest.mark.parametrize(
        ("path", "is_part", "is_polled"),
        [
            ("/sec/waiting", True, True),
            ("/sec/waiting", False, True),
            ("/sec/runs/RUN-2021-07-ABC", True, True),
            ("/sec/runs/RUN-2021-07-ABC", False, False),
            ("/sec/findings", True, False),
            ("/nowhere/at/all/", True, False),
        ],
    )
    def test_is_what_pages_ask_for_by_themselves(self, path: str, *, is_part: bool, is_polled: bool) -> None:
        request = RequestFactory().get(path, headers={"HX-Request": "true"} if is_part else {})

        assert visits.is_polled(request) is is_polled


class TestEndOthers:
    def test_ends_all_but_the_one_that_asks_at_their_next_request(self, nia: Person) -> None:
        here, there, elsewhere = (signed_in(nia) for _ in range(3))
        stranger = signed_in(people.person("Jo Tarn"))

        here.post("/account/sessions/end-others/")

        assert [one.get("/account/").status_code for one in (here, there, elsewhere, stranger)] == [
            200,
            302,
            302,
            200,
        ]

    def test_ends_one_that_nobody_used_since_it_began(self, nia: Person) -> None:
        quiet, here = signed_in(nia), signed_in(nia)
        idle = of(quiet)
        idle.seen_at = now() - dt.timedelta(minutes=31)
        idle.save()

        here.post("/account/sessions/end-others/")

        idle.refresh_from_db()
        assert idle.ended_at is not None
        assert quiet.get("/account/").status_code == 302

    def test_happens_when_the_password_changes(self, nia: Person) -> None:
        here, there = signed_in(nia), signed_in(nia)
        new = {
            "oldpassword": "a sentence to keep in mind",
            **dict.fromkeys(["password1", "password2"], "b" * 20),
        }

        here.post("/account/password/change/", new)

        assert there.get("/account/").status_code == 302
        assert [one.handle for one in visits.open_of(nia, now())] == [here.session["visit"]]


class TestToBeDoubted:
    def request(self, client: Client) -> Any:
        request = RequestFactory().get("/")
        request.session = client.session
        return request

    def test_are_the_others_from_before_how_one_signs_in_changed(self, nia: Person) -> None:
        here, _ = signed_in(nia), signed_in(nia)
        Happening.objects.create(person=nia, at=now(), said="x", is_of_factors=True)
        signed_in(nia)

        assert visits.to_be_doubted(self.request(here), visits.open_of(nia, now())) == 1

    def test_are_none_where_nothing_changed(self, nia: Person) -> None:
        here, _ = signed_in(nia), signed_in(nia)
        Happening.objects.create(person=nia, at=now(), said="x")

        assert visits.to_be_doubted(self.request(here), visits.open_of(nia, now())) == 0
