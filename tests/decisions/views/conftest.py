"""A day on which the chamber sits, and browsers of whoever sits in it."""

from typing import Any

import pytest
from django.test import Client

from tallystick.parties.acting import Acting
from tests.decisions.chamber import DAY
from tests.site.entering import enter


@pytest.fixture(autouse=True)
def _on_the_day(settings: Any, rules: object) -> None:
    """Let the site count its days and moments from the day on which the votes of these tests are open."""
    settings.DEMO_DAY = DAY.isoformat()


def browser(acting: Acting | None, *, minutes_ago: int = 0) -> Client:
    """Return a browser in which somebody showed a second factor so long ago; of nobody, the public's."""
    client = Client()
    if acting is not None and acting.person is not None:
        enter(client, acting.person, acting.role)
        session = client.session
        for record in session["account_authentication_methods"]:
            record["at"] -= minutes_ago * 60
        session.save()
    return client


def text(answer: Any, status: int = 200) -> str:
    page: str = answer.content.decode()
    assert answer.status_code == status, page[-3000:]
    return page
