"""A derogation goes back where what revoked or refused it was changed."""

import datetime as dt

import pytest

from tallystick.derogations.operations.clocks import pass_due
from tallystick.derogations.queries import in_force
from tests.derogations.cast import CODE, UNTIL, Cast, acts, at, fresh, stands
from tests.derogations.challenged import answered, queried
from tests.derogations.test_suspensions import LATER, WHY, levels, revoked

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


class TestARevocationThatWasChanged:
    def test_leaves_leave_in_force_as_before(self, cast: Cast) -> None:
        row, decision = revoked(cast)

        answered(cast, queried(cast, decision, LATER), LATER, lets=True)

        row = fresh(row)
        assert (stands(row, LATER), row.last_on) == ("active", None)
        assert [last for _, last in levels()] == [UNTIL]
        assert acts()[-1] == "return_derogation"
        pass_due(at(UNTIL + DAY), UNTIL + DAY)
        assert (stands(row, UNTIL + DAY), fresh(row).last_on) == ("expired", UNTIL)

    def test_lets_it_have_stood_until_its_last_day_where_that_is_over(self, cast: Cast) -> None:
        row, decision = revoked(cast)
        challenge = queried(cast, decision, LATER)

        answered(cast, challenge, UNTIL + DAY, lets=True)

        row = fresh(row)
        assert (stands(row, UNTIL + DAY), row.last_on) == ("revoked", UNTIL)
        assert len(in_force(CODE, UNTIL)) == 1
        assert acts()[-1] == "return_derogation"

    def test_goes_back_once_and_may_be_revoked_anew(self, cast: Cast) -> None:
        row, decision = revoked(cast)
        answered(cast, queried(cast, decision, LATER), LATER, lets=True)

        cast.step(fresh(row), "revoke", LATER + DAY, said=WHY, decision=cast.decided(LATER + DAY))

        assert (stands(row, LATER + DAY), fresh(row).last_on) == ("revoked", LATER)
        assert levels(LATER + DAY) == []


class TestARefusalThatWasChanged:
    def test_goes_back_to_before_the_body(self, cast: Cast) -> None:
        row, decision = cast.assessed(), cast.decided(LATER, verb="REJECTED")
        cast.step(row, "refuse", LATER, said=WHY, decision=decision)
        challenge = queried(cast, decision, LATER)

        answered(cast, challenge, LATER, lets=True)
        cast.grant(fresh(row), LATER + DAY)

        assert (stands(row, LATER + DAY), row.last_on) == ("active", None)
        assert levels(LATER + DAY) != []

    def test_is_closed_by_the_office_where_it_stands(self, cast: Cast) -> None:
        row, decision = cast.assessed(), cast.decided(LATER, verb="REJECTED")
        cast.step(row, "refuse", LATER, said=WHY, decision=decision)

        cast.step(row, "let_refusal_stand", LATER + DAY, by=cast.jo)

        row = fresh(row)
        assert (stands(row, LATER + DAY), row.publicity, row.ended_at) == (
            "refusal_stands",
            "closed",
            at(LATER + DAY, 14),
        )


class TestAVariationThatWasChanged:
    def test_leaves_it_where_it_stands(self, cast: Cast) -> None:
        row, decision = cast.granted(), cast.decided(LATER)
        cast.vary(row, LATER, decision=decision)

        answered(cast, queried(cast, decision, LATER), LATER, lets=True)

        assert stands(row, LATER) == "active"
        assert "return_derogation" in acts()
