import datetime as dt
from typing import Any

import pytest

from tallystick.decisions.models import Decision
from tallystick.parties.models import Organisation
from tallystick.rulebook.rulebook import Rulebook
from tallystick.site import demo_people, demo_story
from tallystick.site.demo_story import FELLSIDE, Story, august
from tests.cases.cast import landed, withdrawn

pytestmark = pytest.mark.django_db
AT = dt.datetime(2021, 9, 1, 9, 30, tzinfo=dt.UTC)
SINCE = dt.date(2020, 9, 1)


@pytest.fixture
def story(settings: Any, sec: Rulebook) -> Story:
    settings.IS_DEMO = True
    demo_people.make_people(sec, AT, SINCE)
    return Story("sec", "told")


class TestStory:
    def test_lets_each_act_on_the_day_of_the_story_with_a_second_factor(self, story: Story) -> None:
        told = story.told(story.jo, august(18, 11))

        assert (told["by"].day, told["by"].second_factor_at) == (dt.date(2021, 8, 18), august(18, 11))

    def test_lets_a_body_decide_about_a_party_or_about_nobody(self, story: Story) -> None:
        story.decided("PAB", "A plan", "So decided.", august(10), "REJECTED", FELLSIDE)
        story.decided("PANEL", "Forecasts", "So decided.", august(10))

        told = Decision.objects.order_by("pk").values_list("body__key", "verb", "party__name")
        assert [*told] == [("PAB", "REJECTED", FELLSIDE), ("PANEL", "AGREED", None)]


class TestFindingsOn:
    def test_gives_those_of_july_that_hold_and_have_no_case(self, story: Story) -> None:
        fellside = Organisation.objects.get(name=FELLSIDE)
        told = {"measure": "AREA-G", "obligation": "OBL-AREA-G", "area": "g"}
        taken_back = landed(fellside, **told)
        withdrawn(taken_back)
        landed(fellside, measure="AREA-B", obligation="OBL-AREA-B", area="b")
        demo_story.opened(
            story, demo_story.findings_on(["AREA-B"], FELLSIDE), "Hubs", "Of the wrong kind.", august(9)
        )

        assert demo_story.findings_on(["AREA-G", "AREA-B"], FELLSIDE) == []
