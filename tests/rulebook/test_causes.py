import datetime as dt

import pytest
from pydantic import ValidationError

from tallystick.rulebook.causes import Causes
from tallystick.rulebook.coverage import coverage
from tallystick.rulebook.rulebook import Rulebook

FIRST, SECOND = dt.date(2021, 8, 6), dt.date(2022, 1, 1)
LATE = {"title": "Reported late", "about": "reporting"}
HARM = {"title": "Consumers were harmed", "about": "harm"}


def lists() -> Causes:
    return Causes.model_validate(
        {
            "values": {
                FIRST.isoformat(): {"kinds": {"late": LATE}, "source": "assumed"},
                SECOND.isoformat(): {"kinds": {"late": LATE, "harm": HARM}, "source": "assumed"},
            }
        }
    )


class TestCauses:
    def test_are_those_of_the_list_in_force(self) -> None:
        known = lists()

        assert [one and set(one.kinds) for one in map(known.on_day, (FIRST, SECOND))] == [
            {"late"},
            {"late", "harm"},
        ]
        assert known.on_day(FIRST - dt.timedelta(days=1)) is None

    def test_that_are_assumed_are_not_verified(self) -> None:
        assert not any(one.verified for one in lists().values.values())

    def test_are_about_reporting_or_harm_or_neither(self) -> None:
        with pytest.raises(ValidationError, match="about"):
            Causes.model_validate(
                {
                    "values": {
                        FIRST.isoformat(): {"kinds": {"late": {**LATE, "about": "luck"}}, "source": "S0"}
                    }
                }
            )


class TestOfTheCode:
    def test_keep_reporting_apart_from_harm(self, sec: Rulebook) -> None:
        about = {one.about for one in sec.causes_on(SECOND).values()}

        assert about == {"reporting", "harm", "other"}
        assert sec.causes_on(dt.date(2018, 1, 1)) == {}

    def test_are_told_as_unverified(self, sec: Rulebook) -> None:
        told = {one.folder: one.statements for one in coverage(sec).unverified}

        assert told["causes"] == ("kinds from 2021-08-06",)
