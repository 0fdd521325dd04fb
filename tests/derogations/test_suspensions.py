"""What a challenge does to leave: it goes on as before while that runs."""

import datetime as dt
from decimal import Decimal

import pytest

from tallystick.derogations.beside import of_obligation
from tallystick.derogations.models import Derogation
from tallystick.derogations.operations.clocks import pass_due
from tallystick.derogations.queries import in_force
from tallystick.derogations.suspensions import stays_of_leave, stays_seen, suspended_by
from tallystick.processes.wishes import UnableToMove
from tests.derogations.cast import CODE, OBLIGATION, UNTIL, Cast, at, fresh, on, stands
from tests.derogations.challenged import answered, does, queried

pytestmark = pytest.mark.django_db
LATER, DAY = dt.date(2021, 10, 4), dt.timedelta(days=1)
LAST = UNTIL - 2 * DAY
WHY = {"reasons": "Nothing was reported."}


def revoked(cast: Cast) -> tuple[Derogation, str]:
    """Let leave be revoked, and give the decision that did."""
    row, decision = cast.granted(), cast.decided(LATER)
    cast.step(row, "revoke", LATER, said=WHY, decision=decision)
    return fresh(row), decision


def levels(day: dt.date = LATER) -> list[tuple[Decimal | None, dt.date]]:
    return [(one.level, one.last_on) for one in in_force(CODE, day)]


class TestRevocation:
    def test_has_no_effect_while_a_challenge_of_it_runs(self, cast: Cast) -> None:
        row, decision = revoked(cast)
        told = [levels()]
        challenge = queried(cast, decision, LATER)
        told += [levels()]
        answered(cast, challenge, LATER, lets=False)
        told += [levels()]

        assert told == [[], [(Decimal(70), UNTIL)], []]
        assert suspended_by(row) is None

    def test_is_not_followed_by_the_note_while_it_is_suspended(self, cast: Cast) -> None:
        row, decision = revoked(cast)
        challenge = queried(cast, decision, LATER)

        with pytest.raises(UnableToMove, match=f"{challenge.reference} suspends"):
            cast.step(row, "close", LATER, said={"effect": "None."})

        assert suspended_by(row) == challenge.reference

    def test_stands_beside_figures_with_its_challenge_for_whom_it_may(self, cast: Cast) -> None:
        _, decision = revoked(cast)
        challenge = queried(cast, decision, LATER)
        on_query = {who: _noted(cast, who) for who in ("ada", "jo", "bo", "ben")}
        answered(cast, challenge, LATER, lets=False)
        does(challenge, "appeal", cast.ada, LATER, {"ground": "weight", "grounds": "It was not weighed."})
        on_appeal = {who: _noted(cast, who) for who in ("ada", "bo")}

        named = f"until 31 March 2022 while {challenge.reference} suspends the revocation under"
        assert all(named in on_query[who] for who in ("ada", "jo", "bo"))
        assert on_query["ben"] == ""
        assert named in on_appeal["ada"]
        assert "while a challenge suspends the revocation" in on_appeal["bo"]


class TestVariation:
    def test_leaves_what_was_granted_before_while_a_challenge_of_it_runs(self, cast: Cast) -> None:
        row, decision = cast.granted(), cast.decided(LATER)
        cast.vary(row, LATER, level=Decimal(80), decision=decision)
        told = [levels()]
        challenge = queried(cast, decision, LATER)
        told += [levels()]
        with pytest.raises(UnableToMove, match=f"{challenge.reference} suspends"):
            cast.extend(row, LATER, UNTIL + DAY)
        answered(cast, challenge, LATER, lets=True)
        told += [levels()]
        cast.extend(row, LATER, UNTIL + DAY)
        told += [levels()]

        before = [(Decimal(70), UNTIL)]
        assert told == [[(Decimal(80), UNTIL)], before, before, [(Decimal(70), UNTIL + DAY)]]

    def test_lets_no_note_be_written_while_it_is_suspended_and_the_leave_is_over(self, cast: Cast) -> None:
        row, decision = cast.granted(), cast.decided(LAST)
        cast.vary(row, LAST, level=Decimal(80), decision=decision)
        challenge = queried(cast, decision, LAST)
        over = UNTIL + DAY
        pass_due(at(over), over)

        with pytest.raises(UnableToMove, match=f"{challenge.reference} suspends"):
            cast.step(row, "close", over, said={"effect": "None."})

        assert stands(row, over) == "expired"


class TestWhatWasGranted:
    def test_goes_on_although_it_is_challenged(self, cast: Cast) -> None:
        row, decision = cast.assessed(), cast.decided()
        cast.grant(row, decision=decision)

        queried(cast, decision, LATER)

        assert levels() == [(Decimal(70), UNTIL)]
        assert stays_of_leave(CODE) == stays_seen(cast.jo) == {}


def _noted(cast: Cast, who: str) -> str:
    return " ".join(one.words for one in of_obligation(on(getattr(cast, who), LATER), OBLIGATION))
