import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

from tallystick.assessments.comparisons.comparing import (
    Bound,
    OpenIssue,
    Tally,
    UnableToCompare,
    league,
    points,
    rating,
    tallied,
)

ON = dt.date(2022, 3, 31)
WEIGHTS = {"high": Decimal(3), "medium": Decimal(2), "low": Decimal(1)}


def open_for(party: str, severity: str, days: int) -> OpenIssue:
    return OpenIssue(party, severity, ON - dt.timedelta(days=days))


class TestLeague:
    # Worked example T25: count and average age by severity, weighted and summed.
    def test_ranks_by_weighted_age(self) -> None:
        issues = [
            *(open_for("alderbrook", "high", days) for days in (1461, 1461 // 3)),
            open_for("brightwater", "low", 1461),
            open_for("cairn", "low", 1461),
        ]
        told = tallied(["alderbrook", "brightwater", "cairn", "dunmoor"], issues, WEIGHTS, ON)

        found = league(told, WEIGHTS)

        assert [(one.party, int(one.points), one.rank) for one in found] == [
            *(("dunmoor", 0, 1), ("brightwater", 4, 2), ("cairn", 4, 2), ("alderbrook", 16, 4))
        ]
        worst = found[3].tallies["high"]
        assert (worst.count, worst.age) == (2, Fraction(8, 3))


class TestTallied:
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
            tallied(["alderbrook"], [issue], WEIGHTS, ON)


class TestPoints:
    def test_are_none_of_nothing(self) -> None:
        assert points({}, WEIGHTS) == points({"high": Tally(0, 0)}, WEIGHTS) == 0

    def test_are_refused_of_a_severity_without_a_weight(self) -> None:
        with pytest.raises(UnableToCompare, match="'grave' has no weight"):
            points({"grave": Tally(1, 1)}, WEIGHTS)


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
