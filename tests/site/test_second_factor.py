import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from tallystick.parties.models import Person, Role
from tallystick.site import account_urls
from tallystick.site.second_factor import TO_SET_UP, TO_SHOW
from tests.site import people
from tests.site.entering import code_now, enrol, enter, has_factor, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def jo() -> Person:
    jo = people.person("Jo Tarn")
    people.role(jo, Role.ANALYST)
    return jo


def secret_on(page: str) -> str:
    return page.partition('<code class="key">')[2].partition("<")[0]


def mark_on(page: str) -> str:
    found = re.search(r"/account/2fa/passkeys/(\w+)/remove/", page)
    assert found is not None
    return found[1]


class TestWithoutOne:
    def test_every_page_leads_to_setting_one_up(self, client: Client, jo: Person) -> None:
        enter(client, jo, shown=False)

        for address in (
            "/",
            "/sec/",
            "/sec/people/",
            "/account/",
            "/account/password/change/",
            "/nowhere/",
            "/account/2fa/",
        ):
            assert client.get(address).headers["Location"] == "/account/second-factor/", address
        assert "Add a second factor to go on" in client.get("/account/second-factor/").content.decode()

    def test_nothing_can_be_sent_either(self, client: Client, jo: Person) -> None:
        enter(client, jo, shown=False)

        assert client.post("/sec/people/invite/").headers["Location"] == "/account/second-factor/"

    def test_a_part_of_a_page_does_not_load_the_page_of_setting_up_anew(
        self, client: Client, jo: Person
    ) -> None:
        enter(client, jo, shown=False)
        asks = {"HX-Request": "true", "HX-Current-URL": "http://testserver/account/second-factor/"}
        broken = {**asks, "HX-Current-URL": "http://[x"}
        elsewhere = {**asks, "HX-Current-URL": "http://testserver/sec/"}

        answer, other, odd = (client.get("/sec/people/", headers=one) for one in (asks, elsewhere, broken))

        assert (answer.status_code, answer.content) == (204, b"")
        assert "HX-Redirect" not in answer.headers
        assert other.headers["HX-Redirect"] == odd.headers["HX-Redirect"] == "/account/second-factor/"

    def test_setting_one_up_opens_the_site(self, client: Client, jo: Person) -> None:
        sign_in(client, jo.email)
        secret = secret_on(client.get("/account/2fa/totp/activate/").content.decode())

        done = client.post("/account/2fa/totp/activate/", {"code": code_now(secret)})

        assert done.content.decode().count("<li><code>") == 10
        assert client.get("/account/").status_code == 200

    def test_a_wrong_code_sets_up_nothing(self, client: Client, jo: Person) -> None:
        sign_in(client, jo.email)
        client.get("/account/2fa/totp/activate/")

        answer = client.post("/account/2fa/totp/activate/", {"code": "000000"})

        assert answer.status_code == 200
        assert not has_factor(jo)
        assert client.get("/account/").headers["Location"] == "/account/second-factor/"

    def test_who_has_no_such_role_is_not_asked(self, client: Client) -> None:
        enter(client, people.person("Nia Fell"), shown=False)

        assert client.get("/account/").status_code == 200


class TestOneThatWasNotShown:
    def test_is_asked_for_on_every_page(self, client: Client, jo: Person) -> None:
        secret = enrol(jo)
        enter(client, jo, shown=False)

        answer = client.get("/account/")
        assert answer.headers["Location"] == "/account/2fa/reauthenticate/?next=%2Faccount%2F"
        shown = client.post("/account/2fa/reauthenticate/", {"code": code_now(secret), "next": "/account/"})

        assert shown.headers["Location"] == "/account/"
        assert client.get("/account/").status_code == 200

    def test_cannot_be_got_round_by_the_password_or_by_adding_another(
        self, client: Client, jo: Person
    ) -> None:
        enrol(jo)
        enter(client, jo, shown=False)

        for address in (
            "/account/reauthenticate/",
            "/account/2fa/totp/activate/",
            "/account/2fa/totp/deactivate/",
            "/account/2fa/passkeys/add/",
            "/account/2fa/recovery-codes/",
            "/account/2fa/recovery-codes/generate/",
            "/account/sessions/",
            "/account/sessions/end-others/",
            "/account/second-factor/",
        ):
            assert client.get(address).headers["Location"].startswith("/account/2fa/reauthenticate/"), address
            assert client.post(address).headers["Location"].startswith("/account/2fa/reauthenticate/"), (
                address
            )

    def test_of_somebody_else_does_not_count(self, client: Client, jo: Person) -> None:
        enrol(jo)
        enter(client, jo)
        session = client.session
        session["account_authentication_methods_user"] = "999999"
        session.save()

        assert client.get("/account/").headers["Location"].startswith("/account/2fa/reauthenticate/")


class TestTheLastOne:
    def test_stays_where_a_role_asks_for_one(self, client: Client, jo: Person) -> None:
        enrol(jo)
        enter(client, jo)

        page = client.post("/account/2fa/totp/deactivate/").content.decode()

        assert "Add a passkey before" in page
        assert has_factor(jo)

    def test_may_go_where_none_does(self, client: Client) -> None:
        nia = people.person("Nia Fell")
        enrol(nia)
        enter(client, nia)

        client.post("/account/2fa/totp/deactivate/")

        assert not has_factor(nia)

    def test_stays_if_it_is_a_passkey(self, client: Client, jo: Person) -> None:
        key = Authenticator.objects.create(user=jo, type="webauthn", data={"name": "Key", "credential": {}})
        enter(client, jo)
        mark = mark_on(client.get("/account/2fa/passkeys/").content.decode())

        answer = client.post(f"/account/2fa/passkeys/{mark}/remove/")

        assert answer.headers["Location"] == "/account/2fa/passkeys/"
        assert Authenticator.objects.filter(pk=key.pk).exists()

    def test_is_reached_by_a_mark_of_its_owners_alone(self, client: Client, jo: Person) -> None:
        key = Authenticator.objects.create(user=jo, type="webauthn", data={"name": "Key", "credential": {}})
        enter(client, jo)
        mark = mark_on(client.get("/account/2fa/passkeys/").content.decode())
        other = Client()
        enter(other, people.person("Nia Fell"))

        assert client.get(f"/account/2fa/passkeys/{mark}/").status_code == 200
        assert other.get(f"/account/2fa/passkeys/{mark}/").status_code == 404
        assert client.get(f"/account/2fa/passkeys/{key.pk}/").status_code == 404


class TestTheLists:
    def test_name_addresses_that_there_are(self) -> None:
        names = {one.name for one in account_urls.urlpatterns if isinstance(one, URLPattern)}

        assert names >= TO_SHOW | TO_SET_UP
        assert get_resolver().resolve(reverse("second_factor")).view_name == "second_factor"
