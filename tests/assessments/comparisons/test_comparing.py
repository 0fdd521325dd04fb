import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

from tallystick.assessments.comparisons.comparing import (
    Bound,
    Candidate,
    OpenIssue,
    Selection,
    UnableToCompare,
    league,
    rating,
    selected,
)

ON = dt.date(2022, 3, 31)
WEIGHTS = {"high": Decimal(3), "medium": Decimal(2), "low": Decimal(1)}


def open_for(party: str, rated: str, days: int) -> OpenIssue:
    return OpenIssue(party, rated, ON - dt.timedelta(days=days))


class TestLeague:
    # Worked example T25: count and average age by rating, weighted and summed.
    def test_ranks_by_weighted_age(self) -> None:
        issues = [
            *(open_for("alderbrook", "high", days) for days in (1461, 1461 // 3)),
            open_for("brightwater", "low", 1461),
            open_for("cairn", "low", 1461),
        ]

        found = league(["alderbrook", "brightwater", "cairn", "dunmoor"], issues, WEIGHTS, ON)

        assert [(one.party, int(one.points), one.rank) for one in found] == [
            *(("dunmoor", 0, 1), ("brightwater", 4, 2), ("cairn", 4, 2), ("alderbrook", 16, 4))
        ]
        assert (found[3].count, found[3].age) == ({"high": 2}, {"high": Fraction(8, 3)})

    @pytest.mark.parametrize(
        "issue",
        [
            open_for("alderbrook", "grave", 1),
            open_for("eastmere", "low", 1),
            open_for("alderbrook", "low", -1),
        ],
    )
    def test_refuses_what_it_has_no_place_for(self, issue: OpenIssue) -> None:
        with pytest.raises(UnableToCompare, match="has no place here"):
            league(["alderbrook"], [issue], WEIGHTS, ON)


class TestRating:
    # Worked example T27: one of four for a year.
    BOUNDS = [
        Bound(f"rating {number}", Decimal(least)) for number, least in ((4, 0), (3, 90), (2, 96), (1, 99))
    ]

    @pytest.mark.parametrize(
        ("share", "earned"),
        [("100", 1), ("99", 1), ("98.99", 2), ("96", 2), ("90", 3), ("89.9", 4), ("0", 4)],
    )
    def test_is_that_of_the_highest_bound_reached(self, share: str, earned: int) -> None:
        assert rating(Decimal(share), self.BOUNDS) == f"rating {earned}"

    def test_is_none_under_the_lowest_bound(self) -> None:
        with pytest.raises(UnableToCompare, match="a bound of 0"):
            rating(Decimal(5), self.BOUNDS[1:])


class TestSelected:
    RULE = Selection({"half-hourly sites": 500, "other sites": 50_000}, frozenset({"meter operator"}))

    # Worked example T26: strictly more.
    @pytest.mark.parametrize(
        ("kind", "count", "is_selected"),
        [
            ("half-hourly sites", 500, False),
            ("half-hourly sites", 501, True),
            ("other sites", 50_000, False),
            ("other sites", 50_001, True),
        ],
    )
    def test_are_those_above_a_bound(self, kind: str, count: int, *, is_selected: bool) -> None:
        found = selected(self.RULE, [Candidate("alderbrook", {kind: count})])

        assert bool(found) == is_selected

    def test_are_told_every_reason(self) -> None:
        one = Candidate("cairn", {"half-hourly sites": 600}, frozenset({"meter operator"}), ("monitoring",))

        assert selected(self.RULE, [one]) == {
            "cairn": (
                "600 half-hourly sites, more than 500",
                "in the role of meter operator",
                "flagged by monitoring",
            )
        }
