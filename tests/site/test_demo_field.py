import datetime as dt
from typing import Any

import pytest

from tallystick.assessments.models import Exercise, Part, Questionnaire, Response, SecurityStatus, Turn
from tallystick.journal.models import Entry
from tallystick.parties.models import Role
from tallystick.rulebook.rulebook import Rulebook
from tallystick.site import demo_people
from tallystick.site.demo_field import make_field

pytestmark = pytest.mark.django_db
AT = dt.datetime(2021, 9, 1, 9, 30, tzinfo=dt.UTC)
SINCE = dt.date(2020, 9, 1)


@pytest.fixture(autouse=True)
def _made(settings: Any, sec: Rulebook) -> None:
    settings.IS_DEMO = True
    demo_people.make_people(sec, AT, SINCE)


class TestMakeField:
    def test_asks_plays_and_assures_once(self) -> None:
        make_field("sec")
        before = Entry.objects.count()
        make_field("sec")

        assert Entry.objects.count() == before
        asked = Part.objects.filter(application=Questionnaire.objects.get().application_id)
        assert 0 < Response.objects.count() < asked.count()
        assert Exercise.objects.get().debriefed_at is None
        assert Turn.objects.filter(volunteered=True).exists()
        assert {one.status for one in SecurityStatus.objects.all()} == {"approved", "approved_with_steps"}
        assert Role.objects.get(role=Role.SECRETARY, body__key="SSC").person.name == "Una Thorne"
