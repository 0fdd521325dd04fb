"""A motion that is put about a matter belongs to it, and is told with it in one entry."""

import datetime as dt
import json

import pytest
from django.db import DatabaseError, connection, transaction

from tallystick.decisions.models import Motion
from tallystick.decisions.operations.motions import UnableToPutMotion, put_motion
from tallystick.journal.models import Entry, Payload
from tallystick.processes.models import PutAbout
from tallystick.processes.operations.putting import put_about
from tests.processes.matters import Cast, asked, cast, noon
from tests.processes.way import BEGAN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
AT = noon(BEGAN)


@pytest.fixture
def pab() -> Cast:
    return cast()


class TestAMotion:
    def test_is_put_about_a_matter_by_one_entry(self, pab: Cast) -> None:
        course, before = pab.begun(), Entry.objects.count()

        made = put_about(course, asked(pab, about="DOC-2021-7K3F"), pab.on("chair"), AT)

        assert PutAbout.objects.get(motion=made).course == course
        assert Entry.objects.count() == before + 1
        told = json.loads(Payload.objects.latest("entry__seq").text)["facts"]
        assert (told["motion"], told["about"]) == (made.reference, "DOC-2021-7K3F")

    def test_is_put_once_by_a_form(self, pab: Cast) -> None:
        course, put, by = pab.begun(), asked(pab), pab.on("chair")

        first, again = (put_about(course, put, by, AT + dt.timedelta(minutes=n)) for n in (0, 1))

        assert first == again
        assert PutAbout.objects.count() == 1

    def test_that_was_put_about_another_or_about_none_is_refused(self, pab: Cast) -> None:
        course, by, later = pab.begun(), pab.on("chair"), AT + dt.timedelta(minutes=1)
        of_none, of_another = asked(pab), asked(pab)
        put_motion(put=of_none, by=by, at=AT)
        put_about(pab.begun(), of_another, by, AT)

        for put in (of_none, of_another):
            with pytest.raises(UnableToPutMotion, match="Open the page again"):
                put_about(course, put, by, later)
        assert not PutAbout.objects.filter(course=course).exists()
        assert Motion.objects.count() == 2

    def test_stays_with_its_matter(self, pab: Cast) -> None:
        course, other = pab.begun(), pab.begun()
        put_about(course, asked(pab), pab.on("chair"), AT)
        change = "UPDATE processes_putabout SET course_id = %s"

        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change, [other.pk])
