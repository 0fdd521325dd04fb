from typing import Any

import pytest
from django.core import mail
from django.test import RequestFactory

from tallystick.site import invitation_mail
from tests.site import people

pytestmark = pytest.mark.django_db


class TestAddress:
    def test_stands_under_the_site(self) -> None:
        ada = people.person("Ada Quill")

        address = invitation_mail.address(ada, "abc-def", "https://tally.example.org/")

        assert address == f"https://tally.example.org/account/welcome/{ada.handle}/abc-def/"


class TestSend:
    def test_writes_to_the_person_with_nothing_escaped(self) -> None:
        ada = people.person("Ada O'Quill & Co")

        invitation_mail.send(RequestFactory().get("/"), ada, "abc-def")

        message = mail.outbox[0]
        assert message.to == [ada.email]
        assert "Dear Ada O'Quill & Co," in message.body
        assert f"http://testserver/account/welcome/{ada.handle}/abc-def/" in message.body
        assert "within 3 days" in message.body

    def test_says_when_the_message_did_not_leave(self, settings: Any) -> None:
        settings.EMAIL_BACKEND = "tests.site.lost_mail.Backend"
        ada = people.person("Ada Quill")

        with pytest.raises(invitation_mail.UnableToSend, match="did not take it"):
            invitation_mail.send(RequestFactory().get("/"), ada, "abc-def")
