"""The office serves a decision, and the time to query counts from its receipt."""

import datetime as dt
from typing import Any

import pytest

from tallystick.challenges.models import Challenge
from tallystick.challenges.operations.serving import (
    Served,
    UnableToServe,
    deciding_body,
    refusal_of,
    serve_decision,
)
from tallystick.decisions.models import Decision
from tallystick.processes.models import CarriedOut
from tallystick.processes.operations.carrying import UnableToTakeStep
from tallystick.processes.queries import open_clocks
from tallystick.processes.wishes import UnableToMove
from tests.cases.carried import carried_motion
from tests.cases.cast import CODE, NOTICED, at, key, last_said, on
from tests.challenges.cast import NEXT, QUERY_DUE, SERVED, Chamber, acts, stage

pytestmark = pytest.mark.django_db


def carried_by(row: Challenge) -> Decision:
    """Return the last decision that a step of a challenge carried out."""
    done = CarriedOut.objects.filter(course=row.course).latest("pk").decision
    assert done is not None
    return done


class TestServing:
    def test_begins_the_time_to_query(self, cast: Chamber) -> None:
        case, decision = cast.sent_up()

        served = Served(decision, SERVED, key())
        row = serve_decision(served=served, by=on(cast.sam, SERVED), at=at(SERVED, 14))

        assert (cast.case_of(row), row.decision, row.party) == (case, decision, cast.alfa)
        assert (stage(row), row.publicity, row.classification) == ("served", "issued", "amber")
        assert [(one.clock, one.due_on) for one in open_clocks([row.course], SERVED)] == [
            ("query_window", QUERY_DUE)
        ]
        assert acts() == ["serve_decision"]
        assert last_said()[1]["received_on"] == "2021-09-07"

    def test_counts_from_the_day_of_receipt(self, cast: Chamber) -> None:
        _, decision = cast.sent_up()
        day = NOTICED + dt.timedelta(days=6)

        served = Served(decision, NOTICED, key())
        row = serve_decision(served=served, by=on(cast.sam, day), at=at(day))

        assert open_clocks([row.course], day)[0].due_on == QUERY_DUE
        assert (row.received_on, row.served_at) == (NOTICED, at(day))

    def test_lets_its_party_read_it_and_no_other(self, cast: Chamber) -> None:
        row = cast.served()

        seen = {
            who: Challenge.objects.visible_to(getattr(cast, who)).exists()
            for who in ("jo", "sam", "ada", "ben", "aud", "obs", "bo", "pat")
        }

        assert seen == {
            **dict.fromkeys(("jo", "sam", "ada", "aud", "obs"), True),
            **dict.fromkeys(("ben", "bo", "pat"), False),
        }
        assert row.body is None

    def test_is_done_once_a_form(self, cast: Chamber) -> None:
        _, decision = cast.sent_up()
        form = key()

        for _ in range(2):
            served = Served(decision, SERVED, form)
            serve_decision(served=served, by=on(cast.sam, SERVED), at=at(SERVED, 14))

        assert Challenge.objects.count() == len(acts()) == 1
        with pytest.raises(UnableToServe, match="This form served"):
            serve_decision(served=Served(decision, NEXT, form), by=on(cast.sam, NEXT), at=at(NEXT))

    def test_of_a_vote_needs_no_case(self, cast: Chamber) -> None:
        motion = carried_motion(cast, outcome="not_carried")

        served = Served(motion, SERVED, key())
        row = serve_decision(served=served, by=on(cast.jo, SERVED), at=at(SERVED, 14))

        assert row.decided == motion


class TestRefusals:
    def test_tell_what_was_served_before(self, cast: Chamber) -> None:
        row = cast.served()

        with pytest.raises(UnableToServe, match=f"served before, as {row.reference}"):
            serve_decision(served=Served(row.decided, SERVED, key()), by=on(cast.sam, SERVED), at=at(SERVED))

    def test_tell_what_was_served_before_it_was_carried_out(self, cast: Chamber) -> None:
        case, decision = cast.escalated(cast.opened()), cast.decided(cast.pab, NOTICED)
        said: dict[str, Any] = {"by": on(cast.sam, SERVED), "at": at(SERVED, 14)}
        row = serve_decision(served=Served(decision, SERVED, key()), **said)
        cast.step(case, "escalate_to_panel", by=cast.hal, decision=decision.reference)

        with pytest.raises(UnableToServe, match=f"served before, as {row.reference}"):
            serve_decision(served=Served(decision, SERVED, key()), **said)

    def test_are_of_an_answer_to_a_query(self, cast: Chamber) -> None:
        row = cast.answered()
        answer = carried_by(row)

        with pytest.raises(UnableToServe, match=f"It answers {row.reference}, and no query follows"):
            serve_decision(served=Served(answer, NEXT, key()), by=on(cast.sam, NEXT), at=at(NEXT, 15))

    def test_are_of_what_was_served_and_is_then_to_answer_a_query(self, cast: Chamber) -> None:
        row, other = cast.queried(), cast.decided(cast.pab, NEXT)
        served = serve_decision(served=Served(other, NEXT, key()), by=on(cast.sam, NEXT), at=at(NEXT, 13))

        with pytest.raises(UnableToTakeStep, match=f"as {served.reference}: it answers no query"):
            cast.does(row, "allow_query", cast.hal, said={"reasons": "So."}, decision=other.reference)

    @pytest.mark.parametrize("day", [NOTICED - dt.timedelta(days=1), NEXT])
    def test_want_a_receipt_between_the_decision_and_today(self, cast: Chamber, day: dt.date) -> None:
        _, decision = cast.sent_up()

        with pytest.raises(UnableToServe, match="is received on a day from then until today"):
            serve_decision(served=Served(decision, day, key()), by=on(cast.sam, SERVED), at=at(SERVED))

    def test_leave_a_party_its_whole_time(self, cast: Chamber) -> None:
        _, decision = cast.sent_up()
        last, late = QUERY_DUE, QUERY_DUE + dt.timedelta(days=1)

        with pytest.raises(UnableToServe, match="would be over since 2021-09-21"):
            serve_decision(served=Served(decision, NOTICED, key()), by=on(cast.sam, late), at=at(late))
        assert not Challenge.objects.exists()
        row = serve_decision(served=Served(decision, NOTICED, key()), by=on(cast.sam, last), at=at(last))
        assert stage(row, last) == "served"

    def test_are_of_what_is_not_queried(self, cast: Chamber) -> None:
        of_panel = cast.decided(cast.panel)
        noted = cast.decided(cast.pab, verb="NOTED")
        open_one = carried_motion(cast, outcome="deferred")

        assert "Decisions of The PANEL are not queried" in refusal_of(of_panel, SERVED)
        assert "has decided nothing" in refusal_of(noted, SERVED)
        assert "has decided nothing" in refusal_of(open_one, SERVED)
        assert refusal_of(cast.decided(cast.pab), SERVED) == ""

    def test_are_of_another_role(self, cast: Chamber) -> None:
        _, decision = cast.sent_up()

        with pytest.raises(UnableToMove, match="not for this role"):
            serve_decision(served=Served(decision, SERVED, key()), by=on(cast.ada, SERVED), at=at(SERVED))

    def test_want_a_form_with_a_key(self, cast: Chamber) -> None:
        _, decision = cast.sent_up()

        with pytest.raises(UnableToServe, match="no key"):
            serve_decision(served=Served(decision, SERVED, ""), by=on(cast.sam, SERVED), at=at(SERVED))


class TestDecidingBody:
    def test_is_the_one_of_the_process_once_there_is_one(self) -> None:
        assert deciding_body(CODE, SERVED) == "pab"
        assert deciding_body(CODE, dt.date(2021, 8, 5)) is None
