import datetime as dt

import pytest

from tallystick.processes.holding import AHEAD, NOW, OVER, holding, may_hold, named, state_of
from tallystick.processes.models import Course
from tallystick.processes.queries import process_of, rows_of
from tests.processes.matters import Cast, cast
from tests.processes.way import BEGAN, day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
TOMORROW = BEGAN + dt.timedelta(days=1)


@pytest.fixture
def pab() -> Cast:
    return cast()


def told(pab: Cast, course: Course, on: dt.date) -> list[tuple[str, bool, bool]]:
    """Return the state of each hold of a course as the secretary is shown it, of what, and who lifts it."""
    course.refresh_from_db()
    shown = holding(pab.on("secretary", on), course, rows_of([course])[course.pk])
    return [(one.state, one.is_of_market, one.may_lift) for one in shown]


class TestHolding:
    def test_tells_of_holds_that_hold_or_will_and_of_none_that_is_over(self, pab: Cast) -> None:
        course = pab.begun()
        hold = pab.held(course=course, from_on=TOMORROW, until_on=day("2021-09-10"))

        found = [told(pab, course, on) for on in (BEGAN, TOMORROW, day("2021-09-10"))]

        assert found == [[(AHEAD, False, True)], [(NOW, False, True)], []]
        assert state_of(hold, day("2021-09-10")) == OVER

    def test_leaves_out_one_of_the_market_that_let_the_matter_go(self, pab: Cast) -> None:
        course, other = pab.begun(), pab.begun()
        hold = pab.held()
        pab.lifted(hold, TOMORROW, only=course)

        assert (told(pab, course, TOMORROW), told(pab, other, TOMORROW)) == ([], [(NOW, True, True)])

    def test_names_who_lifts_it(self, pab: Cast) -> None:
        before, nowhere = pab.begun(), pab.begun(body=None)
        rule = process_of(before)

        words = [named([rule], one) for one in (before, nowhere, None)]

        assert words == [
            "the chair of the The PAB or the secretary",
            "the secretary",
            "the chair or the secretary",
        ]
        assert [may_hold(pab.on("chair"), one) for one in (before, nowhere)] == [True, False]
        assert not may_hold(pab.on("analyst"), before)
