import datetime as dt
from decimal import Decimal

import pytest

from tallystick.derogations.effect import Granted, granted_on, granted_over, is_weaker, state_under
from tallystick.rulebook.periods import Span

FIRST, LAST = dt.date(2021, 9, 6), dt.date(2022, 3, 31)
DAY = dt.timedelta(days=1)
TERM = Granted(1, FIRST, LAST, "Report each month.", Decimal(70))
MARCH, APRIL = Span.parse("2022-03"), Span.parse("2022-04")


def term(number: int, first: dt.date, last: dt.date, level: str | None) -> Granted:
    return Granted(number, first, last, "Report.", None if level is None else Decimal(level))


class TestGrantedOn:
    @pytest.mark.parametrize(
        ("day", "stands"), [(FIRST - DAY, False), (FIRST, True), (LAST, True), (LAST + DAY, False)]
    )
    def test_holds_on_both_its_days_and_on_none_beyond(self, day: dt.date, *, stands: bool) -> None:
        assert (granted_on([TERM], None, day) is not None) is stands

    def test_ends_with_the_day_its_work_was_done(self) -> None:
        done = dt.date(2022, 2, 10)

        assert granted_on([TERM], done, done) == TERM
        assert granted_on([TERM], done, done + DAY) is None

    def test_goes_by_what_was_granted_last(self) -> None:
        varied = term(2, dt.date(2021, 11, 1), LAST, "80")

        assert granted_on([varied, TERM], None, dt.date(2021, 10, 31)) == TERM
        assert granted_on([TERM, varied], None, dt.date(2021, 11, 1)) == varied


class TestGrantedOver:
    def test_covers_a_month_it_stands_throughout(self) -> None:
        assert granted_over([TERM], None, MARCH) == TERM
        assert granted_over([TERM], None, APRIL) is None

    def test_covers_no_month_in_part(self) -> None:
        assert granted_over([TERM], None, Span.parse("2021-09")) is None
        assert granted_over([TERM], MARCH.last - DAY, MARCH) is None

    def test_takes_the_strictest_level_of_the_month(self) -> None:
        eased = term(2, dt.date(2022, 3, 10), LAST, "60")

        up, down = (granted_over([TERM, eased], None, MARCH, way) for way in ("up", "down"))

        assert up is not None
        assert down is not None
        assert (up.number, up.level, down.level) == (2, Decimal(70), Decimal(60))

    def test_has_no_level_where_a_term_has_none(self) -> None:
        found = granted_over([TERM, term(2, dt.date(2022, 3, 10), LAST, None)], None, MARCH)

        assert found is not None
        assert found.level is None


class TestStateUnder:
    @pytest.mark.parametrize(
        ("numerator", "state"), [(71, "met"), (70, "met"), (69, "below_minimum"), (None, "below_minimum")]
    )
    def test_is_met_where_the_share_reaches_what_is_allowed(self, numerator: int | None, state: str) -> None:
        assert state_under("below_minimum", (numerator, 100), Decimal(70)) == state

    def test_compares_before_rounding(self) -> None:
        assert state_under("below_minimum", (6_999_999, 10_000_000), Decimal(70)) == "below_minimum"

    def test_goes_the_other_way_where_less_is_better(self) -> None:
        assert state_under("below_target", (8, 100), Decimal(10), "down") == "met"
        assert state_under("below_target", (11, 100), Decimal(10), "down") == "below_target"

    @pytest.mark.parametrize("state", ["no_events", "not_reported"])
    def test_is_as_it_was_where_there_is_no_share(self, state: str) -> None:
        assert state_under(state, (0, 0), Decimal(70)) == state
        assert state_under(state, (None, None), Decimal(70)) == state

    def test_is_as_it_was_where_words_alone_were_granted(self) -> None:
        assert state_under("below_target", (71, 100), None) == "below_target"


class TestWeaker:
    def test_is_what_asks_for_less(self) -> None:
        assert is_weaker(Decimal(70), Decimal(97))
        assert not is_weaker(Decimal(97), Decimal(97))
        assert is_weaker(Decimal(20), Decimal(10), "down")
        assert not is_weaker(Decimal(5), Decimal(10), "down")
