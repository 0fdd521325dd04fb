import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from tallystick.derogations.models import Derogation, Forbearance
from tallystick.derogations.queries import in_force
from tallystick.journal.models import Entry
from tallystick.processes.queries import standing_of
from tallystick.rulebook.rulebook import Rulebook
from tallystick.site import demo_people
from tallystick.site.demo_leave import make_leave

pytestmark = pytest.mark.django_db
AT = dt.datetime(2021, 9, 1, 9, 30, tzinfo=dt.UTC)
SINCE, TODAY = dt.date(2020, 9, 1), dt.date(2021, 8, 20)


@pytest.fixture(autouse=True)
def _made(settings: Any, sec: Rulebook) -> None:
    settings.IS_DEMO = True
    demo_people.make_people(sec, AT, SINCE)


class TestMakeLeave:
    def test_plants_leave_in_force_one_refused_and_forbearance_once(self) -> None:
        refused = make_leave("sec")
        before = Entry.objects.count()

        assert make_leave("sec") is None
        assert Entry.objects.count() == before
        assert refused is not None
        assert refused.verb == "REJECTED"
        stages = {
            one.party.name: standing_of(one.course, TODAY).at["derogation"]
            for one in Derogation.objects.select_related("party", "course")
        }
        assert stages == {"Fellside Energy": "active", "Alderbrook Energy": "refused"}
        [granted] = in_force("sec", TODAY)
        assert (granted.level, granted.last_on) == (Decimal(80), dt.date(2021, 12, 31))
        forborne = Forbearance.objects.get()
        assert (forborne.since_on, forborne.review_on) == (dt.date(2021, 1, 15), dt.date(2021, 10, 15))
