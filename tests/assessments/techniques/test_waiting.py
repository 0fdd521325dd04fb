"""What applications have waiting."""

import datetime as dt

from tallystick.assessments.techniques.waiting import waiting
from tests.assessments.cast import DAY, UNTIL, Cast, on

LATER = UNTIL + dt.timedelta(days=1)


class TestWaiting:
    def test_has_a_party_answer_its_part_by_the_clock(self, cast: Cast) -> None:
        row = cast.started()

        [one] = waiting(cast.ada)

        assert (one.verb, one.due) == ("Acknowledge", dt.date(2021, 10, 4))
        assert one.href == f"/sec/applications/{row}/parts/alfa"
        cast.answer(cast.part(row))
        assert waiting(cast.ada) == []
        assert len(waiting(cast.ben)) == 1

    def test_has_nobody_answer_what_asks_nothing_or_is_over(self, cast: Cast) -> None:
        cast.started("monitoring")
        cast.begun()
        cast.reported()
        cast.close(cast.reported())

        assert [one.words.partition(",")[0] for one in waiting(cast.ada)] == ["TEC-2021-3"]

    def test_has_the_analyst_start_what_is_planned_and_report_what_is_past(self, cast: Cast) -> None:
        cast.begun(from_on=DAY)
        cast.started()

        now, later = (waiting(on(cast.jo, day)) for day in (DAY, LATER))

        assert [one.verb for one in now] == ["Start"]
        assert [one.verb for one in later] == ["Start", "Report"]
        assert waiting(cast.aud) == waiting(cast.sam) == []
