import logging
import time
from typing import Any

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings

from tallystick.parties.models import Person, Role
from tests.site import people
from tests.site.entering import PASSWORD, code_now, enrol, enter, sign_in, without_marks

pytestmark = pytest.mark.django_db
NEW = "another sentence altogether"


@pytest.fixture
def jo() -> Person:
    jo = people.person("Jo Tarn")
    people.role(jo, Role.ANALYST)
    return jo


def reset_link() -> str:
    body = mail.outbox[-1].body
    return next(line for line in str(body).split() if line.startswith("http")).partition("testserver")[2]


class TestSigningIn:
    def test_takes_password_and_code(self, client: Client, jo: Person) -> None:
        secret = enrol(jo)

        first = sign_in(client, "JO@example.org")
        assert first.headers["Location"] == "/account/2fa/authenticate/"
        assert "_auth_user_id" not in client.session
        second = client.post("/account/2fa/authenticate/", {"code": code_now(secret)})

        assert second.headers["Location"] == "/"
        assert client.session["_auth_user_id"] == str(jo.pk)

    def test_does_not_open_a_page_between_password_and_code(self, client: Client, jo: Person) -> None:
        enrol(jo)
        sign_in(client, jo.email)

        for address in (
            "/account/",
            "/account/2fa/",
            "/account/2fa/totp/activate/",
            "/account/password/change/",
        ):
            assert "/account/" in client.get(address).headers["Location"]
        assert "_auth_user_id" not in client.session

    def test_refuses_a_code_a_second_time(self, client: Client, jo: Person) -> None:
        secret = enrol(jo)
        code = code_now(secret)
        sign_in(client, jo.email)
        client.post("/account/2fa/authenticate/", {"code": code})
        other = Client()
        sign_in(other, jo.email)

        answer = other.post("/account/2fa/authenticate/", {"code": code})

        assert answer.status_code == 200
        assert "_auth_user_id" not in other.session

    def test_changes_the_key_of_the_session(self, client: Client, jo: Person) -> None:
        client.get("/account/login/")
        session = client.session
        session["planted"] = "by somebody else"
        session.save()
        client.cookies["tally"] = before = str(session.session_key)

        sign_in(client, jo.email)

        assert client.session.session_key != before
        assert client.session["_auth_user_id"] == str(jo.pk)

    def test_leads_nowhere_else(self, jo: Person) -> None:
        for away in (
            "https://example.com/",
            "//example.com",
            "/\\example.com",
            "javascript:alert(1)",
            "http:///x",
        ):
            answer = sign_in(Client(), jo.email, next=away)

            assert answer.headers["Location"] == "/", away

    def test_comes_back_to_the_page_that_was_asked_for(self, client: Client, jo: Person) -> None:
        assert sign_in(client, jo.email, next="/account/").headers["Location"] == "/account/"

    def test_is_not_open_to_closed_accounts(self, client: Client, jo: Person) -> None:
        jo.is_active = False
        jo.save()

        assert sign_in(client, jo.email).headers["Location"] == "/account/inactive/"
        assert "_auth_user_id" not in client.session
        assert client.get("/account/inactive/").status_code == 200

    def test_says_the_same_of_no_account_and_a_wrong_password(self, jo: Person) -> None:
        pages = [
            without_marks(sign_in(Client(), email, "wrong").content).replace(email, "X")
            for email in (jo.email, "nobody@example.org")
        ]

        assert pages[0] == pages[1]
        assert "not correct" in pages[0]

    def test_hashes_a_password_even_for_no_account(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        seen: list[str] = []
        monkeypatch.setattr(Person, "set_password", lambda _, raw: seen.append(raw))

        sign_in(client, "nobody@example.org", "wrong")

        assert seen == ["wrong"]

    def test_is_throttled_by_account_and_counted_where_all_processes_see_it(self, jo: Person) -> None:
        for _ in range(5):
            sign_in(Client(), jo.email, "wrong")

        page = sign_in(Client(), jo.email, PASSWORD).content.decode()

        assert "Too many failed" in page
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM site_throttle")
            assert cursor.fetchone()[0] > 0

    def test_is_throttled_the_same_for_no_account(self) -> None:
        for _ in range(5):
            sign_in(Client(), "nobody@example.org", "wrong")

        assert "Too many failed" in sign_in(Client(), "nobody@example.org", "wrong").content.decode()

    def test_throttles_codes(self, client: Client, jo: Person) -> None:
        secret = enrol(jo)
        sign_in(client, jo.email)
        for _ in range(5):
            client.post("/account/2fa/authenticate/", {"code": "000000"})

        client.post("/account/2fa/authenticate/", {"code": code_now(secret)})

        assert "_auth_user_id" not in client.session

    def test_is_written_down_when_refused_without_what_was_typed(
        self, client: Client, caplog: pytest.LogCaptureFixture
    ) -> None:
        with caplog.at_level(logging.WARNING, "tallystick.sign_in"):
            sign_in(client, "nobody@example.org", "hunter-two-two")

        assert "sign-in refused" in caplog.text
        assert "nobody" not in caplog.text
        assert "hunter" not in caplog.text

    def test_is_written_down_when_taken_with_the_way_it_was(
        self, client: Client, jo: Person, caplog: pytest.LogCaptureFixture
    ) -> None:
        secret = enrol(jo)
        with caplog.at_level(logging.INFO, "tallystick.sign_in"):
            sign_in(client, jo.email)
            client.post("/account/2fa/authenticate/", {"code": code_now(secret)})

        assert "signed in: address" in caplog.text
        assert "by password, totp" in caplog.text
        assert "jo@" not in caplog.text

    def test_asks_for_the_mark_of_its_form(self, jo: Person) -> None:
        strict = Client(enforce_csrf_checks=True)

        assert sign_in(strict, jo.email).status_code == 403


class TestSigningUp:
    @pytest.mark.parametrize(
        "address",
        ["signup/", "email/", "confirm-email/", "password/set/", "login/code/confirm/", "2fa/trust/"],
    )
    def test_is_not_there(self, client: Client, jo: Person, address: str) -> None:
        assert client.get(f"/account/{address}").status_code == 404
        enter(client, jo)
        assert client.get(f"/account/{address}").status_code == 404


class TestANewPassword:
    def test_is_set_by_a_link_that_works_once(self, client: Client, jo: Person) -> None:
        client.post("/account/password/reset/", {"email": jo.email})
        link = reset_link()
        form = client.get(link).headers["Location"]

        done = client.post(form, {"password1": NEW, "password2": NEW})
        again = Client().get(link)

        assert done.headers["Location"] == "/account/password/reset/key/done/"
        jo.refresh_from_db()
        assert jo.check_password(NEW)
        assert "no longer works" in again.content.decode()

    def test_is_asked_for_with_one_answer_where_no_mail_can_leave(
        self, jo: Person, settings: Any, caplog: pytest.LogCaptureFixture
    ) -> None:
        settings.EMAIL_BACKEND = "tests.site.lost_mail.Backend"

        answers = [
            Client().post("/account/password/reset/", {"email": email}).headers["Location"]
            for email in (jo.email, "nobody@example.org")
        ]

        assert answers == ["/account/password/reset/done/"] * 2
        assert caplog.text.count("could not leave") == 2
        assert "example.org" not in caplog.text

    def test_does_not_sign_in(self, client: Client, jo: Person) -> None:
        enrol(jo)
        client.post("/account/password/reset/", {"email": jo.email})
        client.post(client.get(reset_link()).headers["Location"], {"password1": NEW, "password2": NEW})

        assert "_auth_user_id" not in client.session
        assert sign_in(client, jo.email, NEW).headers["Location"] == "/account/2fa/authenticate/"

    def test_closes_the_sessions_there_were(self, client: Client, jo: Person) -> None:
        enter(client, jo)
        other = Client()
        other.post("/account/password/reset/", {"email": jo.email})
        other.post(other.get(reset_link()).headers["Location"], {"password1": NEW, "password2": NEW})

        assert client.get("/account/").headers["Location"].startswith("/account/login/")

    def test_is_asked_for_with_one_answer_whoever_there_is(self, jo: Person) -> None:
        answers = []
        for email in (jo.email, "nobody@example.org"):
            one = Client()
            asked = one.post("/account/password/reset/", {"email": email})
            page = one.get(asked.headers["Location"])
            answers.append((asked.status_code, asked.headers["Location"], without_marks(page.content)))

        assert answers[0] == answers[1]
        assert [message.to for message in mail.outbox] == [[jo.email], ["nobody@example.org"]]
        assert "http" not in str(mail.outbox[1].body)

    def test_is_long_and_not_common(self, client: Client, jo: Person) -> None:
        client.post("/account/password/reset/", {"email": jo.email})
        form = client.get(reset_link()).headers["Location"]

        for weak in ("short", "1q2w3e4r5t6y", "jo@example.org"):
            assert client.post(form, {"password1": weak, "password2": weak}).status_code == 200
        jo.refresh_from_db()
        assert jo.check_password(PASSWORD)

    def test_is_told_to_the_owner(self, client: Client, jo: Person) -> None:
        enter(client, jo)
        client.post(
            "/account/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
        )

        assert "changed" in mail.outbox[-1].body
        assert client.get("/account/").status_code == 200


class TestConfirmingThatItIsYou:
    def test_takes_the_right_password(self, client: Client, jo: Person) -> None:
        sign_in(client, jo.email)
        people.role(jo, Role.SECRETARY)
        wrong = client.post("/account/reauthenticate/", {"password": "wrong"})

        assert wrong.status_code == 200
        right = client.post(
            "/account/reauthenticate/", {"password": PASSWORD, "next": "/account/second-factor/"}
        )
        assert right.headers["Location"] == "/account/second-factor/"


class TestSecretsOfFactors:
    def test_are_not_in_the_database_as_they_are(self, jo: Person) -> None:
        secret = enrol(jo)

        kept = Authenticator.objects.get(user=jo).data["secret"]

        assert secret not in kept
        assert get_adapter().decrypt(kept) == secret

    def test_are_no_use_with_another_installations_secret(self, jo: Person) -> None:
        from cryptography.fernet import InvalidToken  # noqa: PLC0415 - of this test alone

        enrol(jo)
        kept = Authenticator.objects.get(user=jo).data["secret"]

        with override_settings(SECRET_KEY="another"), pytest.raises(InvalidToken):
            get_adapter().decrypt(kept)


class TestTheTableOfCounts:
    def test_keeps_what_is_put_there_until_it_runs_out(self) -> None:
        assert cache.add("once", 1, timeout=30)
        assert not cache.add("once", 1, timeout=30)
        cache.set("soon", 1, timeout=1)
        time.sleep(1.1)

        assert cache.get("soon") is None
