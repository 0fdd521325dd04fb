import datetime as dt
from decimal import Decimal

import pytest

from tallystick.derogations import queries
from tallystick.derogations.queries import in_force, in_force_seen, not_pursued_on
from tallystick.parties.policy.guard import guarded
from tallystick.rulebook.periods import Span
from tests.cases.promised import asked as a_case
from tests.derogations.cast import ASKED, CODE, FORECASTS, REVIEW, UNTIL, Cast, decided_on_nobody, on
from tests.derogations.worked import GRANTED, close, finish, granted_until_done

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
DONE = dt.date(2021, 11, 10)


class TestInForce:
    @pytest.mark.parametrize(("day", "stands"), [(ASKED - DAY, 0), (ASKED, 1), (UNTIL, 1), (UNTIL + DAY, 0)])
    def test_is_what_stands_on_the_day(self, cast: Cast, day: dt.date, stands: int) -> None:
        cast.granted()

        assert len(in_force(CODE, day)) == stands

    @pytest.mark.parametrize(
        ("period", "stands"), [("2021-09", 0), ("2021-10", 1), ("2022-03", 1), ("2022-04", 0)]
    )
    def test_is_what_stands_throughout_the_month(self, cast: Cast, period: str, stands: int) -> None:
        cast.granted()

        assert len(in_force(CODE, Span.parse(period))) == stands

    def test_tells_of_the_level_and_the_state_at_it(self, cast: Cast) -> None:
        row = cast.granted()

        [one] = in_force(CODE, Span.parse("2021-10"))

        assert (one.derogation, one.level, one.last_on) == (row, Decimal(70), UNTIL)
        assert one.state_of("below_minimum", 71, 100) == "met"
        assert one.state_of("below_minimum", 69, 100) == "below_minimum"
        assert one.covers("AREA-B", "OBL-AREA-B", cast.alfa.pk)
        assert not one.covers("AREA-B", "OBL-AREA-B", cast.brvo.pk)
        assert not one.covers("AREA-A", "OBL-AREA-A", cast.alfa.pk)
        assert not one.covers("AREA-B", "OBL-AREA-B", None)

    def test_is_nothing_that_was_not_granted(self, cast: Cast) -> None:
        cast.assessed()

        assert in_force(CODE, ASKED) == ()

    def test_is_nothing_any_more_from_the_day_it_is_revoked(self, cast: Cast) -> None:
        row = cast.granted()
        day = dt.date(2021, 10, 4)
        cast.step(row, "revoke", day, said={"reasons": "No report"}, decision=cast.decided(day))

        assert [len(in_force(CODE, one)) for one in (day - DAY, day)] == [1, 0]

    def test_ends_with_the_work_before_anybody_has_written_it_down(self) -> None:
        made = a_case()
        granted_until_done(made)
        finish(made, DONE)
        close(made, DONE + DAY)

        [one] = in_force("sec", DONE)

        assert one.last_on == DONE
        assert in_force("sec", DONE + DAY) == ()
        assert in_force("sec", Span.parse("2021-11")) == ()
        assert len(in_force("sec", Span.parse("2021-10"))) == 1
        assert in_force("sec", GRANTED - DAY) == ()


class TestInForceSeen:
    def test_is_what_somebody_may_read(self, cast: Cast) -> None:
        cast.granted()

        with guarded():
            seen = {
                name: len(in_force_seen(getattr(cast, name), ASKED))
                for name in ("ada", "ben", "jo", "hal", "pat", "aud", "obs")
            }

        assert seen == {"ada": 1, "ben": 0, "jo": 1, "hal": 1, "pat": 0, "aud": 1, "obs": 1}


class TestNotPursued:
    def test_is_so_between_its_days(self, cast: Cast) -> None:
        row = cast.forborne()
        ends = dt.date(2021, 12, 6)
        before = not_pursued_on(cast.ben, FORECASTS, ASKED - DAY, ASKED - DAY)
        on_the_day = not_pursued_on(cast.ben, FORECASTS, ASKED, ASKED)
        past_review = not_pursued_on(on(cast.ben, REVIEW + DAY), FORECASTS, REVIEW + DAY, REVIEW + DAY)
        cast.forbear(row, "end", ends)

        assert (before, on_the_day, past_review) == ([], [row], [row])
        assert not_pursued_on(cast.ben, FORECASTS, ends - DAY, ends) == [row]
        assert not_pursued_on(cast.ben, FORECASTS, ends, ends + DAY) == []
        assert not_pursued_on(cast.ben, "OBL-AREA-B", ASKED, ASKED) == []


class TestOffers:
    def test_wait_for_a_decision_of_the_body(self, cast: Cast) -> None:
        row = cast.assessed()
        before = queries.offers_for(cast.sam, row)
        cast.decided()

        after = queries.offers_for(cast.sam, row)

        assert [one.move for one in before[0]] == []
        assert [one.move for one in before[1]] == ["grant", "refuse"]
        assert [one.move for one in after[0]] == ["grant"]
        assert queries.offers_for(cast.pat, row) == ([], [])

    def test_of_its_party_are_to_submit_and_to_withdraw(self, cast: Cast) -> None:
        now, later = queries.offers_for(cast.ada, cast.drafted())

        assert ([one.move for one in now], later) == (["submit", "withdraw"], [])

    def test_of_forbearance_follow_a_decision_about_no_party(self, cast: Cast) -> None:
        row = cast.proposed()
        cast.of.decided(cast.panel, ASKED)
        about_a_party = queries.offers_for(cast.sam, row)[0]

        decided_on_nobody(cast.of, cast.panel, ASKED)

        assert [one.move for one in about_a_party] == ["withdraw"]
        assert [one.move for one in queries.offers_for(cast.sam, row)[0]] == ["decide", "withdraw"]
