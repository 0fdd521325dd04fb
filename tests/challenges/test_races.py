"""A decision is served or queried while it is carried out: whichever comes first, the other knows of it."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tallystick.cases.models import Case
from tallystick.cases.suspensions import suspended_by
from tallystick.challenges.models import Challenge
from tallystick.challenges.operations.serving import Served, UnableToServe, serve_decision
from tallystick.decisions.models import Decision
from tallystick.processes.models import CarriedOut
from tallystick.processes.operations.carrying import UnableToTakeStep
from tests.cases.cast import NOTICED, at, key, made_cast, on
from tests.challenges.cast import GROUNDS, NEXT, REASONS, Chamber, made_chamber
from tests.decisions.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 4


def answered(act: Callable[[], Any]) -> Any:
    try:
        return act()
    except (UnableToTakeStep, UnableToServe) as refusal:
        return refusal


def raced(*acts: Callable[[], Any]) -> list[Any]:
    return at_once([partial(answered, one) for one in acts])


def carry(cast: Chamber, case: Case, decision: Decision) -> Any:
    told: dict[str, Any] = {"by": cast.hal, "decision": decision.reference, "day": NEXT}
    return cast.step(case, "escalate_to_panel", **told)


def serve(cast: Chamber, decision: Decision) -> Challenge:
    served = Served(decision, NOTICED, key())
    return serve_decision(served=served, by=on(cast.sam, NEXT), at=at(NEXT, 9))


class TestCarryingOut:
    def test_meets_a_query_before_or_after(self) -> None:
        cast = made_chamber(made_cast())
        for _ in range(TIMES):
            case, decision = cast.escalated(cast.opened()), cast.decided(cast.pab, NOTICED)
            row = serve(cast, decision)

            done, _ = raced(
                partial(carry, cast, case, decision), partial(cast.does, row, "query", said=GROUNDS)
            )

            assert (
                isinstance(done, UnableToTakeStep)
                is not CarriedOut.objects.filter(decision=decision).exists()
            )
            assert suspended_by(case) == (None if isinstance(done, UnableToTakeStep) else row.reference)

    def test_meets_the_answer_that_changes_it_before_or_after(self) -> None:
        cast = made_chamber(made_cast())
        for _ in range(TIMES):
            case, decision = cast.escalated(cast.opened()), cast.decided(cast.pab, NOTICED)
            row = cast.does(serve(cast, decision), "query", said=GROUNDS, hour=10)
            answer, lifts = cast.decided(cast.pab, NEXT), cast.decided(cast.pab, NEXT)
            cast.does(row, "lift_at_pab", cast.hal, said=REASONS, decision=lifts.reference, hour=12)
            told: dict[str, Any] = {"said": REASONS, "decision": answer.reference}

            raced(
                partial(carry, cast, case, decision), partial(cast.does, row, "allow_query", cast.hal, **told)
            )

            moves = list(case.course.steps.order_by("pk").values_list("move", flat=True))
            done = CarriedOut.objects.filter(decision=decision).exists()
            assert (moves[-1] == "set_back_to_pab") is ("escalate_to_panel" in moves) is done

    def test_meets_the_office_that_serves_it(self) -> None:
        cast = made_chamber(made_cast())
        for _ in range(TIMES):
            case, decision = cast.escalated(cast.opened()), cast.decided(cast.pab, NOTICED)

            raced(
                partial(serve, cast, decision),
                partial(carry, cast, case, decision),
                partial(serve, cast, decision),
            )

            row = Challenge.objects.get(decision=decision)
            cast.does(row, "query", said=GROUNDS)
            assert suspended_by(case) == row.reference
