"""A decision is queried, answered, appealed and decided; what it suspends stands still meanwhile."""

import datetime as dt

import pytest

from tallystick.cases.queries import offers_for
from tallystick.cases.rungs import ladder
from tallystick.challenges.models import Challenge
from tallystick.parties.models import Membership, Seat
from tallystick.processes.models import CarriedOut
from tallystick.processes.operations.carrying import UnableToTakeStep
from tallystick.processes.wishes import UnableToMove
from tests.cases.cast import BEGAN, key, last_said, on, person_of, stands
from tests.challenges.cast import APPEAL, GROUNDS, NEXT, QUERY_DUE, REASONS, SERVED, Chamber, acts, stage

pytestmark = pytest.mark.django_db
LATER = NEXT + dt.timedelta(days=1)


class TestQuery:
    @pytest.mark.parametrize("day", [SERVED, QUERY_DUE])
    def test_is_for_the_party_until_the_last_day(self, cast: Chamber, day: dt.date) -> None:
        row = cast.queried(cast.served(), day)

        assert (stage(row, day), row.body) == ("queried", cast.pab)
        assert acts() == ["serve_decision", "step_challenge"]
        assert last_said()[0] == f"took a step of {row.reference}: Query"

    def test_says_what_is_wrong(self, cast: Chamber) -> None:
        with pytest.raises(UnableToMove, match="What is wrong with the decision"):
            cast.does(cast.served(), "query")

    def test_is_nobody_elses(self, cast: Chamber) -> None:
        row = cast.served()

        for who in (cast.ben, cast.jo, cast.sam, cast.hal):
            with pytest.raises(UnableToMove, match="not for this role"):
                cast.does(row, "query", who, said=GROUNDS)

    def test_is_read_by_the_body_that_it_is_before(self, cast: Chamber) -> None:
        row = cast.queried()

        assert Challenge.objects.visible_to(cast.bo).exists()
        assert not Challenge.objects.visible_to(cast.pat).exists()
        assert not Challenge.objects.visible_to(cast.ben).exists()
        assert row.course.steps.visible_to(cast.bo).count() == 2

    def test_is_taken_once_a_form(self, cast: Chamber) -> None:
        row, form = cast.served(), key()

        for _ in range(2):
            cast.does(row, "query", key=form, said=GROUNDS)

        assert acts() == ["serve_decision", "step_challenge"]

    def test_may_be_left_out(self, cast: Chamber) -> None:
        row = cast.does(cast.served(), "accept")

        assert (stage(row), row.publicity) == ("stands", "closed")
        assert row.closed_at is not None

    def test_is_answered_as_the_body_decided(self, cast: Chamber) -> None:
        row = cast.queried()
        agreed = cast.decided(cast.pab, NEXT)

        with pytest.raises(UnableToTakeStep, match="that did not let what was asked"):
            cast.does(row, "reject_query", cast.hal, said=REASONS, decision=agreed.reference)
        with pytest.raises(UnableToTakeStep, match="its own chair"):
            cast.does(row, "allow_query", cast.pat, said=REASONS, decision=agreed.reference)
        cast.does(row, "allow_query", cast.hal, said=REASONS, decision=agreed.reference)

        assert (stage(row), row.publicity) == ("changed", "closed")
        assert CarriedOut.objects.filter(course=row.course).get().decision == agreed

    def test_is_not_answered_by_what_was_decided_before(self, cast: Chamber) -> None:
        row = cast.served()
        early = cast.decided(cast.pab, SERVED, verb="REJECTED")
        cast.queried(row)

        with pytest.raises(UnableToTakeStep, match="waits to be carried out"):
            cast.does(row, "reject_query", cast.hal, said=REASONS, decision=early.reference)

    def test_may_be_withdrawn(self, cast: Chamber) -> None:
        row = cast.does(cast.queried(), "withdraw")

        assert stage(row) == "stands"


class TestAppeal:
    def test_goes_to_the_body_that_hears_it(self, cast: Chamber) -> None:
        row = cast.appealed()

        assert (stage(row), row.body) == ("appealed", cast.panel)
        assert Challenge.objects.visible_to(cast.pat).exists()
        assert not Challenge.objects.visible_to(cast.bo).exists()

    def test_has_one_of_three_grounds(self, cast: Chamber) -> None:
        row = cast.answered()

        with pytest.raises(UnableToMove, match="Ground of the appeal"):
            cast.does(row, "appeal", said={**APPEAL, "ground": "taste"})

    def test_that_is_dismissed_lets_the_decision_stand(self, cast: Chamber) -> None:
        row = cast.appealed()
        heard = cast.decided(cast.panel, LATER, verb="REJECTED")

        cast.does(row, "dismiss_appeal", cast.pat, LATER, said=REASONS, decision=heard.reference)

        assert stage(row, LATER) == "stands"
        assert stands(cast.case_of(row), LATER)[1] == "escalated_to_panel"

    def test_is_heard_by_nobody_who_decided(self, cast: Chamber) -> None:
        row = cast.appealed()
        seat = Seat.objects.create(body=cast.panel, name="Another seat", from_on=BEGAN)
        Membership.objects.create(seat=seat, person=person_of(cast.bo), is_independent=True, from_on=BEGAN)
        heard = cast.decided(cast.panel, LATER)

        with pytest.raises(UnableToMove, match="none of those who decided hears it"):
            cast.does(row, "allow_appeal", cast.sam, LATER, said=REASONS, decision=heard.reference)

        assert stage(row, LATER) == "appealed"

    def test_that_is_allowed_sets_the_case_back(self, cast: Chamber) -> None:
        row = cast.appealed()
        heard = cast.decided(cast.panel, LATER)

        cast.does(row, "allow_appeal", cast.pat, LATER, said=REASONS, decision=heard.reference)

        assert (stage(row, LATER), stands(cast.case_of(row), LATER)[1]) == ("changed", "escalated_to_pab")
        assert cast.case_of(row).body == cast.pab
        assert acts()[-1] == "step_challenge"
        assert last_said()[1]["set_back"] == [["escalated_to_panel", "escalated_to_pab"]]


class TestSuspension:
    def test_keeps_a_case_where_it_is(self, cast: Chamber) -> None:
        row = cast.queried()
        case, decision = cast.case_of(row), cast.decided(cast.panel, NEXT)

        with pytest.raises(UnableToMove, match=f"{row.reference} suspends the step"):
            cast.step(case, "constrain_at_once", by=cast.pat, decision=decision.reference, day=NEXT)
        now, later = offers_for(on(cast.pat, NEXT), case)
        rung = next(one for one in ladder(case, NEXT) if one.stage == "constrained")

        assert "constrain_at_once" not in {one.move for one in now}
        assert "no challenge suspends it" in next(
            one.opens_once for one in later if one.move == "constrain_at_once"
        )
        assert "no challenge suspends it" in rung.opens_once

    def test_ends_with_the_challenge(self, cast: Chamber) -> None:
        row = cast.does(cast.queried(), "withdraw")
        case, decision = cast.case_of(row), cast.decided(cast.panel, NEXT)

        cast.step(
            case,
            "constrain_at_once",
            by=cast.pat,
            decision=decision.reference,
            day=NEXT,
            reason="Devices are at stake.",
        )

        assert stands(case, NEXT)[1] == "constrained"

    def test_is_lifted_and_laid_on_again_by_the_body_that_has_it(self, cast: Chamber) -> None:
        row = cast.queried()
        lifts = cast.decided(cast.pab, NEXT)
        cast.does(row, "lift_at_pab", cast.hal, said=REASONS, decision=lifts.reference, hour=12)
        case, decision = cast.case_of(row), cast.decided(cast.panel, NEXT)

        cast.step(
            case, "constrain_at_once", by=cast.pat, decision=decision.reference, day=NEXT, reason="At stake."
        )
        rejects = cast.decided(cast.pab, NEXT, verb="REJECTED")
        cast.does(row, "reject_query", cast.hal, said=REASONS, decision=rejects.reference, hour=13)
        cast.does(row, "appeal", said=APPEAL)
        again = cast.decided(cast.panel, LATER)
        cast.does(row, "suspend_again", cast.pat, LATER, decision=again.reference)

        assert stands(case, LATER)[1] == "constrained"
        with pytest.raises(UnableToMove, match="suspends the step"):
            cast.step(case, "declare_breach", by=cast.pat, decision="DEC-2021-AAAA", day=LATER)

    def test_that_was_lifted_still_sets_a_case_back_from_further_on(self, cast: Chamber) -> None:
        row = cast.queried()
        lifts = cast.decided(cast.pab, NEXT)
        cast.does(row, "lift_at_pab", cast.hal, said=REASONS, decision=lifts.reference, hour=12)
        case, decision = cast.case_of(row), cast.decided(cast.panel, NEXT)
        cast.step(
            case, "constrain_at_once", by=cast.pat, decision=decision.reference, day=NEXT, reason="At stake."
        )
        allows = cast.decided(cast.pab, NEXT)

        cast.does(row, "allow_query", cast.hal, said=REASONS, decision=allows.reference)

        assert stands(case, NEXT)[1] == "escalated_to_pab"
