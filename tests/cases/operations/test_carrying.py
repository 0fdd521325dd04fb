"""A decision is found by its reference, and written down with the step that carries it out."""

import datetime as dt

import pytest

from tallystick.cases.models import CarriedOut
from tallystick.cases.operations.carrying import UnableToTakeStep, carry_out, decided_so
from tallystick.decisions.models import Motion
from tests.cases.carried import carried_motion
from tests.cases.cast import NOTICED, Cast, on

pytestmark = pytest.mark.django_db


class TestDecisions:
    def test_of_a_vote_that_carried_are_found(self, cast: Cast) -> None:
        case = cast.escalated(cast.opened())
        motion = carried_motion(cast)

        found = decided_so(case, "pab", f" {motion.reference} ", on(cast.hal, NOTICED))
        carry_out(case, case.course.steps.latest("pk"), found)

        assert isinstance(found, Motion)
        assert CarriedOut.objects.get().motion == motion

    def test_that_somebody_may_not_read_are_not_there(self, cast: Cast) -> None:
        case = cast.escalated(cast.opened())
        motion = carried_motion(cast)

        with pytest.raises(UnableToTakeStep) as unseen:
            decided_so(case, "pab", motion.reference, on(cast.ben, NOTICED))
        with pytest.raises(UnableToTakeStep) as nothing:
            decided_so(case, "pab", "MOT-2021-0000", on(cast.ben, NOTICED))

        assert str(unseen.value).replace(motion.reference, "X") == str(nothing.value).replace(
            "MOT-2021-0000", "X"
        )

    def test_that_were_carried_out_are_not_found_again(self, cast: Cast) -> None:
        case = cast.escalated(cast.opened())
        motion = carried_motion(cast)
        carry_out(case, case.course.steps.latest("pk"), motion)

        with pytest.raises(UnableToTakeStep, match="waits to be carried out"):
            decided_so(case, "pab", motion.reference, on(cast.hal, NOTICED + dt.timedelta(days=1)))
