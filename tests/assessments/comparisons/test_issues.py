import datetime as dt
from typing import Any

import pytest

from tallystick.assessments.comparisons.comparing import Tally
from tallystick.assessments.comparisons.issues import in_words, open_in, read, weights_on, written
from tests.assessments import league
from tests.assessments.market import CATEGORY, CODE, DRAFTED, Market

ORDER = ("severe", "serious", "moderate", "minor")


class TestOpenIn:
    @pytest.mark.django_db
    def test_has_every_party_of_the_category_by_its_owner(self, market: Market, settings: Any) -> None:
        settings.OPEN_ISSUES = league.TOLD_BY

        found = {one.party.slug: one for one in open_in(market.jo, CATEGORY, DRAFTED)}

        assert found["supplier-d"].tallies == {"moderate": Tally(2, 80)}
        assert found["supplier-n"].tallies == {}
        assert found["alfa"].owner != found["brvo"].owner


class TestWeightsOn:
    def test_are_the_rulebooks_the_heaviest_first(self) -> None:
        assert tuple(weights_on(CODE, DRAFTED)) == ORDER
        assert weights_on(CODE, dt.date(2020, 1, 1)) == {}


class TestInWords:
    @pytest.mark.parametrize(
        ("tallies", "said"),
        [
            ({}, "Nothing open"),
            ({"minor": Tally(1, 1)}, "1 minor, 1 day"),
            (
                {"minor": Tally(2, 5), "severe": Tally(1, 365)},
                "1 severe, 365 days; 2 minor, 3 days on average",
            ),
            ({"serious": Tally(3, 3 * 1461)}, "3 serious, 4.0 years on average"),
        ],
    )
    def test_says_how_many_and_how_old(self, tallies: dict[str, Tally], said: str) -> None:
        assert in_words(written(tallies), ORDER) == said


class TestRead:
    def test_takes_back_what_was_written(self) -> None:
        tallies = {"minor": Tally(2, 5)}

        assert read(written({**tallies, "severe": Tally(0, 0)})) == tallies
