import datetime as dt
from typing import Any

import pytest

from tallystick.assessments.models import Application, Correction, Part, Sample
from tallystick.journal.models import Entry
from tallystick.rulebook.rulebook import Rulebook
from tallystick.site import demo_people
from tallystick.site.demo_applications import make_applications

pytestmark = pytest.mark.django_db
AT = dt.datetime(2021, 9, 1, 9, 30, tzinfo=dt.UTC)
SINCE = dt.date(2020, 9, 1)


@pytest.fixture(autouse=True)
def _made(settings: Any, sec: Rulebook) -> None:
    settings.IS_DEMO = True
    demo_people.make_people(sec, AT, SINCE)


class TestMakeApplications:
    def test_applies_guidance_a_check_an_entry_test_and_an_audit_once(self) -> None:
        make_applications("sec")
        before = Entry.objects.count()
        make_applications("sec")

        assert Entry.objects.count() == before
        assert [one.technique for one in Application.objects.order_by("pk")] == [
            "coverage_guidance",
            "inventory_check",
            "entry_testing",
            "certificate_audit",
        ]
        outcomes = Part.objects.order_by("application_id", "party__name").values_list(
            "party__name", "outcome"
        )
        assert ("Fellside Energy", "") in outcomes
        assert ("Alderbrook Energy", "acknowledged") in outcomes
        assert ("Alderbrook Energy", "does_not_conform") in outcomes
        assert Correction.objects.get().outcome == "conforms"
        assert sum(Sample.objects.get().taken.values()) == 56
