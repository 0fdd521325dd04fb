import datetime as dt
from typing import Any

import pytest

from tallystick.cases.models import Case
from tallystick.cases.suspensions import suspended_by
from tallystick.challenges.matter import Matter
from tallystick.challenges.models import Challenge, Dispute
from tallystick.decisions.models import Motion, StoodAside
from tallystick.journal.models import Entry
from tallystick.parties.models import Organisation
from tallystick.rulebook.rulebook import Rulebook
from tallystick.site import demo_people, demo_votes
from tallystick.site.demo_challenges import make_challenges
from tallystick.site.demo_leave import make_leave
from tests.cases.cast import landed

pytestmark = pytest.mark.django_db
AT = dt.datetime(2021, 9, 1, 9, 30, tzinfo=dt.UTC)
SINCE, TODAY = dt.date(2020, 9, 1), dt.date(2021, 8, 20)


@pytest.fixture(autouse=True)
def _made(settings: Any, sec: Rulebook) -> None:
    settings.IS_DEMO = True
    demo_people.make_people(sec, AT, SINCE)
    demo_votes.make_votes("sec", SINCE, AT)


class TestMakeChallenges:
    def test_plants_an_appeal_a_query_answered_and_a_dispute_once(self) -> None:
        fellside = Organisation.objects.get(name="Fellside Energy")
        landed(fellside, measure="AREA-B", obligation="OBL-AREA-B", area="b")
        refused = make_leave("sec")

        make_challenges("sec", refused)
        before = Entry.objects.count()
        make_challenges("sec", None)

        assert Entry.objects.count() == before
        stages = {one.party.name: Matter(one).stage(TODAY) for one in Challenge.objects.order_by("pk")}
        assert stages == {"Fellside Energy": "appealed", "Alderbrook Energy": "answered"}
        assert Matter(Dispute.objects.get()).stage(TODAY) == "raised"

    def test_bars_whoever_sat_on_the_board_and_suspends_what_it_decided(self) -> None:
        make_challenges("sec", None)

        vote, case = Motion.objects.get(body__key="PANEL"), Case.objects.get(title__startswith="Access left")
        aside = StoodAside.objects.get(motion=vote)
        assert (vote.state, vote.seats.count()) == (Motion.OPEN, 12)
        assert (aside.person.name, "took part in" in aside.words) == ("Otto Sharp", True)
        assert suspended_by(case) == Challenge.objects.get().reference
        assert not Dispute.objects.exists()
