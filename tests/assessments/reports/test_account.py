import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from tallystick.assessments.reports.account import Account, accounts
from tallystick.assessments.reports.days import reach_of, years_of
from tallystick.assessments.techniques.outcomes import ACKNOWLEDGED
from tests.assessments.cast import AUDIT, DAY, GUIDANCE, UNTIL, Cast, on
from tests.risks import cast as of_risks
from tests.risks.test_seen import figure

YEAR = "2021-22"


@pytest.fixture
def cast(cast: Cast) -> Cast:
    of_risks.Cast(cast.of).opened(YEAR)
    return cast


def told(cast: Cast, quarter: int = 0, by: Any = None) -> dict[str, Account]:
    reach = reach_of(years_of([of_risks.latest()], None)[0], quarter)
    assert reach is not None
    return {one.rule.key: one for one in accounts(by or cast.jo, reach)}


class TestAccounts:
    def test_count_cost_where_it_was_planned_and_where_it_was_reported(self, cast: Cast) -> None:
        row = cast.started()
        cast.report(row, day=dt.date(2021, 10, 4))

        second, third, fourth = (told(cast, quarter)[GUIDANCE] for quarter in (2, 3, 0))

        assert [(one.planned, one.spent) for one in (second, third, fourth)] == [
            (Decimal(5000), Decimal(0)),
            (Decimal(0), Decimal(4200)),
            (Decimal(5000), Decimal(4200)),
        ]

    def test_leave_out_what_was_never_started(self, cast: Cast) -> None:
        cast.begun()

        assert told(cast) == {}

    def test_go_on_with_what_waits_for_its_result(self, cast: Cast) -> None:
        cast.started(until_on=dt.date(2021, 9, 30))

        later = on(cast.jo, dt.date(2022, 1, 10))
        [waiting] = told(cast, 4, by=later)[GUIDANCE].applied

        assert (waiting.stands, waiting.reported_on) == ("Under way", None)
        assert told(cast, 4) == {}

    def test_say_how_far_each_is(self, cast: Cast) -> None:
        cancelled, closed = cast.started(), cast.reported()
        cast.cancel(cancelled)
        cast.close(closed)
        cast.reported()

        assert [one.stands for one in told(cast)[GUIDANCE].applied] == ["Cancelled", "Closed", "Reported"]

    def test_count_the_parts_that_one_may_see(self, cast: Cast) -> None:
        row = cast.started()
        cast.conclude(cast.part(row), ACKNOWLEDGED)
        cast.answer(cast.part(row))

        whole, own = (told(cast, by=by)[GUIDANCE].applied[0] for by in (cast.jo, cast.ada))

        assert (len(whole.parts), whole.answered, whole.came_of) == (2, 1, {"Acknowledged": 1})
        assert (len(own.parts), own.answered) == (1, 1)

    def test_compare_the_months_before_and_after_it_began(self, cast: Cast) -> None:
        for month in range(1, 12):
            figure(
                None, f"2021-{month:02}", classification="white", numerator=900 + month % 3, denominator=1000
            )
        cast.started()

        [effect] = told(cast)[GUIDANCE].effects

        assert (effect.of.measure, effect.since) == ("AREA-B", DAY)
        assert (len(effect.before.months), len(effect.after.months)) == (8, 2)
        assert effect.words.startswith("Too few months") is (len(effect.verdict.points) < 12)

    def test_name_what_else_is_applied_to_the_same_risks(self, cast: Cast) -> None:
        cast.started(risks=("R-02", "R-04"))
        cast.started(AUDIT, risks=("R-04",), until_on=UNTIL)

        found = told(cast)

        assert found[GUIDANCE].beside == (found[AUDIT].rule.title,)
        assert found[AUDIT].beside == (found[GUIDANCE].rule.title,)
