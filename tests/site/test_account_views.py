import datetime as dt
from typing import Any

import pytest
from django.test import Client

from tallystick.journal.models import Entry
from tallystick.parties.acting import Acting
from tallystick.parties.models import Person, Role
from tallystick.parties.operations.people import invite
from tests.site import people
from tests.site.entering import PASSWORD, enrol, enter, now, sign_in, today, without_marks

pytestmark = pytest.mark.django_db


@pytest.fixture
def cleo() -> Person:
    return people.person("Cleo Ashby")


@pytest.fixture
def for_alfa(cleo: Person) -> Role:
    return people.role(cleo, Role.PARTY_DELEGATE, people.organisation())


@pytest.fixture
def on_board(cleo: Person) -> Role:
    return people.role(cleo, Role.BOARD_MEMBER, people.body())


def invited() -> tuple[Person, str]:
    at = now()
    person, token = invite(
        email="ada@example.org", name="Ada Quill", by=Acting("sec", dt.date(2021, 9, 1)), at=at
    )
    return person, f"/account/welcome/{person.handle}/{token}/"


class TestTheAccount:
    def test_lists_the_roles_and_the_one_in_use(
        self, client: Client, cleo: Person, for_alfa: Role, on_board: Role
    ) -> None:
        enter(client, cleo, for_alfa)

        page = client.get("/account/").content.decode()

        assert page.count("You act in this") == 1
        assert f"/account/role/{on_board.handle}/" in page
        assert f"/account/role/{for_alfa.handle}/" not in page

    def test_is_for_who_signed_in(self, client: Client) -> None:
        assert client.get("/account/").headers["Location"] == "/account/login/?next=/account/"


class TestTheCapacity:
    def test_changes_after_the_person_confirmed(
        self, client: Client, cleo: Person, for_alfa: Role, on_board: Role
    ) -> None:
        enter(client, cleo, for_alfa)
        session = client.session
        session["drafts"] = "of the party"
        session.save()
        before = client.session.session_key

        answer = client.post(f"/account/role/{on_board.handle}/")

        assert answer.headers["Location"] == "/sec/"
        assert client.session["capacity"] == on_board.handle
        assert "drafts" not in client.session
        assert client.session.session_key != before
        entry = Entry.objects.get(act="parties.switch_capacity")
        assert (entry.actor, entry.handle) == (cleo.handle, on_board.handle)

    def test_makes_the_key_before_worthless(
        self, client: Client, cleo: Person, for_alfa: Role, on_board: Role
    ) -> None:
        enter(client, cleo, for_alfa)
        old = Client()
        old.cookies["tally"] = str(client.session.session_key)
        client.post(f"/account/role/{on_board.handle}/")

        assert old.get("/account/").headers["Location"].startswith("/account/login/")

    def test_wants_a_confirmation_of_its_own_each_time(
        self, client: Client, cleo: Person, for_alfa: Role, on_board: Role
    ) -> None:
        enter(client, cleo, for_alfa)
        client.post(f"/account/role/{on_board.handle}/")

        answer = client.post(f"/account/role/{for_alfa.handle}/")

        assert answer.headers["Location"].startswith("/account/reauthenticate/")
        assert client.session["capacity"] == on_board.handle

    def test_goes_on_from_the_confirmation_to_the_question(
        self, client: Client, cleo: Person, for_alfa: Role, on_board: Role
    ) -> None:
        enter(client, cleo, for_alfa)
        client.post(f"/account/role/{on_board.handle}/")
        address = f"/account/role/{for_alfa.handle}/"

        asked = client.get(address).headers["Location"]
        shown = client.post(asked, {"password": PASSWORD, "next": address})

        assert shown.headers["Location"] == address
        assert "Act as Party delegate, ALFA" in client.get(address).content.decode()

    @pytest.mark.usefixtures("cleo", "for_alfa")
    def test_is_not_anothers(self, client: Client, on_board: Role) -> None:
        nia = people.person("Nia Fell")
        enter(client, nia)

        for handle in (on_board.handle, "0" * 20):
            assert client.post(f"/account/role/{handle}/").status_code == 404
        assert not Entry.objects.exists()

    def test_is_not_one_that_ended(
        self, client: Client, cleo: Person, for_alfa: Role, on_board: Role
    ) -> None:
        on_board.until_on = today()
        on_board.save()
        enter(client, cleo, for_alfa)

        assert client.post(f"/account/role/{on_board.handle}/").status_code == 404

    def test_is_asked_for_before_anything_of_anothers(self, client: Client) -> None:
        assert client.post("/account/role/X/").headers["Location"].startswith("/account/login/")


class TestAnInvitation:
    def test_sets_a_password_and_leads_to_signing_in(self, client: Client) -> None:
        person, link = invited()

        page = client.get(link)
        done = client.post(link, {"password": PASSWORD, "again": PASSWORD})

        assert "Welcome, Ada Quill" in page.content.decode()
        assert page.headers["Referrer-Policy"] == "strict-origin"
        assert done.headers["Location"] == "/account/login/"
        assert "_auth_user_id" not in client.session
        assert sign_in(client, person.email).headers["Location"] == "/"

    def test_works_once(self, client: Client) -> None:
        person, link = invited()
        client.post(link, {"password": PASSWORD, "again": PASSWORD})

        assert client.get(link).status_code == 404
        assert client.post(link, {"password": PASSWORD * 2, "again": PASSWORD * 2}).status_code == 404
        person.refresh_from_db()
        assert person.check_password(PASSWORD)

    @pytest.mark.parametrize(
        "typed",
        [
            {"password": "short", "again": "short"},
            {"password": PASSWORD, "again": PASSWORD + "."},
            {"password": "ada@example.org", "again": "ada@example.org"},
            {},
        ],
    )
    def test_wants_a_good_password_twice(self, client: Client, typed: dict[str, Any]) -> None:
        person, link = invited()

        page = client.post(link, typed)

        assert page.status_code == 200
        assert 'class="error"' in page.content.decode()
        person.refresh_from_db()
        assert not person.has_usable_password()

    def test_that_is_none_looks_like_one_that_was_used(self, client: Client) -> None:
        person, link = invited()
        bent = link.replace(person.handle, "0" * 20)
        worn = f"/account/welcome/{person.handle}/abc-def/"

        assert without_marks(client.get(bent).content) == without_marks(client.get(worn).content)

    def test_asks_for_the_mark_of_its_form(self) -> None:
        _, link = invited()

        answer = Client(enforce_csrf_checks=True).post(link, {"password": PASSWORD, "again": PASSWORD})

        assert answer.status_code == 403


class TestEveryPage:
    @pytest.mark.usefixtures("for_alfa")
    def test_is_ours(self, client: Client, cleo: Person) -> None:
        enrol(cleo)
        enter(client, cleo)
        addresses = (
            "/account/logout/",
            "/account/reauthenticate/",
            "/account/password/change/",
            "/account/password/reset/",
            "/account/password/reset/done/",
            "/account/password/reset/key/1-x/",
            "/account/password/reset/key/done/",
            "/account/inactive/",
            "/account/2fa/",
            "/account/2fa/reauthenticate/",
            "/account/2fa/totp/deactivate/",
            "/account/sessions/",
            "/account/2fa/recovery-codes/",
            "/account/2fa/recovery-codes/generate/",
            "/account/2fa/passkeys/",
            "/account/2fa/passkeys/add/",
        )

        for address in addresses:
            page = client.get(address)
            assert page.status_code == 200, address
            assert 'class="ts-foot"' in page.content.decode(), address
            assert page.content.count(b"<h1") == 1, address
            assert b" style=" not in page.content, address

    @pytest.mark.parametrize(
        "address",
        [
            "/account/login/",
            "/account/logout/",
            "/account/reauthenticate/",
            "/account/password/change/",
            "/account/password/reset/",
            "/account/2fa/authenticate/",
            "/account/2fa/reauthenticate/",
            "/account/2fa/totp/activate/",
            "/account/2fa/totp/deactivate/",
            "/account/2fa/recovery-codes/generate/",
            "/account/2fa/passkeys/add/",
            "/account/2fa/passkeys/login/",
            "/account/2fa/passkeys/reauthenticate/",
            "/account/role/ABC/",
            "/sec/people/invite/",
            "/sec/people/ABC/roles/",
            "/sec/people/ABC/roles/DEF/end/",
            "/sec/people/ABC/invite-again/",
            "/sec/people/ABC/close/",
            "/sec/people/ABC/reopen/",
            "/sec/people/ABC/forget-second-factors/",
        ],
    )
    @pytest.mark.usefixtures("for_alfa")
    def test_takes_nothing_without_the_mark_of_its_form(self, cleo: Person, address: str) -> None:
        strict = Client(enforce_csrf_checks=True)
        enter(strict, cleo)

        assert strict.post(address).status_code == 403
