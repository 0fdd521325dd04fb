"""What ASVS asks of passwords, factors and sessions, where the tests of `site` do not say it already."""

import re

import pytest
from django.test import Client

from tallystick.parties.models import Person, Role
from tallystick.site import recovery_codes
from tests.site import people
from tests.site.entering import PASSWORD, code_now, enrol, enter, sign_in

pytestmark = pytest.mark.django_db
LETTERS_ONLY = "nothing but small letters here"
LONG = "a sentence of many words that goes on " * 3 + "\u00e9\U0001f4c8"
WITH_PASSWORDS = ("/account/password/change/", "/account/reauthenticate/")
SENSITIVE = (
    "/account/2fa/totp/activate/",
    "/account/2fa/recovery-codes/generate/",
    "/account/2fa/passkeys/add/",
    "/account/2fa/totp/deactivate/",
)


@pytest.fixture
def nia() -> Person:
    return people.person("Nia Fell")


@pytest.fixture
def jo() -> Person:
    jo = people.person("Jo Tarn")
    people.role(jo, Role.ANALYST)
    return jo


def change(client: Client, old: str, new: str, again: str = "") -> None:
    typed = {"oldpassword": old, "password1": new, "password2": again or new}
    client.post("/account/password/change/", typed)


class TestAPassword:
    def test_is_changed_with_the_present_one_alone(self, client: Client, nia: Person) -> None:
        enter(client, nia)

        change(client, "not the present one", LETTERS_ONLY)
        nia.refresh_from_db()
        assert nia.check_password(PASSWORD)
        change(client, PASSWORD, LETTERS_ONLY)

        nia.refresh_from_db()
        assert nia.check_password(LETTERS_ONLY)

    @pytest.mark.parametrize(
        "new", [LETTERS_ONLY, "9" * 11 + "470815", LONG.strip(), "\u0448\u0438\u0448" * 5]
    )
    def test_may_be_of_any_letters_and_long(self, client: Client, nia: Person, new: str) -> None:
        enter(client, nia)

        change(client, PASSWORD, new)

        nia.refresh_from_db()
        assert nia.check_password(new)

    @pytest.mark.parametrize("typed", [PASSWORD.upper(), f"{PASSWORD} ", f" {PASSWORD}", PASSWORD[:-1]])
    def test_is_taken_as_it_is_typed(self, client: Client, nia: Person, typed: str) -> None:
        sign_in(client, nia.email, typed)
        assert "_auth_user_id" not in client.session

        sign_in(client, nia.email)
        assert client.session["_auth_user_id"] == str(nia.pk)

    @pytest.mark.parametrize(
        "address", ["/account/login/", "/account/password/change/", "/account/reauthenticate/"]
    )
    def test_is_hidden_as_it_is_typed_and_may_be_pasted(
        self, client: Client, nia: Person, address: str
    ) -> None:
        if address != "/account/login/":
            enter(client, nia)

        page = client.get(address).content.decode()

        fields = re.findall(r"<input[^>]*name=\"(?:old)?password\d?\"[^>]*>", page)
        assert fields
        for one in fields:
            assert 'type="password"' in one
            assert re.search(r'autocomplete="(current|new)-password"', one)
            assert not re.search(r"maxlength|onpaste|readonly", one)


class TestACode:
    def test_of_another_half_minute_is_refused(self, client: Client, jo: Person) -> None:
        secret = enrol(jo)
        sign_in(client, jo.email)

        for steps in (-2, 2):
            client.post("/account/2fa/authenticate/", {"code": code_now(secret, steps)})

        assert "_auth_user_id" not in client.session

    def test_of_recovery_stands_in_once(self, jo: Person) -> None:
        enrol(jo)
        code = recovery_codes.make(jo)[0]
        first, second = Client(), Client()

        for client in (first, second):
            sign_in(client, jo.email)
            client.post("/account/2fa/authenticate/", {"code": code})

        assert first.session["_auth_user_id"] == str(jo.pk)
        assert "_auth_user_id" not in second.session

    def test_of_recovery_is_one_of_many(self, jo: Person, nia: Person) -> None:
        codes = []
        for person in (jo, nia):
            enrol(person)
            codes += recovery_codes.make(person)

        assert len(set(codes)) == 20
        assert all(re.fullmatch(r"\d{4} \d{4} \d{4}", code) for code in codes)

    def test_comes_from_a_secret_of_160_bits_that_nobody_else_has(self, jo: Person, nia: Person) -> None:
        secrets = {enrol(jo), enrol(nia)}

        assert len(secrets) == 2
        assert all(re.fullmatch(r"[A-Z2-7]{32}", secret) for secret in secrets)


class TestAPasskey:
    def test_is_asked_with_a_challenge_that_is_never_the_same(self, client: Client) -> None:
        asked = [
            client.get("/account/2fa/passkeys/login/", headers={"X-Requested-With": "XMLHttpRequest"}).json()
            for _ in range(3)
        ]

        challenges = {one["request_options"]["publicKey"]["challenge"] for one in asked}
        assert len(challenges) == 3
        assert all(len(one) >= 22 for one in challenges)  # 16 bytes as base64


class TestASession:
    def test_has_a_key_that_nobody_guesses(self, nia: Person) -> None:
        keys = set()
        for _ in range(20):
            client = Client()
            enter(client, nia)
            keys.add(client.cookies["tally"].value)

        assert len(keys) == 20
        assert all(re.fullmatch(r"[a-z0-9]{32}", key) for key in keys)

    def test_is_dead_after_signing_out(self, client: Client, nia: Person) -> None:
        enter(client, nia)
        key = client.cookies["tally"].value

        client.post("/account/logout/")
        client.cookies["tally"] = key

        assert client.get("/account/").status_code == 302

    def test_is_not_ended_by_a_link(self, client: Client, nia: Person) -> None:
        enter(client, nia)

        client.get("/account/logout/")

        assert client.get("/account/").status_code == 200

    def test_has_a_new_key_once_it_was_confirmed(self, client: Client, nia: Person) -> None:
        enter(client, nia)
        sign_in(other := Client(), nia.email)
        old = Client()
        old.cookies["tally"] = other.cookies["tally"].value

        other.post("/account/reauthenticate/", {"password": PASSWORD})

        assert other.get("/account/").status_code == 200
        assert old.get("/account/").status_code == 302

    @pytest.mark.parametrize("address", SENSITIVE)
    def test_has_to_be_confirmed_before_factors_change(
        self, client: Client, nia: Person, address: str
    ) -> None:
        enrol(nia)
        enter(client, nia)
        session = client.session
        session["account_authentication_methods"] = [
            {**record, "at": record["at"] - 3600} for record in session["account_authentication_methods"]
        ]
        session.save()

        answer = client.post(address)

        assert answer.status_code == 302
        assert "reauthenticate" in answer.headers["Location"]

    def test_keeps_its_cookie_from_scripts_and_other_sites(self, client: Client, nia: Person) -> None:
        enter(client, nia)

        cookie = sign_in(Client(), nia.email).cookies["tally"]

        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["path"] == "/"
