"""Steps that need nothing but what the rule asks, and those that carry out a body's decision."""

import datetime as dt

import pytest

from tallystick.cases.models import Case, Message
from tallystick.cases.operations.ladder import set_step_back
from tallystick.cases.operations.talking import Sending, send_message
from tallystick.processes.models import CarriedOut, Course
from tallystick.processes.operations.carrying import UnableToTakeStep
from tallystick.processes.queries import open_clocks
from tallystick.processes.wishes import UnableToMove
from tests.cases.cast import NOTICED, Cast, acts, at, key, last_said, on, stands

pytestmark = pytest.mark.django_db
NEXT = NOTICED + dt.timedelta(days=1)


class TestSteps:
    def test_go_up_the_ladder_one_by_one(self, cast: Cast) -> None:
        case = cast.asked(cast.opened())

        assert stands(case) == ("remedy", "remedy_requested")
        assert [one.clock for one in open_clocks([case.course], NOTICED)] == ["remedy_plan"]
        assert acts()[-4:] == ["take_ladder_step"] * 4
        said, facts = last_said()
        assert said == f"took a step of {case.reference}: Ask for a remedy"
        assert facts["stages"] == ["persuaded", "remedy_requested"]

    def test_that_inform_the_party_let_it_see_the_case(self, cast: Cast) -> None:
        case = cast.opened()
        before = Case.objects.visible_to(cast.ada).exists()

        cast.step(case, "inform")

        assert (before, list(Case.objects.visible_to(cast.ada))) == (False, [case])

    def test_that_skip_a_stage_say_why(self, cast: Cast) -> None:
        case = cast.step(cast.replied(cast.told(cast.opened())), "inform")

        with pytest.raises(UnableToMove, match="nobody said why"):
            cast.step(case, "ask_for_remedy_at_once")
        cast.step(case, "ask_for_remedy_at_once", reason="It happened twice before.")

        assert stands(case)[1] == "remedy_requested"
        assert last_said()[1]["reason"] == "It happened twice before."

    def test_are_taken_once_a_form(self, cast: Cast) -> None:
        case, form = cast.replied(cast.told(cast.opened())), key()

        for _ in range(2):
            cast.step(case, "go_on", key=form)

        assert stands(case)[0] == "remedy"
        assert acts().count("take_ladder_step") == 1

    def test_that_are_not_lawful_are_refused(self, cast: Cast) -> None:
        case = cast.told(cast.opened())

        for move in ("persuade", "ask_for_remedy", "publish", "close", "no_such_move"):
            with pytest.raises((UnableToMove, UnableToTakeStep)):
                cast.step(case, move, decision="DEC-2021-ABCD" if move == "publish" else "")

        assert stands(case) == ("notice", "uninformed")

    def test_that_have_an_act_of_their_own_are_taken_there(self, cast: Cast) -> None:
        case = cast.opened()

        for move in ("give_notice", "reply", "accept_remedy", "accept_remedy_at_pab"):
            with pytest.raises(UnableToTakeStep, match="Use the form"):
                cast.step(case, move)

    def test_that_end_a_case_close_it(self, cast: Cast) -> None:
        case = cast.replied(cast.told(cast.opened()))

        cast.step(case, "accept_reply", reason="The lines were wrong.")

        assert (case.publicity, case.closed_at) == (Case.CLOSED, at(NOTICED, 12))
        assert Course.objects.get(pk=case.course_id).publicity == Case.CLOSED
        assert list(Case.objects.visible_to(cast.ada)) == [case]


class TestDecisionsOfBodies:
    def test_are_carried_out_by_a_step(self, cast: Cast) -> None:
        case = cast.escalated(cast.opened())
        decision = cast.decided(cast.pab)
        before = case.body

        cast.step(case, "escalate_to_panel", by=cast.hal, decision=decision.reference)

        assert (before, case.body) == (cast.pab, cast.panel)
        assert Course.objects.get(pk=case.course_id).body == cast.panel
        assert stands(case)[1] == "escalated_to_panel"
        assert CarriedOut.objects.get().decision == decision
        assert last_said()[1]["decision"] == decision.reference

    def test_are_carried_out_once(self, cast: Cast) -> None:
        case = cast.escalated(cast.opened())
        first, second = cast.decided(cast.pab), cast.decided(cast.panel, NEXT)
        cast.step(case, "escalate_to_panel", by=cast.sam, decision=first.reference)
        show = {"case": case, "text": "The draft.", "sending": Sending(Message.TO_PUBLISH)}
        send_message(**show, key=key(), by=on(cast.jo, NEXT), at=at(NEXT))  # type: ignore[arg-type]

        cast.step(case, "publish", by=cast.pat, day=NEXT, decision=second.reference)
        with pytest.raises(UnableToTakeStep, match="waits to be carried out"):
            cast.step(case, "constrain", by=cast.pat, day=NEXT, decision=second.reference)

        assert stands(case, NEXT)[1] == "published"

    def test_are_of_that_body_about_that_party_and_since_it_has_the_case(self, cast: Cast) -> None:
        case = cast.asked(cast.opened())
        early = cast.decided(cast.pab)
        cast.step(case, "escalate_to_pab", said={"why": "No remedy came."}, day=NEXT)
        refused = [
            early,
            cast.decided(cast.panel, NEXT),
            cast.decided(cast.pab, NEXT, party=cast.brvo),
            cast.decided(cast.pab, NEXT, verb="REJECTED"),
        ]

        for decision in refused:
            with pytest.raises(UnableToTakeStep, match="waits to be carried out"):
                cast.step(case, "escalate_to_panel", by=cast.sam, day=NEXT, decision=decision.reference)
        with pytest.raises(UnableToTakeStep, match="Say which motion or decision"):
            cast.step(case, "escalate_to_panel", by=cast.sam, day=NEXT)

        assert stands(case, NEXT)[1] == "escalated_to_pab"

    def test_are_for_the_bodys_own_chair(self, cast: Cast) -> None:
        case = cast.escalated(cast.opened())
        decision = cast.decided(cast.pab)

        with pytest.raises(UnableToTakeStep, match="its own chair"):
            cast.step(case, "escalate_to_panel", by=cast.pat, decision=decision.reference)
        with pytest.raises(UnableToMove, match="not for this role"):
            cast.step(case, "escalate_to_panel", by=cast.jo, decision=decision.reference)

    def test_are_named_where_a_body_decided_alone(self, cast: Cast) -> None:
        case = cast.replied(cast.told(cast.opened()))

        with pytest.raises(UnableToTakeStep, match="carries out no body's decision"):
            cast.step(case, "go_on", decision="DEC-2021-ABCD")

    def test_let_a_case_go_back_from_its_body(self, cast: Cast) -> None:
        case = cast.escalated(cast.opened())

        cast.step(case, "ask_again_at_pab", by=cast.hal, decision=cast.decided(cast.pab).reference)

        assert stands(case)[1] == "remedy_requested"
        assert case.body is None


class TestSettingBack:
    def test_leads_to_where_the_case_stood_before_the_step(self, cast: Cast) -> None:
        case = cast.escalated(cast.opened())
        decision = cast.decided(cast.pab)
        cast.step(case, "escalate_to_panel", by=cast.hal, decision=decision.reference)
        step = CarriedOut.objects.get().step

        for _ in range(2):
            set_step_back(step=step, changed_by="CHA-2021-7K3F", by=on(cast.sam, NEXT), at=at(NEXT))

        case.refresh_from_db()
        assert (stands(case, NEXT)[1], case.body) == ("escalated_to_pab", cast.pab)
        assert acts().count("set_step_back") == 1
        assert last_said()[1]["challenge"] == "CHA-2021-7K3F"

    def test_stays_where_it_came_back_since(self, cast: Cast) -> None:
        case = cast.escalated(cast.opened())
        again = cast.decided(cast.pab)
        cast.step(case, "ask_again_at_pab", by=cast.hal, decision=again.reference)
        step = CarriedOut.objects.get().step
        cast.step(case, "escalate_to_pab", said={"why": "No remedy came."}, day=NEXT)

        back = set_step_back(step=step, changed_by="CHA-2021-7K3F", by=on(cast.sam, NEXT), at=at(NEXT))

        assert back is None
        assert "set_step_back" not in acts()

    def test_is_nobodys_to_ask_for(self, cast: Cast) -> None:
        case = cast.asked(cast.opened())

        with pytest.raises(UnableToTakeStep, match="by the decision on its challenge"):
            cast.step(case, "set_back_to_pab", by=cast.sam)
