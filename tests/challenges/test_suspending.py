"""Which challenge suspends a step of a case."""

from typing import Any

import pytest

from tallystick.cases.suspensions import suspended_by
from tallystick.challenges.models import Challenge
from tallystick.challenges.operations.serving import Served, serve_decision
from tallystick.challenges.suspending import challenges_of
from tallystick.decisions.models import Decision
from tallystick.processes.operations.carrying import UnableToTakeStep
from tallystick.processes.wishes import UnableToMove
from tests.cases.cast import NOTICED, at, key, on, stands
from tests.challenges.cast import GROUNDS, NEXT, REASONS, Chamber

pytestmark = pytest.mark.django_db


class TestSuspension:
    def test_runs_with_a_query_and_with_an_appeal(self, cast: Chamber) -> None:
        row = cast.served()

        told = [suspended_by(cast.case_of(row))]
        told += [suspended_by(cast.case_of(row)) for _ in [cast.queried(row)]]
        decision = cast.decided(cast.pab, NEXT, verb="REJECTED")
        cast.does(row, "reject_query", cast.hal, said=REASONS, decision=decision.reference)
        told += [suspended_by(cast.case_of(row))]

        assert told == [None, row.reference, None]
        assert suspended_by(cast.case_of(cast.appealed(cast.served(cast.opened())))) is not None

    def test_is_of_the_case_alone(self, cast: Chamber) -> None:
        row, other = cast.queried(), cast.opened()

        assert suspended_by(other) is None
        assert [one.stage for one in challenges_of(cast.case_of(row))] == ["queried"]

    def test_ends_where_the_body_lifts_it(self, cast: Chamber) -> None:
        row = cast.queried()
        decision = cast.decided(cast.pab, NEXT)

        cast.does(row, "lift_at_pab", cast.hal, said=REASONS, decision=decision.reference)

        assert suspended_by(cast.case_of(row)) is None
        assert [one.effect for one in challenges_of(cast.case_of(row))] == ["lifted"]


def served_first(cast: Chamber) -> tuple[Decision, Challenge]:
    """Let a decision be served that no case has carried out yet."""
    decision = cast.decided(cast.pab, NOTICED)
    served = Served(decision, NOTICED, key())
    return decision, serve_decision(served=served, by=on(cast.sam, NOTICED), at=at(NOTICED, 14))


def challenged_first(cast: Chamber) -> tuple[Decision, Challenge]:
    """Let a decision be served and queried that no case has carried out yet."""
    decision, row = served_first(cast)
    return decision, cast.does(row, "query", said=GROUNDS, hour=10)


class TestWhatIsChallenged:
    def test_is_carried_out_nowhere_while_the_challenge_runs(self, cast: Chamber) -> None:
        case = cast.escalated(cast.opened())
        decision, row = challenged_first(cast)
        told: dict[str, Any] = {"by": cast.hal, "decision": decision.reference, "day": NEXT}

        with pytest.raises(UnableToTakeStep, match=f"{row.reference} challenges {decision.reference}"):
            cast.step(case, "escalate_to_panel", **told)
        cast.does(row, "withdraw")

        assert stands(cast.step(case, "escalate_to_panel", **told), NEXT)[1] == "escalated_to_panel"

    def test_is_never_carried_out_once_it_was_changed(self, cast: Chamber) -> None:
        case = cast.escalated(cast.opened())
        decision, row = challenged_first(cast)
        answer = cast.decided(cast.pab, NEXT)
        cast.does(row, "allow_query", cast.hal, said=REASONS, decision=answer.reference)

        with pytest.raises(UnableToTakeStep, match=row.reference):
            cast.step(case, "escalate_to_panel", by=cast.hal, decision=decision.reference, day=NEXT)

    def test_is_suspended_and_set_back_wherever_it_was_carried_out_since_it_was_served(
        self, cast: Chamber
    ) -> None:
        cases = [cast.escalated(cast.opened()) for _ in range(2)]
        decision, row = served_first(cast)
        for case in cases:
            cast.step(case, "escalate_to_panel", by=cast.hal, decision=decision.reference, day=NEXT)

        cast.queried(row)
        suspended = [suspended_by(case) for case in cases]
        publishes = cast.decided(cast.panel, NEXT)
        with pytest.raises(UnableToMove, match=f"{row.reference} suspends the step"):
            cast.step(cases[0], "publish", by=cast.pat, decision=publishes.reference, day=NEXT)
        answer = cast.decided(cast.pab, NEXT)
        cast.does(row, "allow_query", cast.hal, said=REASONS, decision=answer.reference)

        assert suspended == [row.reference] * 2
        assert [stands(case, NEXT)[1] for case in cases] == ["escalated_to_pab"] * 2
        assert [suspended_by(case) for case in cases] == [None] * 2
