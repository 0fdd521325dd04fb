import datetime as dt

from tallystick.assessments.models import Document
from tallystick.assessments.planning.operations.clocks import pass_due
from tests.assessments.plan_cast import OVER, Cast, at, fresh, stands

AFTER = dt.date(2023, 4, 3)


class TestPassDue:
    def test_ends_a_consultation_on_the_day_after_its_last(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted(Document.METHODOLOGY)
        plans.put(row)
        last = OVER - dt.timedelta(days=1)

        told = [pass_due(at(day), day) for day in (last, OVER, OVER)]

        assert told == [0, 1, 0]
        assert stands(row, OVER) == "consulted"

    def test_ends_what_is_in_force_with_its_period(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.in_force()

        assert pass_due(at(AFTER), AFTER) == 1
        assert (stands(row, AFTER), fresh(row).publicity) == ("over", "closed")
        assert fresh(row).until_on == AFTER
