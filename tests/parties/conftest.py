import datetime as dt
import json

import pytest

from tallystick.journal.models import Payload
from tallystick.parties.acting import Acting
from tallystick.parties.models import Body, Organisation, Person, Role

DAY = dt.date(2021, 9, 1)
AT = dt.datetime(2021, 9, 1, 9, 30, tzinfo=dt.UTC)


def said() -> list[str]:
    """Return what the journal says was done, first to last."""
    return [
        json.loads(text)["said"]
        for text in Payload.objects.order_by("entry__seq").values_list("text", flat=True)
    ]


@pytest.fixture
def administrator(db: None) -> Acting:
    person = Person.objects.create(email="iris@example.org", name="Iris Vale")
    role = Role.objects.create(
        person=person, code="sec", role=Role.ADMINISTRATOR, from_on=dt.date(2021, 1, 1)
    )
    return Acting("sec", DAY, person, role, AT)


@pytest.fixture
def ada(db: None) -> Person:
    return Person.objects.create(email="ada@example.org", name="Ada Quill")


@pytest.fixture
def alfa(db: None) -> Organisation:
    return Organisation.objects.create(slug="alfa", name="ALFA")


@pytest.fixture
def opsg(db: None) -> Body:
    return Body.objects.create(code="sec", key="OPSG", name="Operations Group", from_on=dt.date(2021, 1, 1))
