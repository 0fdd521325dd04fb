import datetime as dt
from typing import Any

import pytest

from tallystick.cases.models import Gap
from tallystick.journal.models import Entry
from tallystick.rulebook.rulebook import Rulebook
from tallystick.site import demo_people
from tallystick.site.demo_gaps import make_gaps

pytestmark = pytest.mark.django_db
AT = dt.datetime(2021, 9, 1, 9, 30, tzinfo=dt.UTC)


class TestMakeGaps:
    def test_records_two_and_hands_one_on_to_its_modification(self, settings: Any, sec: Rulebook) -> None:
        settings.IS_DEMO = True
        demo_people.make_people(sec, AT, dt.date(2020, 9, 1))

        make_gaps("sec")
        before = Entry.objects.count()
        make_gaps("sec")

        assert Entry.objects.count() == before
        told = {one.clause: (one.state, one.modification) for one in Gap.objects.all()}
        assert told == {"G3": (Gap.HANDED_ON, "SECMP0063"), "Appendix AC": (Gap.OPEN, "")}
