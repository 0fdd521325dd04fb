"""Which challenge suspends a step of a case."""

import pytest

from tallystick.challenges.suspending import challenges_of, suspended_by
from tests.challenges.cast import NEXT, REASONS, Chamber

pytestmark = pytest.mark.django_db


class TestSuspension:
    def test_runs_with_a_query_and_with_an_appeal(self, cast: Chamber) -> None:
        row = cast.served()
        assert row.case is not None

        told = [suspended_by(row.case)]
        told += [suspended_by(row.case) for _ in [cast.queried(row)]]
        decision = cast.decided(cast.pab, NEXT, verb="REJECTED")
        cast.does(row, "reject_query", cast.hal, said=REASONS, decision=decision.reference)
        told += [suspended_by(row.case)]

        assert told == [None, row.reference, None]
        assert suspended_by(cast.appealed(cast.served(cast.opened())).case or row.case) is not None

    def test_is_of_the_case_alone(self, cast: Chamber) -> None:
        row, other = cast.queried(), cast.opened()

        assert suspended_by(other) is None
        assert [one.stage for one in challenges_of(row.case or other)] == ["queried"]

    def test_ends_where_the_body_lifts_it(self, cast: Chamber) -> None:
        row = cast.queried()
        decision = cast.decided(cast.pab, NEXT)

        cast.does(row, "lift_at_pab", cast.hal, said=REASONS, decision=decision.reference)

        assert row.case is not None
        assert suspended_by(row.case) is None
        assert [one.effect for one in challenges_of(row.case)] == ["lifted"]
