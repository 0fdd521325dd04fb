import datetime as dt

import pytest
from pydantic import ValidationError

from tallystick.rulebook.coverage import coverage
from tallystick.rulebook.leagues import Leagues
from tallystick.rulebook.rulebook import Rulebook

FIRST, SECOND = dt.date(2021, 8, 6), dt.date(2022, 1, 1)


class TestLeagues:
    def test_are_those_in_force(self) -> None:
        known = Leagues.model_validate(
            {
                "values": {
                    FIRST.isoformat(): {"weights": {"high": "3"}, "source": "assumed"},
                    SECOND.isoformat(): {"weights": {"high": "5"}, "source": "assumed"},
                }
            }
        )

        weighed = [one and int(one.weights["high"]) for one in map(known.on_day, (FIRST, SECOND))]

        assert weighed == [3, 5]
        assert known.on_day(FIRST - dt.timedelta(days=1)) is None

    def test_weigh_no_less_than_nothing(self) -> None:
        with pytest.raises(ValidationError, match="weights"):
            Leagues.model_validate(
                {"values": {FIRST.isoformat(): {"weights": {"high": "-1"}, "source": "assumed"}}}
            )


class TestOfTheSec:
    def test_are_assumed_and_listed_as_such(self, sec: Rulebook) -> None:
        found = sec.league_on(FIRST)

        assert found is not None
        assert not found.verified
        unverified = {one.folder: one.statements for one in coverage(sec).unverified}
        assert unverified["league"] == ("weights from 2021-08-06",)
