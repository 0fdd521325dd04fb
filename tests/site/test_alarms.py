import datetime as dt
import logging
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tallystick.parties.models import Person
from tallystick.site import alarms
from tallystick.site.models import Happening
from tests.site import people
from tests.site.entering import PASSWORD, enter, now, sign_in
from tests.site.test_visits import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def nia() -> Person:
    return people.person("Nia Fell")


def said(client: Client) -> str:
    return client.get("/account/").content.decode()


class TestRefusedTries:
    def test_are_told_by_message_on_the_page_and_on_the_account(self, nia: Person) -> None:
        for _ in range(alarms.SEVERAL):
            sign_in(Client(), nia.email, "wrong")
        client = Client()

        page = client.get(sign_in(client, nia.email).headers["Location"], follow=True).content.decode()

        told = "3 tries to sign in as you were refused before this one."
        assert told in page
        assert mail.outbox[-1].to == [nia.email]
        assert told in str(mail.outbox[-1].body)
        assert told in said(client)

    def test_are_not_told_where_they_were_one_or_two(self, nia: Person) -> None:
        for _ in range(alarms.SEVERAL - 1):
            sign_in(Client(), nia.email, "wrong")

        signed_in(nia)

        assert mail.outbox == []

    def test_are_counted_anew_from_each_sign_in_on(self, nia: Person) -> None:
        for _ in range(2):
            sign_in(Client(), nia.email, "wrong")
            sign_in(Client(), nia.email, "wrong")
            signed_in(nia)
            cache.clear()  # the library's own throttling

        assert [one.refused for one in nia.visits.order_by("began_at")] == [2, 2]

    def test_are_written_alike_for_no_account(self, nia: Person) -> None:
        written = []
        for email in (nia.email, "nobody@example.org"):
            cache.clear()  # what is counted by where a try comes from
            with CaptureQueriesContext(connection) as taken:
                sign_in(Client(), email, "wrong")
            written.append([one["sql"].split()[0] for one in taken if "site_throttle" in one["sql"]])

        assert written[0] == written[1]
        assert any("refused" in one["sql"] for one in taken)


class TestANewBrowser:
    def test_is_told_and_the_first_of_all_is_not(self, nia: Person) -> None:
        signed_in(nia)
        assert mail.outbox == []

        client = signed_in(nia, "Mozilla/5.0 (iPhone) Version/18.0 Mobile Safari/604.1")

        told = "You signed in with a browser that you had not used here before: Safari on iPhone."
        assert told in str(mail.outbox[-1].body)
        assert told in said(client)
        assert "http://testserver/account/" in str(mail.outbox[-1].body)


class TestAChangeOfFactors:
    def test_stands_on_the_account(self, client: Client, nia: Person) -> None:
        enter(client, nia)
        new = "another sentence altogether"

        client.post(
            "/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
        )

        assert "Your password was changed." in said(client)


class TestTelling:
    def test_stands_although_the_message_could_not_leave(
        self, nia: Person, settings: Any, caplog: pytest.LogCaptureFixture
    ) -> None:
        settings.EMAIL_BACKEND = "tests.site.lost_mail.Backend"
        signed_in(nia)

        with caplog.at_level(logging.ERROR, "tallystick.sign_in"):
            client = signed_in(nia)

        assert "could not leave: ConnectionRefusedError" in caplog.text
        assert "somebody@example.org" not in caplog.text
        assert "had not used here before" in said(client)

    def test_is_forgotten_after_three_months(self, nia: Person) -> None:
        alarms.note(nia, "long ago", now() - alarms.TOLD_FOR - dt.timedelta(hours=1))
        alarms.note(nia, "lately", now() - alarms.TOLD_FOR + dt.timedelta(hours=1))

        client = signed_in(nia)

        assert "long ago" not in said(client)
        assert [one.said for one in Happening.objects.all()] == ["lately"]
