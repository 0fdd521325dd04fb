import datetime as dt
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tallystick.cases.effects import FEWEST_BEFORE, Effect, effect_of
from tallystick.cases.trajectory import Criterion, Reading, trajectory
from tallystick.rulebook.periods import Span

CRITERION = Criterion("AREA-B", Decimal(97), 3)
ACCEPTED = dt.date(2021, 9, 28)
SEPTEMBER = Span.parse("2021-09")


def effect(before: list[int | None], after: list[int | None]) -> Effect:
    """Return the effect of a remedy accepted in September, of months that each had 100 events."""
    readings = [Reading("2021-09", 50, 100)]
    for place, number in enumerate(reversed(before), 1):
        readings.append(Reading(str(SEPTEMBER.shifted(-place)), number, 100 if number is not None else 0))
    for place, number in enumerate(after, 1):
        readings.append(Reading(str(SEPTEMBER.shifted(place)), number, 100 if number is not None else 0))
    months = trajectory(CRITERION, readings, SEPTEMBER, SEPTEMBER.shifted(len(after)))
    return effect_of("CASE-1", CRITERION, ACCEPTED, months)


class TestEffect:
    def test_is_real_where_the_months_after_leave_the_limits_of_those_before(self) -> None:
        found = effect([85, 86, 85, 86, 85, 86, 85, 86], [98, 98, 99, 98])

        assert (found.verdict.variation, found.verdict.rule_set) == ("improving", "2021.1")
        assert (found.before.reached, len(found.before.months)) == (0, 8)
        assert (found.after.reached, len(found.after.months)) == (4, 4)
        assert found.before.share == Fraction(684, 800)
        assert found.words.startswith("Yes, it has improved")

    def test_is_none_where_the_process_moves_as_it_did(self) -> None:
        found = effect([80, 90, 80, 90, 80, 90, 80, 90], [80, 90, 80, 90])

        assert found.verdict.variation == "common"
        assert found.words.startswith("No:")

    def test_is_not_told_from_too_few_months(self) -> None:
        short_before, short_in_all = effect([85] * 5, [98] * 12), effect([85] * 6, [98] * 5)

        assert not short_before.is_told
        assert short_before.words.startswith("Too few months to tell: 5 before and 12 after.")
        assert not short_in_all.is_told
        assert effect([85] * FEWEST_BEFORE, [98] * 6).is_told
        assert not effect([85] * 14, []).is_told

    def test_leaves_out_the_month_of_the_acceptance_and_those_without_events(self) -> None:
        found = effect([85, None, 87], [98])

        assert [one.period for one in found.before.months] == ["2021-06", "2021-08"]
        assert [one.period for one in found.after.months] == ["2021-10"]
        assert found.silent == 1

    def test_has_no_share_without_months(self) -> None:
        assert effect([], []).before.share is None

    @given(st.lists(st.integers(0, 100) | st.none(), max_size=14), st.lists(st.integers(0, 100), max_size=14))
    def test_counts_as_a_reader_would(self, before: list[int | None], after: list[int]) -> None:
        found = effect(before, list(after))

        told = [one for one in before if one is not None]
        assert len(found.before.months) == len(told)
        assert found.before.reached == sum(one >= 97 for one in told)
        assert found.after.reached == sum(one >= 97 for one in after)
        assert found.after.numerator == (sum(after) if after else None)
