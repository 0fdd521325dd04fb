import datetime as dt
from decimal import Decimal

from tallystick.assessments.reports.effects import Effect, Judged, Month, effect_of

SINCE, UNTIL = dt.date(2021, 7, 12), dt.date(2021, 12, 31)
JUDGED = Judged("AREA-B", "Hubs of the variant their area needs", Decimal(99), "up")


def months(before: list[int], after: list[int], at: int = 500) -> list[Month]:
    """Return months with so many of a thousand, up to June and from August on, and July between them."""
    first = 7 - len(before)
    early = [Month(f"2021-{first + place:02}", one, 1000) for place, one in enumerate(before)]
    late = [Month(f"2021-{8 + place:02}", one, 1000) for place, one in enumerate(after)]
    return [*early, Month("2021-07", at, 1000), *late]


def effect(*told: Month) -> Effect:
    return effect_of(JUDGED, SINCE, UNTIL, told)


class TestEffects:
    def test_leave_out_the_month_in_which_it_began(self) -> None:
        found = effect(*months([900, 910], [950]))

        assert [one.period for one in found.before.months] == ["2021-05", "2021-06"]
        assert [one.period for one in found.after.months] == ["2021-08"]
        assert (found.before.numerator, found.before.denominator) == (1810, 2000)
        assert found.after.share == Decimal("0.95")

    def test_say_that_there_are_too_few_months(self) -> None:
        found = effect(*months([900, 910], [950]))

        assert not found.is_told
        assert found.words.startswith("Too few months to tell: 2 before and 1 after.")

    def test_are_real_where_a_cause_is_special(self) -> None:
        found = effect(
            *months([900, 904, 902, 901, 903, 900], [960, 961, 962, 963, 960, 961]), *years_before()
        )

        assert found.is_told
        assert found.words.startswith("Yes, it has improved")

    def test_are_none_where_it_moves_as_always(self) -> None:
        told = months([900, 904, 902, 901, 903, 900], [901, 903, 902, 900, 904])

        assert effect(*years_before(), *told).words.startswith("No: since")

    def test_end_with_the_account_and_count_what_had_no_share(self) -> None:
        empty = Month("2021-09", 0, 0)
        later = Month("2022-01", 990, 1000)

        found = effect(*months([900], [950]), empty, later)

        assert (len(found.after.months), found.silent) == (1, 1)

    def test_reach_back_two_years_and_no_further(self) -> None:
        old = [Month("2019-06", 1, 1000), Month("2019-07", 2, 1000)]

        found = effect(*old, *months([900], []))

        assert [one.period for one in found.before.months] == ["2019-07", "2021-06"]


def years_before() -> list[Month]:
    return [Month(f"2020-{month:02}", 900 + month % 5, 1000) for month in range(7, 13)]
