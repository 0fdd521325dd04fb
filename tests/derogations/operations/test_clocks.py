import datetime as dt

import pytest

from tallystick.derogations.models import Forbearance
from tallystick.derogations.operations.clocks import pass_due
from tests.cases.promised import asked as a_case
from tests.derogations.cast import REVIEW, UNTIL, Cast, acts, at, fresh, stands
from tests.derogations.worked import close, finish, granted_until_done

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
DONE = dt.date(2021, 11, 10)


class TestPassDue:
    def test_lets_one_expire_on_the_day_after_its_last_and_once(self, cast: Cast) -> None:
        row = cast.granted()

        told = [pass_due(at(day), day) for day in (UNTIL, UNTIL + DAY, UNTIL + DAY)]

        row = fresh(row)
        assert told == [0, 1, 0]
        assert (stands(row, UNTIL + DAY), row.last_on, row.publicity) == ("expired", UNTIL, "issued")
        assert acts()[-1] == "pass_clock_of_derogation"

    def test_sees_the_last_day_itself_where_it_comes_late(self, cast: Cast) -> None:
        row = cast.granted()

        pass_due(at(UNTIL + 9 * DAY), UNTIL + 9 * DAY)

        assert fresh(row).last_on == UNTIL

    def test_reminds_of_an_assessment_without_moving_it(self, cast: Cast) -> None:
        row = cast.submitted()
        late = dt.date(2021, 9, 21)

        assert [pass_due(at(late), late), pass_due(at(late), late)] == [1, 0]
        assert stands(row, late) == "submitted"

    def test_takes_forbearance_back_to_its_body_on_the_day_after_its_review(self, cast: Cast) -> None:
        row = cast.forborne()

        told = [pass_due(at(day), day) for day in (REVIEW, REVIEW + DAY)]

        assert told == [0, 1]
        assert stands(row, REVIEW + DAY) == "under_review"
        assert Forbearance.objects.get(pk=row.pk).ended_on is None
        assert acts()[-1] == "pass_clock_of_forbearance"


class TestEndWithWork:
    def test_ends_one_on_the_day_its_work_was_done(self) -> None:
        made = a_case()
        row = granted_until_done(made)
        before = pass_due(at(DONE), DONE)
        finish(made, DONE)

        told = [pass_due(at(day), day) for day in (DONE, DONE + DAY, DONE + DAY)]

        row = fresh(row)
        assert (before, told) == (0, [0, 1, 0])
        assert (stands(row, DONE + DAY), row.last_on) == ("expired", DONE)
        assert acts()[-1] == "end_with_work"

    def test_ends_one_whose_case_is_closed(self) -> None:
        made = a_case()
        row = granted_until_done(made)
        close(made, DONE)

        assert pass_due(at(DONE + DAY), DONE + DAY) == 1
        assert fresh(row).last_on == DONE

    def test_leaves_one_that_waits_for_no_work(self) -> None:
        made = a_case()
        row = granted_until_done(made, waits=False)
        finish(made, DONE)
        close(made, DONE)

        assert pass_due(at(DONE + DAY), DONE + DAY) == 0
        assert stands(row, DONE + DAY) == "active"
