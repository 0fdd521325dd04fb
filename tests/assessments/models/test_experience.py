import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tallystick.assessments.models import EffectAnswer
from tallystick.decisions.keeping import UnableToChangeARecord
from tests.assessments.plan_cast import Cast
from tests.assessments.planning.found import applied
from tests.assessments.planning.operations.test_effects import answering

pytestmark = pytest.mark.django_db


class TestEffectAnswer:
    def test_is_kept_as_it_was_written(self, plans: Cast) -> None:
        plans.scored_year()
        applied(plans)
        made = answering(plans)

        made.is_accepted = False
        with pytest.raises(UnableToChangeARecord):
            made.save(update_fields=["is_accepted"])
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE assessments_effectanswer SET proposed = 1")
        assert str(made) == "coverage_guidance on R-02"

    def test_says_why(self, plans: Cast) -> None:
        period = plans.scored_year()

        with pytest.raises(IntegrityError), transaction.atomic():
            EffectAnswer(
                code="sec",
                classification="green",
                period=period,
                technique="charges",
                risk="R-02",
                number=1,
                proposed=0,
                stated={},
                found={},
                is_accepted=True,
                by=plans.jo.person,
                at=period.opened_at,
                key="x",
            ).save()
