"""Milestones are verified, missed, and warned of."""

import datetime as dt

import pytest

from tallystick.cases.facts import facts_of
from tallystick.cases.models import Milestone, MilestoneMet, Remedy
from tallystick.cases.operations.milestones import UnableToMeetMilestone, meet_milestone, recover, warn
from tallystick.cases.progress import stages_of
from tallystick.journal.models import Entry
from tallystick.parties.acting import Acting
from tallystick.processes.guards import PREDICATES
from tallystick.processes.operations.courses import pass_clock
from tallystick.processes.queries import open_clocks
from tallystick.processes.wishes import UnableToMove
from tests.cases.cast import at, key, on
from tests.cases.promised import FILED_ON, Asked, asked, by_hand, computed, plan, planned

pytestmark = pytest.mark.django_db
OCTOBER = dt.date(2021, 10, 20)
JANUARY = dt.date(2022, 1, 20)


@pytest.fixture
def of_alfa() -> Asked:
    return asked()


@pytest.fixture
def remedy(of_alfa: Asked) -> Remedy:
    """Two works by the end of October and of November, and three months running by the end of the year."""
    return of_alfa.accept(of_alfa.file())


def milestone(remedy: Remedy, number: int) -> Milestone:
    return remedy.milestones.get(number=number)


def meet(
    made: Asked,
    one: Milestone,
    day: dt.date = OCTOBER,
    *,
    by: Acting | None = None,
    form: str = "",
    by_what: str = "Feed log",
) -> MilestoneMet:
    return meet_milestone(
        milestone=one,
        on=day,
        by_what=by_what,
        key=form or key(),
        by=on(by or made.jo, day),
        at=at(day),
    )


def stage(remedy: Remedy, day: dt.date = JANUARY) -> str:
    return next(stands for one, stands in stages_of(remedy.case, day) if one == remedy)


def next_due(remedy: Remedy, day: dt.date = OCTOBER) -> list[dt.date | None]:
    return [one.due_on for one in open_clocks([remedy.course], day)]


def let_time_pass(remedy: Remedy, day: dt.date) -> None:
    pass_clock(remedy.course, "milestone", facts_of(remedy.case, day), PREDICATES, on=day, at=at(day))


class TestMeeting:
    def test_lets_the_clock_run_to_the_next(self, of_alfa: Asked, remedy: Remedy) -> None:
        met = meet(of_alfa, milestone(remedy, 1))

        assert (met.on, met.by_what, met.verified_by) == (OCTOBER, "Feed log", of_alfa.jo.person)
        assert next_due(remedy) == [dt.date(2021, 11, 30)]
        assert stage(remedy) == "accepted"

    def test_stops_the_clock_with_the_last(self, of_alfa: Asked) -> None:
        remedy = of_alfa.accept(of_alfa.file(by_hand()))

        meet(of_alfa, milestone(remedy, 1))

        assert next_due(remedy) == []
        assert facts_of(of_alfa.case, OCTOBER)["criterion_met"] is True

    def test_happens_once_however_often_the_form_is_sent(self, of_alfa: Asked, remedy: Remedy) -> None:
        form = key()

        first = meet(of_alfa, milestone(remedy, 1), form=form)
        again = meet(of_alfa, milestone(remedy, 1), form=form)

        assert first == again
        assert Entry.objects.filter(act="cases.meet_milestone").count() == 1
        with pytest.raises(UnableToMeetMilestone, match="was met on 2021-10-20"):
            meet(of_alfa, milestone(remedy, 1))

    def test_is_for_the_analyst(self, of_alfa: Asked, remedy: Remedy) -> None:
        with pytest.raises(UnableToMove, match="not for this role"):
            meet(of_alfa, milestone(remedy, 1), by=of_alfa.ada)

    def test_says_on_which_day_and_by_what(self, of_alfa: Asked, remedy: Remedy) -> None:
        with pytest.raises(UnableToMeetMilestone, match="what proves it"):
            meet(of_alfa, milestone(remedy, 1), by_what=" ")
        jo = on(of_alfa.jo, OCTOBER)
        for day in (None, OCTOBER + dt.timedelta(days=1)):
            with pytest.raises(UnableToMeetMilestone, match="a day that has been"):
                meet_milestone(
                    milestone=milestone(remedy, 1), on=day, by_what="Log", key=key(), by=jo, at=at(OCTOBER)
                )

    def test_is_of_the_version_that_is_carried_out(self, of_alfa: Asked) -> None:
        waiting = of_alfa.file()

        with pytest.raises(UnableToMeetMilestone, match="Version 1 is not being carried out"):
            meet(of_alfa, milestone(waiting, 1))

    def test_holds_in_the_versions_that_follow(self, of_alfa: Asked, remedy: Remedy) -> None:
        meet(of_alfa, milestone(remedy, 1))
        milestones = (
            planned("Daily coverage file", dt.date(2021, 10, 29), thread=1),
            planned("Both variants on every van", dt.date(2021, 12, 10), thread=2),
        )

        second = of_alfa.file(plan(milestones=milestones), day=OCTOBER)
        of_alfa.accept(second, day=OCTOBER)

        assert facts_of(of_alfa.case, OCTOBER)["milestones_open"] == 1
        assert next_due(second) == [dt.date(2021, 12, 10)]
        with pytest.raises(UnableToMeetMilestone, match="was met"):
            meet(of_alfa, milestone(second, 1))

    def test_of_what_the_measure_proves_waits_for_its_months(self, of_alfa: Asked, remedy: Remedy) -> None:
        with pytest.raises(UnableToMeetMilestone, match="AREA-B does not show it yet"):
            meet(of_alfa, milestone(remedy, 3))
        for period in ("2021-09", "2021-10", "2021-11"):
            computed(of_alfa.case.party, period, 98)

        met = meet(of_alfa, milestone(remedy, 3), JANUARY, by_what="")

        assert met.on == dt.date(2021, 11, 30)
        assert met.by_what == "AREA-B, 2021-09: 98 of 100, 2021-10: 98 of 100, 2021-11: 98 of 100"


class TestMissing:
    def test_comes_with_the_day_after(self, of_alfa: Asked, remedy: Remedy) -> None:
        let_time_pass(remedy, dt.date(2021, 10, 30))

        facts = facts_of(of_alfa.case, dt.date(2021, 10, 30))
        assert stage(remedy) == "missed"
        assert facts["milestones_missed"] == 1

    def test_ends_once_it_is_met_late(self, of_alfa: Asked, remedy: Remedy) -> None:
        late = dt.date(2021, 11, 8)
        let_time_pass(remedy, late)

        meet(of_alfa, milestone(remedy, 1), late)

        assert stage(remedy) == "accepted"
        assert next_due(remedy, late) == [dt.date(2021, 11, 30)]

    def test_lasts_while_another_is_past_its_day(self, of_alfa: Asked, remedy: Remedy) -> None:
        december = dt.date(2021, 12, 6)
        let_time_pass(remedy, december)

        meet(of_alfa, milestone(remedy, 1), december)

        assert stage(remedy) == "missed"

    def test_waits_for_months_that_nobody_has_computed(self, of_alfa: Asked, remedy: Remedy) -> None:
        for number in (1, 2):
            meet(of_alfa, milestone(remedy, number))

        with pytest.raises(UnableToMove, match="a milestone is past its day"):
            let_time_pass(remedy, JANUARY)
        computed(of_alfa.case.party, "2021-10", 90)
        let_time_pass(remedy, JANUARY)

        assert stage(remedy) == "missed"


class TestARisk:
    def test_is_seen_by_the_party_itself_and_gone_by_the_office(self, of_alfa: Asked, remedy: Remedy) -> None:
        ada, jo = on(of_alfa.ada, OCTOBER), on(of_alfa.jo, OCTOBER)
        form = key()

        for _ in range(2):
            warn(remedy=remedy, why="No hubs delivered", key=form, by=ada, at=at(OCTOBER))
        seen = stage(remedy)
        recover(remedy=remedy, why="Hubs came", key=key(), by=jo, at=at(OCTOBER))

        assert (seen, stage(remedy)) == ("at_risk", "accepted")
        assert Entry.objects.filter(act="cases.warn_of_remedy").count() == 1
        assert next_due(remedy) == [dt.date(2021, 10, 29)]

    def test_is_of_what_is_carried_out(self, of_alfa: Asked) -> None:
        waiting = of_alfa.file()

        with pytest.raises(UnableToMove):
            warn(remedy=waiting, why="Because", key=key(), by=of_alfa.ada, at=at(FILED_ON))
