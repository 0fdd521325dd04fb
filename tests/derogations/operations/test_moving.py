import datetime as dt

import pytest

from tallystick.cases.models import Case
from tallystick.derogations.operations.moving import submit_derogation
from tallystick.processes.operations.carrying import UnableToTakeStep
from tallystick.processes.wishes import UnableToMove
from tests.derogations.cast import ASKED, UNTIL, Cast, acts, at, fresh, key, on, stands

pytestmark = pytest.mark.django_db
LATER = dt.date(2021, 10, 4)


class TestSubmitDerogation:
    def test_hands_it_in_as_it_was_drafted(self, cast: Cast) -> None:
        row = cast.submitted()

        step = row.course.steps.get()
        assert (stands(row), row.publicity, row.body) == ("submitted", Case.ISSUED, None)
        assert step.said == {"justification": row.justification, "control": row.control}
        assert acts() == ["draft_derogation", "submit_derogation"]

    def test_is_done_once(self, cast: Cast) -> None:
        row = cast.drafted()

        steps = [submit_derogation(derogation=row, key="one", by=cast.ada, at=at(ASKED)) for _ in range(2)]

        assert steps[0] == steps[1]
        assert acts().count("submit_derogation") == 1

    def test_is_for_its_party_alone(self, cast: Cast) -> None:
        row = cast.drafted(by=cast.jo)

        for other in (cast.jo, cast.ben):
            with pytest.raises(UnableToMove, match="not for this role"):
                submit_derogation(derogation=row, key=key(), by=other, at=at(ASKED))

    def test_comes_too_late_after_its_last_day(self, cast: Cast) -> None:
        row = cast.drafted()

        with pytest.raises(UnableToTakeStep, match="which is over"):
            submit_derogation(derogation=row, key=key(), by=on(cast.ada, UNTIL), at=at(UNTIL))


class TestTakeDerogationStep:
    def test_puts_it_before_its_body_once_it_is_assessed(self, cast: Cast) -> None:
        row = cast.assessed()

        assert (stands(row), row.body, row.course.body) == ("assessed", cast.pab, cast.pab)
        assert acts()[-1] == "take_derogation_step"

    def test_refuses_it_by_a_decision_that_did_not_let_it(self, cast: Cast) -> None:
        row = cast.assessed()
        said = {"reasons": "It can be met."}

        with pytest.raises(UnableToTakeStep, match="did not let"):
            cast.step(row, "refuse", said=said, decision=cast.decided())
        cast.step(row, "refuse", said=said, decision=cast.decided(verb="REJECTED"))

        row = fresh(row)
        assert (stands(row), row.publicity, row.body, row.last_on) == ("refused", "issued", cast.pab, None)

    def test_lets_its_party_take_it_back(self, cast: Cast) -> None:
        row = cast.drafted()

        cast.step(row, "withdraw", by=cast.ada)

        row = fresh(row)
        assert (stands(row), row.publicity) == ("withdrawn", "draft")
        assert row.ended_at is not None

    def test_revokes_it_from_that_day_on(self, cast: Cast) -> None:
        row = cast.granted()

        cast.step(row, "revoke", LATER, said={"reasons": "No report came."}, decision=cast.decided(LATER))

        row = fresh(row)
        assert (stands(row, LATER), row.last_on) == ("revoked", dt.date(2021, 10, 3))

    def test_lets_it_lapse_with_that_day_and_closes_it_with_its_effect(self, cast: Cast) -> None:
        row = cast.granted()

        cast.step(row, "lapse", LATER, said={"why": "Every hub was exchanged."})
        cast.step(row, "close", LATER, said={"effect": "412 homes were visited."})

        row = fresh(row)
        assert (stands(row, LATER), row.last_on, row.publicity) == ("closed", LATER, "closed")
        assert row.body == cast.pab

    def test_is_taken_once(self, cast: Cast) -> None:
        row = cast.submitted()

        for _ in range(2):
            cast.step(row, "assess", key="one", by=cast.jo, said={"impact": "412 homes"})

        assert acts().count("take_derogation_step") == 1

    @pytest.mark.parametrize("move", ["submit", "grant", "vary", "extend"])
    def test_leaves_what_has_an_act_of_its_own_to_that(self, cast: Cast, move: str) -> None:
        row = cast.assessed()

        with pytest.raises(UnableToTakeStep, match="Use the form"):
            cast.step(row, move)

    def test_does_nothing_to_one_whose_last_day_is_over(self, cast: Cast) -> None:
        row = cast.granted()
        over = UNTIL + dt.timedelta(days=1)

        with pytest.raises(UnableToTakeStep, match="its last day"):
            cast.step(row, "lapse", over, said={"why": "It is done."})
