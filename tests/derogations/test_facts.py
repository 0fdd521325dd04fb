import datetime as dt

import pytest

from tallystick.derogations.facts import (
    body_of,
    came_before,
    decisions_of,
    facts_of,
    facts_of_forbearance,
)
from tallystick.derogations.operations.clocks import pass_due
from tallystick.processes.decided import undone
from tallystick.processes.queries import process_of, standing_of
from tests.derogations.cast import ASKED, REVIEW, UNTIL, Cast, at, fresh

pytestmark = pytest.mark.django_db


class TestFacts:
    def test_take_the_day_that_is_stated_then_the_running_one_then_the_one_asked_for(
        self, cast: Cast
    ) -> None:
        asked, granted = cast.assessed(), cast.granted(until=dt.date(2021, 12, 31))
        stated = dt.date(2022, 1, 31)

        def ends(row: object, end_on: dt.date | None = None) -> object:
            return facts_of(row, ASKED, standing_of(row.course, ASKED), end_on)["end_on"]  # type: ignore[attr-defined, arg-type]

        assert (ends(asked), ends(granted), ends(granted, stated)) == (UNTIL, dt.date(2021, 12, 31), stated)

    def test_of_forbearance_know_the_day_of_its_review(self, cast: Cast) -> None:
        row = cast.forborne()

        assert facts_of_forbearance(row, ASKED, standing_of(row.course, ASKED))["review_on"] == REVIEW


class TestDecisions:
    def test_are_told_apart_by_what_they_let(self, cast: Cast) -> None:
        row = cast.assessed()
        standing, since = standing_of(row.course, ASKED), came_before(row.course)
        before = decisions_of(row.course, standing, since)
        reference = cast.decided(verb="REJECTED")

        assert before == {"decided_by": None, "rejected_by": None}
        assert decisions_of(row.course, standing, since) == {"decided_by": None, "rejected_by": "pab"}
        assert undone(row.course, "pab", since) == []
        assert [one.reference for one in undone(row.course, "pab", since, "rejected")] == [reference]

    def test_are_none_where_it_is_before_no_body(self, cast: Cast) -> None:
        row = cast.submitted()
        cast.decided()

        found = decisions_of(row.course, standing_of(row.course, ASKED), came_before(row.course))

        assert found == {"decided_by": None, "rejected_by": None}


class TestBody:
    def test_is_the_one_whose_decision_leads_on(self, cast: Cast) -> None:
        value = process_of(cast.drafted().course)

        assert [body_of(value, one) for one in ("drafted", "assessed", "active", "expired")] == [
            None,
            "pab",
            "pab",
            None,
        ]

    def test_keeps_what_it_decided_on_once_that_is_over(self, cast: Cast) -> None:
        row = cast.granted()
        day = UNTIL + dt.timedelta(days=1)

        pass_due(at(day), day)

        assert fresh(row).body == cast.pab
