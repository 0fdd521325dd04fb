"""The office serves a decision, and the time to query counts from its receipt."""

import datetime as dt

import pytest

from tallystick.challenges.models import Challenge
from tallystick.challenges.operations.serving import (
    Served,
    UnableToServe,
    deciding_body,
    refusal_of,
    serve_decision,
)
from tallystick.processes.queries import open_clocks
from tallystick.processes.wishes import UnableToMove
from tests.cases.carried import carried_motion
from tests.cases.cast import CODE, NOTICED, at, key, last_said, on
from tests.challenges.cast import NEXT, QUERY_DUE, SERVED, Chamber, acts, stage

pytestmark = pytest.mark.django_db


class TestServing:
    def test_begins_the_time_to_query(self, cast: Chamber) -> None:
        case, decision = cast.sent_up()

        served = Served(decision, SERVED, key(), case)
        row = serve_decision(served=served, by=on(cast.sam, SERVED), at=at(SERVED, 14))

        assert (row.case, row.decision, row.party) == (case, decision, cast.alfa)
        assert row.step is not None
        assert row.step.move == "escalate_to_panel"
        assert (stage(row), row.publicity, row.classification) == ("served", "issued", "amber")
        assert [(one.clock, one.due_on) for one in open_clocks([row.course], SERVED)] == [
            ("query_window", QUERY_DUE)
        ]
        assert acts() == ["serve_decision"]
        assert last_said()[1]["received_on"] == "2021-09-07"

    def test_counts_from_the_day_of_receipt(self, cast: Chamber) -> None:
        case, decision = cast.sent_up()
        day = NOTICED + dt.timedelta(days=6)

        served = Served(decision, NOTICED, key(), case)
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
        case, decision = cast.sent_up()
        form = key()

        for _ in range(2):
            served = Served(decision, SERVED, form, case)
            serve_decision(served=served, by=on(cast.sam, SERVED), at=at(SERVED, 14))

        assert Challenge.objects.count() == len(acts()) == 1
        with pytest.raises(UnableToServe, match="This form served"):
            serve_decision(served=Served(decision, NEXT, form, case), by=on(cast.sam, NEXT), at=at(NEXT))

    def test_of_a_vote_needs_no_case(self, cast: Chamber) -> None:
        motion = carried_motion(cast, outcome="not_carried")

        served = Served(motion, SERVED, key())
        row = serve_decision(served=served, by=on(cast.jo, SERVED), at=at(SERVED, 14))

        assert (row.decided, row.case, row.step) == (motion, None, None)


class TestRefusals:
    def test_tell_what_was_served_before(self, cast: Chamber) -> None:
        row = cast.served()

        with pytest.raises(UnableToServe, match=f"served before, as {row.reference}"):
            serve_decision(
                served=Served(row.decided, SERVED, key(), row.case), by=on(cast.sam, SERVED), at=at(SERVED)
            )

    def test_send_to_the_case_that_carried_it_out(self, cast: Chamber) -> None:
        case, decision = cast.sent_up()
        other = cast.decided(cast.pab)

        with pytest.raises(UnableToServe, match="serve it there"):
            serve_decision(served=Served(decision, SERVED, key()), by=on(cast.sam, SERVED), at=at(SERVED))
        with pytest.raises(UnableToServe, match="has not carried out"):
            serve_decision(served=Served(other, SERVED, key(), case), by=on(cast.sam, SERVED), at=at(SERVED))

    @pytest.mark.parametrize("day", [NOTICED - dt.timedelta(days=1), NEXT])
    def test_want_a_receipt_between_the_decision_and_today(self, cast: Chamber, day: dt.date) -> None:
        case, decision = cast.sent_up()

        with pytest.raises(UnableToServe, match="is received on a day from then until today"):
            serve_decision(served=Served(decision, day, key(), case), by=on(cast.sam, SERVED), at=at(SERVED))

    def test_leave_a_party_its_whole_time(self, cast: Chamber) -> None:
        case, decision = cast.sent_up()
        last, late = QUERY_DUE, QUERY_DUE + dt.timedelta(days=1)

        with pytest.raises(UnableToServe, match="would be over since 2021-09-21"):
            serve_decision(served=Served(decision, NOTICED, key(), case), by=on(cast.sam, late), at=at(late))
        assert not Challenge.objects.exists()
        row = serve_decision(
            served=Served(decision, NOTICED, key(), case), by=on(cast.sam, last), at=at(last)
        )
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
        case, decision = cast.sent_up()

        with pytest.raises(UnableToMove, match="not for this role"):
            serve_decision(
                served=Served(decision, SERVED, key(), case), by=on(cast.ada, SERVED), at=at(SERVED)
            )

    def test_want_a_form_with_a_key(self, cast: Chamber) -> None:
        case, decision = cast.sent_up()

        with pytest.raises(UnableToServe, match="no key"):
            serve_decision(served=Served(decision, SERVED, "", case), by=on(cast.sam, SERVED), at=at(SERVED))


class TestDecidingBody:
    def test_is_the_one_of_the_process_once_there_is_one(self) -> None:
        assert deciding_body(CODE, SERVED) == "pab"
        assert deciding_body(CODE, dt.date(2021, 8, 5)) is None
