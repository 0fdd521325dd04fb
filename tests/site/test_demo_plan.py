import datetime as dt
from typing import Any

import pytest

from tallystick.assessments.models import Comment, Document, Draft
from tallystick.assessments.optimiser.chosen import choose
from tallystick.assessments.planning import sources
from tallystick.assessments.planning.asking import exposed_of, hash_of, question_of
from tallystick.assessments.planning.drawn import drawn_of
from tallystick.assessments.planning.seen import stages
from tallystick.assessments.planning.terms import terms_of
from tallystick.journal.models import Entry
from tallystick.parties.models import Organisation
from tallystick.rulebook.rulebook import Rulebook
from tallystick.site import demo_people
from tallystick.site.demo_plan import BUDGET, make_plan
from tallystick.site.demo_risks import make_risks
from tests.cases.cast import landed

pytestmark = pytest.mark.django_db
AT = dt.datetime(2021, 9, 1, 9, 30, tzinfo=dt.UTC)
SINCE = dt.date(2020, 9, 1)


@pytest.fixture(autouse=True)
def _made(settings: Any, sec: Rulebook) -> None:
    settings.IS_DEMO = True
    demo_people.make_people(sec, AT, SINCE)
    party = Organisation.objects.get(name="Fellside Energy")
    for area in ("A", "B"):
        landed(party, measure=f"AREA-{area}", area=area.lower())
    make_risks("sec")


class TestMakePlan:
    def test_brings_two_documents_into_force_and_puts_a_plan_out_once(self, sec: Rulebook) -> None:
        make_plan("sec")
        before = Entry.objects.count()
        make_plan("sec")

        assert Entry.objects.count() == before
        rows = list(Document.objects.all())
        there = {one.kind: stages(rows)[one.pk] for one in rows}
        assert there == {"methodology": "in_force", "register": "in_force", "plan": "consulting"}
        assert [one.reply is not None for one in Comment.objects.filter(reply__isnull=False)] == [True]
        assert Comment.objects.count() == 2
        self._draws_what_the_optimiser_does(sec)

    def _draws_what_the_optimiser_does(self, sec: Rulebook) -> None:
        draft = Draft.objects.select_related("period").get(budget=BUDGET)
        drawn, risks = drawn_of(draft.result), [exposed_of(one) for one in draft.exposure]
        question = question_of(risks, sec, sources.year_of(draft.period), terms_of(draft.terms))
        chosen = choose(question)

        assert hash_of(question) == draft.asked
        assert drawn.whole == chosen.whole == 88
        assert drawn.left <= chosen.left
        assert drawn.left == question.left(drawn.options)
        assert drawn.spent == question.spent(drawn.options) <= BUDGET
