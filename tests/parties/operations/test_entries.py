import datetime as dt
import json

import pytest
from django.db import transaction

from tallystick.journal.models import Entry
from tallystick.parties.acting import Acting
from tallystick.parties.models import Body, Membership, Organisation, Person, Role, Seat
from tallystick.parties.operations import entries
from tests.parties.conftest import AT, DAY

pytestmark = pytest.mark.django_db


class TestEnter:
    def test_leaves_out_what_was_none(self, administrator: Acting, alfa: Organisation) -> None:
        subject = entries.of_organisation(alfa)
        with transaction.atomic():
            entries.enter("try", subject, administrator, AT, "tried", name="ALFA", before=None)

        entry = Entry.objects.select_related("payload").get()
        assert entry.act == "parties.try"
        assert json.loads(entry.payload.text)["facts"] == {"name": "ALFA"}
        assert json.loads(entry.payload.text)["capacity"] == "System administrator"


class TestSubjects:
    def test_of_people_are_confidential_and_of_bodies_public(
        self, ada: Person, alfa: Organisation, opsg: Body
    ) -> None:
        role = Role.objects.create(person=ada, code="sec", role="analyst", from_on=DAY)
        seat = Seat.objects.create(body=opsg, name="Networks", from_on=DAY)
        term = Membership.objects.create(seat=seat, person=ada, from_on=DAY)

        subjects = {
            entries.of_person(ada): ("", "person", "amber"),
            entries.of_role(role): ("sec", "person", "amber"),
            entries.of_organisation(alfa): ("", "party", "white"),
            entries.of_body(opsg): ("sec", "body", "white"),
            entries.of_seat(seat): ("sec", "body", "white"),
            entries.of_membership(term): ("sec", "body", "white"),
        }

        assert {subject: subject[:2] + subject[3:] for subject in subjects} == subjects


class TestWritten:
    def test_is_as_people_write_it(self) -> None:
        assert entries.written(dt.date(2021, 4, 1)) == "1 April 2021"
