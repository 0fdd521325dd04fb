"""Time passes on challenges and disputes: on the day after the last, and once."""

import datetime as dt

import pytest

from tallystick.challenges.operations.clocks import pass_clock_of, pass_due
from tallystick.parties.acting import Acting
from tests.cases.cast import CODE, at, on
from tests.challenges.cast import QUERY_DUE, SERVED, Chamber, acts, stage

pytestmark = pytest.mark.django_db
AFTER = QUERY_DUE + dt.timedelta(days=1)
APPEAL_DUE = dt.date(2021, 9, 22)  # ten working days after the answer of 8 September


class TestClocks:
    def test_let_a_decision_stand_that_nobody_queried(self, cast: Chamber) -> None:
        row = cast.served()

        counted = [pass_due(at(day), day) for day in (QUERY_DUE, AFTER, AFTER)]

        row.refresh_from_db()
        assert counted == [0, 1, 0]
        assert (stage(row, AFTER), row.publicity) == ("stands", "closed")
        assert acts() == ["serve_decision", "pass_clock_of"]

    def test_let_a_decision_stand_that_nobody_appealed(self, cast: Chamber) -> None:
        row = cast.answered()

        before = pass_due(at(APPEAL_DUE), APPEAL_DUE)
        after = pass_due(at(APPEAL_DUE + dt.timedelta(days=1)), APPEAL_DUE + dt.timedelta(days=1))

        assert (before, after, stage(row, APPEAL_DUE)) == (0, 1, "stands")

    def test_close_a_dispute_without_an_objection(self, cast: Chamber) -> None:
        row = cast.moves(cast.disputed(), "reject", said={"reasons": "No."})

        passed = [pass_due(at(day), day) for day in (QUERY_DUE, AFTER)]

        assert (passed, stage(row, AFTER)) == ([0, 1], "closed")

    def test_remind_of_a_dispute_that_is_looked_at_too_long(self, cast: Chamber) -> None:
        row = cast.disputed()

        assert pass_due(at(AFTER), AFTER) == 1
        assert stage(row, AFTER) == "raised"

    def test_pass_when_they_run_alone(self, cast: Chamber) -> None:
        row = cast.served()
        by = Acting(CODE, SERVED, stands_for="Worker")

        assert pass_clock_of(row=row, clock="query_window", by=by, at=at(SERVED)) is False
        assert pass_clock_of(row=row, clock="appeal_window", by=on(by, AFTER), at=at(AFTER)) is False
