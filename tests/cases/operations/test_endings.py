"""What becomes of a remedy when its case ends."""

import datetime as dt

import pytest

from tallystick.cases.operations.closing import close_case, verify_case
from tallystick.cases.operations.endings import end_remedies
from tallystick.cases.operations.milestones import meet_milestone
from tallystick.cases.progress import stages_of
from tallystick.processes.wishes import UnableToMove
from tests.cases.cast import at, key, on
from tests.cases.promised import FILED_ON, Asked, asked, by_hand, computed

pytestmark = pytest.mark.django_db
LATER = dt.date(2021, 11, 10)


@pytest.fixture
def of_alfa() -> Asked:
    return asked()


def ended(made: Asked) -> list[str]:
    end_remedies(made.case, key(), by=on(made.sam, LATER), at=at(LATER))
    return [stage for _, stage in stages_of(made.case, LATER)]


class TestTheRemedyOfACaseThatEnds:
    def test_is_done_where_it_did_what_it_promised(self, of_alfa: Asked) -> None:
        remedy = of_alfa.accept(of_alfa.file(by_hand()))
        jo = on(of_alfa.jo, LATER)
        meet_milestone(
            milestone=remedy.milestones.get(), on=LATER, by_what="Log", key=key(), by=jo, at=at(LATER)
        )

        assert ended(of_alfa) == ["done"]

    def test_gives_way_where_it_did_not(self, of_alfa: Asked) -> None:
        of_alfa.accept(of_alfa.file())
        of_alfa.file(day=FILED_ON + dt.timedelta(days=1))

        assert ended(of_alfa) == ["superseded", "superseded"]

    def test_stays_as_it_ended_before(self, of_alfa: Asked) -> None:
        of_alfa.accept(of_alfa.file())

        assert ended(of_alfa) == ended(of_alfa)

    def test_ends_with_a_case_that_is_closed_on_its_months(self, of_alfa: Asked) -> None:
        remedy = of_alfa.accept(of_alfa.file())
        jo = on(of_alfa.jo, LATER)
        for period in ("2021-09", "2021-10", "2021-11"):
            computed(of_alfa.case.party, period, 98)
        for milestone in remedy.milestones.filter(number__lte=2):
            meet_milestone(milestone=milestone, on=LATER, by_what="Log", key=key(), by=jo, at=at(LATER))

        with pytest.raises(UnableToMove, match="every milestone is met"):
            verify_case(case=of_alfa.case, key=key(), by=jo, at=at(LATER))
        december = on(of_alfa.jo, dt.date(2021, 12, 20))
        verify_case(case=of_alfa.case, key=key(), by=december, at=at(december.day))
        close_case(case=of_alfa.case, effect="98% since", key=key(), by=december, at=at(december.day))

        assert [stage for _, stage in stages_of(of_alfa.case, december.day)] == ["done"]
