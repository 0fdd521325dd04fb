import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from tallystick.derogations.operations.granting import UnableToGrantDerogation
from tallystick.processes.operations.carrying import UnableToTakeStep
from tallystick.processes.wishes import UnableToMove
from tests.derogations.cast import ASKED, UNTIL, Cast, acts, fresh, on, stands

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
LATER = dt.date(2021, 10, 4)
LONGER = dt.date(2022, 6, 30)


class TestGrantDerogation:
    def test_puts_it_into_force_until_the_day_that_is_stated(self, cast: Cast) -> None:
        row = cast.assessed()

        term = cast.grant(row, until_on=UNTIL)

        assert (stands(row), fresh(row).body) == ("active", cast.pab)
        assert (term.number, term.from_on, term.until_on, term.level) == (1, ASKED, UNTIL, Decimal(70))
        assert term.conditions == "Report each month."
        assert row.course.timers.get(clock="term", ended_on=None).due_on == UNTIL
        assert acts()[-1] == "grant_derogation"

    def test_begins_no_earlier_than_it_was_asked_for(self, cast: Cast) -> None:
        first = dt.date(2021, 11, 1)

        assert cast.grant(cast.assessed(from_on=first)).from_on == first

    def test_is_done_once(self, cast: Cast) -> None:
        row, decision = cast.assessed(), cast.decided()

        first = cast.grant(row, decision=decision, key="one")

        assert cast.grant(row, decision=decision, key="one") == first
        assert acts().count("grant_derogation") == 1
        with pytest.raises(UnableToGrantDerogation, match="another step"):
            cast.grant(row, decision=decision, key="one", until_on=LONGER)

    def test_carries_out_what_the_pab_decided_since_it_was_assessed(self, cast: Cast) -> None:
        before = cast.decided()
        row = cast.assessed(LATER)

        for reference in (before, "", cast.decided(LATER, verb="REJECTED")):
            with pytest.raises(UnableToTakeStep):
                cast.grant(row, LATER, decision=reference or " ")

    def test_is_not_for_the_chair_of_another_body(self, cast: Cast) -> None:
        with pytest.raises(UnableToTakeStep, match="its own chair"):
            cast.grant(cast.assessed(), by=cast.pat)

    @pytest.mark.parametrize(
        ("told", "why"),
        [
            ({"until_on": None}, "has a last day"),
            ({"until_on": dt.date(2099, 1, 1)}, "as far as days"),
            ({"level": Decimal(98)}, "lower level"),
        ],
    )
    def test_is_stopped_where_its_end_or_level_cannot_be(
        self, cast: Cast, told: dict[str, Any], why: str
    ) -> None:
        row = cast.assessed()

        with pytest.raises(UnableToGrantDerogation, match=why):
            cast.grant(row, **told)

        assert stands(row) == "assessed"

    @pytest.mark.parametrize("until", [ASKED - DAY, ASKED])
    def test_has_to_end_on_a_day_that_lies_ahead(self, cast: Cast, until: dt.date) -> None:
        with pytest.raises(UnableToMove):
            cast.grant(cast.assessed(), until_on=until)

    def test_would_not_end_before_it_begins(self, cast: Cast) -> None:
        row = cast.assessed(from_on=dt.date(2021, 11, 1))

        with pytest.raises(UnableToGrantDerogation, match="would end before"):
            cast.grant(row, until_on=LATER)


class TestVaryDerogation:
    def test_changes_level_and_conditions_and_leaves_the_last_day(self, cast: Cast) -> None:
        row = cast.granted()

        term = cast.vary(row, LATER, words="Report each week.", level=Decimal(80))

        assert (term.number, term.from_on, term.until_on, term.level) == (2, LATER, UNTIL, Decimal(80))
        assert [one.conditions for one in row.terms.order_by("number")] == [
            "Report each month.",
            "Report each week.",
        ]
        assert acts()[-1] == "vary_derogation"

    def test_states_no_last_day(self, cast: Cast) -> None:
        with pytest.raises(UnableToGrantDerogation, match="Extend it instead"):
            cast.vary(cast.granted(), LATER, until_on=LONGER)

    def test_is_done_once(self, cast: Cast) -> None:
        row, decision = cast.granted(), cast.decided(LATER)

        assert cast.vary(row, LATER, decision=decision, key="one") == cast.vary(
            row, LATER, decision=decision, key="one"
        )


class TestExtendDerogation:
    def test_lets_it_stand_longer_by_a_decision_of_its_own(self, cast: Cast) -> None:
        row = cast.granted()
        first = row.course.carried_out.get().decision

        assert first is not None
        with pytest.raises(UnableToTakeStep):
            cast.extend(row, LATER, LONGER, decision=first.reference)
        term = cast.extend(row, LATER, LONGER)

        assert (term.number, term.from_on, term.until_on, term.level) == (2, LATER, LONGER, Decimal(70))
        assert term.conditions == "Report each month."
        assert row.course.timers.get(clock="term", ended_on=None).due_on == LONGER
        assert acts()[-1] == "extend_derogation"

    @pytest.mark.parametrize("until", [UNTIL, UNTIL - DAY])
    def test_has_a_later_last_day(self, cast: Cast, until: dt.date) -> None:
        with pytest.raises(UnableToGrantDerogation, match="State a later day"):
            cast.extend(cast.granted(), LATER, until)

    def test_comes_too_late_on_the_day_after_its_last(self, cast: Cast) -> None:
        row = cast.granted()

        with pytest.raises(UnableToTakeStep, match="Nothing prolongs it"):
            cast.extend(row, UNTIL + DAY, LONGER)
        cast.extend(row, UNTIL, LONGER)

        assert stands(row, UNTIL + DAY) == "active"

    def test_is_not_for_its_party(self, cast: Cast) -> None:
        with pytest.raises((UnableToMove, UnableToTakeStep)):
            cast.extend(cast.granted(), LATER, LONGER, by=on(cast.ada, LATER))
