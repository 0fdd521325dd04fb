import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from tallystick.journal.models import Entry
from tallystick.parties.models import Organisation, Person, Role
from tests.site import people
from tests.site.entering import PASSWORD, enrol, enter, has_factor, today

pytestmark = pytest.mark.django_db


@pytest.fixture
def iris(client: Client) -> Person:
    iris = people.person("Iris Vale")
    enter(client, iris, people.role(iris, Role.ADMINISTRATOR))
    return iris


@pytest.fixture
def ada() -> Person:
    return people.person("Ada Quill")


@pytest.fixture
def alfa() -> Organisation:
    return people.organisation()


class TestTheRegister:
    @pytest.mark.usefixtures("iris")
    def test_lists_accounts_with_their_roles(self, client: Client, ada: Person) -> None:
        people.role(ada, Role.PARTY_DELEGATE, people.organisation())

        page = client.get("/sec/people/").content.decode()

        assert "Ada Quill" in page
        assert "Party delegate, ALFA" in page

    @pytest.mark.usefixtures("iris")
    def test_asks_few_questions_whatever_the_number(
        self, client: Client, django_assert_max_num_queries: object
    ) -> None:
        for number in range(20):
            people.role(people.person(f"Person {number}", f"p{number}@example.org"), Role.ANALYST)

        with django_assert_max_num_queries(12):  # type: ignore[operator]  # a fixture of pytest-django
            client.get("/sec/people/")

    @pytest.mark.parametrize("role", [Role.ANALYST, Role.CHANGE_TEAM, Role.AUDITOR, Role.OBSERVER])
    def test_is_not_there_for_others(self, role: str, ada: Person) -> None:
        client = Client()
        enter(client, ada, people.role(ada, role))

        for address in ("/sec/people/", "/sec/people/invite/", f"/sec/people/{ada.handle}/"):
            assert client.get(address).status_code == 404
        for address in ("invite/", f"{ada.handle}/close/", f"{ada.handle}/roles/"):
            assert client.post(f"/sec/people/{address}").status_code == 404
        assert not Entry.objects.exists()

    def test_is_read_but_not_changed_by_the_secretary(self, ada: Person) -> None:
        client = Client()
        enter(client, ada, people.role(ada, Role.SECRETARY))

        page = client.get(f"/sec/people/{ada.handle}/")

        assert page.status_code == 200
        assert page.content.decode().count('method="post"') == 1  # signing out
        assert client.post(f"/sec/people/{ada.handle}/close/").status_code == 404

    @pytest.mark.usefixtures("iris")
    def test_is_not_there_for_a_code_that_is_none(self, client: Client) -> None:
        assert client.get("/xyz/people/").status_code == 404


class TestInviting:
    @pytest.mark.usefixtures("iris")
    def test_sends_a_link_and_shows_it_to_nobody_else(self, client: Client) -> None:
        answer = client.post("/sec/people/invite/", {"name": "Ben Marlow", "email": "ben@example.org"})

        page = client.get(answer.headers["Location"]).content.decode()
        message = mail.outbox[-1]
        link = re.search(r"http://testserver(/account/welcome/\S+)", str(message.body))
        assert message.to == ["ben@example.org"]
        assert link is not None
        assert "Ben Marlow" in page
        assert link[1] not in page
        assert Client().get(link[1]).status_code == 200

    @pytest.mark.usefixtures("iris")
    def test_says_that_the_message_did_not_leave_and_sends_it_again(
        self, client: Client, settings: Any
    ) -> None:
        served, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "tests.site.lost_mail.Backend"
        answer = client.post("/sec/people/invite/", {"name": "Ben Marlow", "email": "ben@example.org"})
        page = client.get(answer.headers["Location"]).content.decode()
        settings.EMAIL_BACKEND = served

        again = client.post(f"{answer.headers['Location']}invite-again/")

        assert "the message did not leave" in page
        assert "Send the invitation again" in page
        assert again.headers["Location"] == answer.headers["Location"]
        assert [message.to for message in mail.outbox] == [["ben@example.org"]]
        assert Entry.objects.filter(act="parties.invite").count() == 2

    @pytest.mark.usefixtures("iris")
    def test_again_is_not_for_who_has_an_account(self, client: Client, ada: Person) -> None:
        client.post(f"/sec/people/{ada.handle}/invite-again/")

        page = client.get(f"/sec/people/{ada.handle}/").content.decode()
        assert "has an account" in page
        assert "Send the invitation again" not in page
        assert not mail.outbox

    @pytest.mark.usefixtures("iris")
    def test_says_what_is_wrong_beside_the_field(self, client: Client, ada: Person) -> None:
        taken = client.post("/sec/people/invite/", {"name": "Ada", "email": ada.email}).content.decode()
        bent = client.post("/sec/people/invite/", {"name": "", "email": "ada"}).content.decode()

        assert "Ada Quill has an account" in taken
        assert bent.count('class="error"') == 2
        assert not mail.outbox

    @pytest.mark.usefixtures("iris")
    def test_asks_to_confirm_and_then_goes_on(self, client: Client) -> None:
        session = client.session
        session["account_authentication_methods"] = [
            {"method": "mfa", "at": session["account_authentication_methods"][1]["at"]}
        ]
        session.save()

        asked = client.post("/sec/people/invite/", {"name": "Ben Marlow", "email": "ben@example.org"})
        assert asked.headers["Location"].startswith("/account/reauthenticate/")
        assert not Entry.objects.exists()
        client.post(asked.headers["Location"], {"password": PASSWORD, "next": "/sec/people/invite/"})

        assert Person.objects.filter(email="ben@example.org").exists()


class TestRoles:
    def test_are_given(self, client: Client, iris: Person, ada: Person, alfa: Organisation) -> None:
        typed = {"role": "party_delegate", "organisation": "alfa", "body": "", "from_on": "2021-09-01"}

        answer = client.post(f"/sec/people/{ada.handle}/roles/", typed)

        assert answer.headers["Location"] == f"/sec/people/{ada.handle}/"
        assert Role.objects.get(person=ada).organisation == alfa
        assert Entry.objects.get().actor == iris.handle

    @pytest.mark.parametrize(
        "typed",
        [
            {"role": "party_delegate", "organisation": "", "body": "", "from_on": "2021-09-01"},
            {"role": "superuser", "organisation": "", "body": "", "from_on": "2021-09-01"},
            {"role": "analyst", "organisation": "none-such", "body": "", "from_on": "2021-09-01"},
            {"role": "analyst", "organisation": "", "body": "", "from_on": "soon"},
            {},
        ],
    )
    @pytest.mark.usefixtures("iris")
    def test_are_refused_with_the_reason(self, client: Client, ada: Person, typed: dict[str, str]) -> None:
        page = client.post(f"/sec/people/{ada.handle}/roles/", typed)

        assert page.status_code == 422
        assert re.search('class="error"|role="alert"', page.content.decode())
        assert not Role.objects.filter(person=ada).exists()

    @pytest.mark.usefixtures("iris")
    def test_end_and_close_their_sessions(self, client: Client, ada: Person) -> None:
        role = people.role(ada, Role.ANALYST)
        other = Client()
        enter(other, ada, role)
        assert other.get("/account/").status_code == 200

        client.post(f"/sec/people/{ada.handle}/roles/{role.handle}/end/")

        assert other.get("/account/").headers["Location"].startswith("/account/login/")
        role.refresh_from_db()
        assert role.until_on == today()

    @pytest.mark.usefixtures("iris")
    def test_of_somebody_else_are_not_found_there(self, client: Client, ada: Person) -> None:
        role = people.role(people.person("Ben Marlow"), Role.ANALYST)

        assert client.post(f"/sec/people/{ada.handle}/roles/{role.handle}/end/").status_code == 404

    def test_in_use_are_not_ended_by_who_uses_them(self, client: Client, iris: Person) -> None:
        role = Role.objects.get(person=iris)

        client.post(f"/sec/people/{iris.handle}/roles/{role.handle}/end/")

        role.refresh_from_db()
        assert role.until_on is None
        assert "Ask another administrator" in client.get(f"/sec/people/{iris.handle}/").content.decode()


class TestAccounts:
    @pytest.mark.usefixtures("iris")
    def test_close_and_open_again(self, client: Client, ada: Person) -> None:
        other = Client()
        enter(other, ada)

        client.post(f"/sec/people/{ada.handle}/close/")

        assert other.get("/account/").headers["Location"].startswith("/account/login/")
        client.post(f"/sec/people/{ada.handle}/reopen/")
        ada.refresh_from_db()
        assert ada.is_active

    @pytest.mark.usefixtures("iris")
    def test_lose_factors_that_their_owner_lost(self, client: Client, ada: Person) -> None:
        enrol(ada)

        client.post(f"/sec/people/{ada.handle}/forget-second-factors/")

        assert not has_factor(ada)
        assert mail.outbox[-1].to == [ada.email]
        assert "removed by an administrator" in str(mail.outbox[-1].body)

    @pytest.mark.usefixtures("iris")
    def test_are_addressed_by_handles_alone(self, client: Client, ada: Person) -> None:
        assert client.get(f"/sec/people/{ada.pk}/").status_code == 404
        assert client.get("/sec/people/00000000000000000000/").status_code == 404
