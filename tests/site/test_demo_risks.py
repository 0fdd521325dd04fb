import datetime as dt
from typing import Any

import pytest

from tallystick.journal.models import Entry
from tallystick.parties.models import Organisation
from tallystick.risks.models import Answer, OperatingPeriod, Score
from tallystick.rulebook.rulebook import Rulebook
from tallystick.site import demo_people
from tallystick.site.demo_risks import PROPOSED, make_risks
from tests.cases.cast import landed

pytestmark = pytest.mark.django_db
AT = dt.datetime(2021, 9, 1, 9, 30, tzinfo=dt.UTC)
SINCE = dt.date(2020, 9, 1)


@pytest.fixture(autouse=True)
def _made(settings: Any, sec: Rulebook) -> None:
    settings.IS_DEMO = True
    demo_people.make_people(sec, AT, SINCE)


class TestMakeRisks:
    def test_scores_every_risk_and_answers_two_proposals_once(self) -> None:
        party = Organisation.objects.get(name="Fellside Energy")
        for area in ("A", "B"):
            landed(party, measure=f"AREA-{area}", area=area.lower())

        make_risks("sec")
        before = Entry.objects.count()
        make_risks("sec")

        assert Entry.objects.count() == before
        assert OperatingPeriod.objects.get().name == "2022-23"
        net = {one.risk.reference: int(one.net) for one in Score.objects.select_related("risk")}
        assert net == {
            "R-01": 15,
            "R-02": 16,
            "R-03": 12,
            "R-04": 10,
            "R-05": 12,
            "R-06": 5,
            "R-07": 8,
            "R-08": 10,
        }
        answers = {
            one.proposal.risk.reference: one.is_accepted
            for one in Answer.objects.select_related("proposal__risk")
        }
        assert answers == {risk: is_accepted for risk, (is_accepted, _) in PROPOSED.items()}
        assert set(answers.values()) == {True, False}
