import re

import pytest
from django.core import mail
from django.test import Client

from tallystick.parties.models import Person
from tallystick.site import recovery_codes
from tests.site import people
from tests.site.entering import enrol, enter

pytestmark = pytest.mark.django_db
CODE = re.compile(r"<code>(\d{4} \d{4} \d{4})</code>")


@pytest.fixture
def nia(client: Client) -> Person:
    nia = people.person("Nia Fell")
    enter(client, nia)
    return nia


class TestNewRecoveryCodes:
    def test_are_shown_in_the_answer_alone_and_work(self, client: Client, nia: Person) -> None:
        enrol(nia)

        made = client.post("/account/2fa/recovery-codes/generate/")
        later = client.get("/account/2fa/recovery-codes/").content.decode()

        codes = CODE.findall(made.content.decode())
        assert len(codes) == 10
        assert "no-store" in made.headers["Cache-Control"]
        assert CODE.findall(later) == []
        assert "10 of 10 are left" in later
        assert recovery_codes.use(nia, codes[3]) is not None

    def test_are_told_to_their_owner_by_mail_without_them(self, client: Client, nia: Person) -> None:
        enrol(nia)

        page = client.post("/account/2fa/recovery-codes/generate/").content.decode()

        body = str(mail.outbox[-1].body)
        assert mail.outbox[-1].to == [nia.email]
        assert [code for code in CODE.findall(page) if code in body] == []

    def test_are_for_who_has_a_factor(self, client: Client, nia: Person) -> None:
        answer = client.post("/account/2fa/recovery-codes/generate/")

        assert answer.headers["Location"] == "/account/2fa/"
        assert recovery_codes.left(nia) == 0

    def test_say_what_becomes_of_those_before(self, client: Client, nia: Person) -> None:
        enrol(nia)
        recovery_codes.make(nia)

        page = client.get("/account/2fa/recovery-codes/generate/").content.decode()

        assert "The 10 that are left will no longer be taken" in page

    def test_are_not_there_for_who_has_not_signed_in(self) -> None:
        for address in ("/account/2fa/recovery-codes/", "/account/2fa/recovery-codes/generate/"):
            assert Client().get(address).headers["Location"].startswith("/account/login/")
