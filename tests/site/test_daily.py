"""What the worker does once a day for rooms that it does not know."""

import datetime as dt

import pytest
from pytest_django import Settings

from tallystick.processes.operations.holds import Placed, place_hold
from tallystick.processes.queries import standing_of
from tallystick.site import daily
from tests.assessments import plan_cast as of_plans
from tests.assessments.field_cast import made_field
from tests.cases.cast import NOTICED, REPLY_DUE, at, made_cast, on
from tests.challenges.cast import QUERY_DUE, made_chamber, stage
from tests.derogations import cast as of_derogations
from tests.derogations.cast import UNTIL

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 22, 0, 30, tzinfo=dt.UTC)


class TestClocks:
    def test_pass_once_by_the_day_of_the_house(self, settings: Settings) -> None:
        cast = made_cast()
        case = cast.told(cast.opened())
        over = REPLY_DUE + dt.timedelta(days=1)

        told = []
        for day in (REPLY_DUE, over, over):
            settings.DEMO_DAY = day.isoformat()
            told.append([chore(NOW) for chore in daily.CHORES])

        nothing = [0] * len(daily.CHORES)
        assert told == [nothing, [0, 1, *nothing[2:]], nothing]
        assert standing_of(case.course, over).at["case"] == "reply"

    def test_of_challenges_pass_as_well(self, settings: Settings) -> None:
        cast = made_chamber(made_cast())
        row = cast.served()
        settings.DEMO_DAY = (QUERY_DUE + dt.timedelta(days=1)).isoformat()

        passed = daily.let_challenges_pass(NOW)

        assert (passed, stage(row)) == (1, "stands")

    def test_end_derogations_on_the_day_after_their_last(self, settings: Settings) -> None:
        row = of_derogations.made_cast().granted()
        over = UNTIL + dt.timedelta(days=1)

        told = []
        for day in (UNTIL, over, over):
            settings.DEMO_DAY = day.isoformat()
            told.append(daily.let_derogations_end(NOW))

        assert told == [0, 1, 0]
        assert standing_of(row.course, over).at["derogation"] == "expired"

    def test_end_consultations_on_the_day_after_their_last(self, settings: Settings) -> None:
        cast = of_plans.made_cast()
        cast.scored_year()
        row = cast.drafted("methodology")
        cast.put(row)

        told = []
        for day in (of_plans.OVER - dt.timedelta(days=1), of_plans.OVER, of_plans.OVER):
            settings.DEMO_DAY = day.isoformat()
            told.append(daily.let_consultations_end(NOW))

        assert told == [0, 1, 0]
        assert of_plans.stands(row, of_plans.OVER) == "consulted"


class TestHolds:
    def test_that_begin_and_end_by_themselves_are_written_down(self, settings: Settings) -> None:
        cast = made_cast()
        case = cast.told(cast.opened())
        begins, ends = NOTICED + dt.timedelta(days=2), NOTICED + dt.timedelta(days=6)
        placed = Placed("The market stands still", "one", begins, ends, processes=("case",))
        place_hold(placed=placed, by=on(cast.sam, NOTICED), at=at(NOTICED))

        told = []
        for day in (NOTICED, begins, begins, ends):
            settings.DEMO_DAY = day.isoformat()
            told.append((daily.CHORES[0](NOW), case.course.spells.filter(until_on=None).count()))

        assert told == [(0, 0), (1, 1), (0, 1), (1, 0)]


class TestReminders:
    def test_come_on_the_day_of_the_clock(self, settings: Settings) -> None:
        field = made_field()
        field.issued()
        settings.DEMO_DAY = "2021-09-27"

        assert daily.let_questionnaires_remind(NOW) == 2
