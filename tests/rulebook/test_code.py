import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from tallystick.rulebook.code import CalendarText, ClauseText, Code

CODE: dict[str, Any] = {
    "key": "sec",
    "title": "Smart Energy Code",
    "short": "SEC",
    "time_zone": "Europe/London",
    "calendar": "england_wales",
}
CALENDAR: dict[str, Any] = {
    "key": "england_wales",
    "title": "England and Wales",
    "clause": ["A1"],
    "first": "2021-01-01",
    "last": "2021-12-31",
    "source": "S1",
}


class TestCode:
    def test_tells_what_a_budget_provides_and_what_levels_of_assurance_mean(self) -> None:
        told = {"source": "S0", "verified": "no"}
        code = Code.model_validate(
            {
                **CODE,
                "provisions": [{"title": "the provision", "amount": "67500", **told}],
                "assurance_levels": {"basic": {"title": "Basic", "share": "0.20", **told}},
            }
        )

        assert code.provisions[0].amount == Decimal(67500)
        assert code.assurance_levels["basic"].share == Decimal("0.20")

    def test_takes_no_share_above_the_whole(self) -> None:
        level = {"title": "Too high", "share": "1.2", "source": "S0"}

        with pytest.raises(ValidationError):
            Code.model_validate({**CODE, "assurance_levels": {"high": level}})

    def test_knows_its_zone(self) -> None:
        noon = dt.datetime(2021, 7, 1, 12, tzinfo=Code.model_validate(CODE).zone)

        assert noon.utcoffset() == dt.timedelta(hours=1)

    @pytest.mark.parametrize("zone", ["Europe/Londn", "", "../etc/passwd", "GMT+25"])
    def test_refuses_a_zone_that_nobody_keeps(self, zone: str) -> None:
        with pytest.raises(ValidationError, match="no time zone is called"):
            Code.model_validate({**CODE, "time_zone": zone})


class TestClauseText:
    def test_asks_something_of_somebody_unless_it_says_otherwise(self) -> None:
        clause = {"clause": "H13.4", "heading": "Report", "source": "S1"}

        assert ClauseText.model_validate(clause).operational
        assert not ClauseText.model_validate({**clause, "operational": "no"}).operational


class TestCalendarText:
    def test_names_its_days_off(self) -> None:
        calendar = CalendarText.model_validate({**CALENDAR, "days_off": {"2021-08-30": "Bank holiday"}})

        assert calendar.days() == {dt.date(2021, 8, 30)}

    @pytest.mark.parametrize("edge", ["2021-01-01", "2021-12-31"])
    def test_covers_its_first_and_its_last_day(self, edge: str) -> None:
        assert CalendarText.model_validate({**CALENDAR, "days_off": {edge: "A day off"}}).days()

    @pytest.mark.parametrize(
        ("changes", "what"),
        [
            ({"last": "2020-12-31"}, "the calendar's first day is after its last"),
            (
                {"days_off": {"2022-01-01": "New Year's Day"}},
                "the day off 2022-01-01 lies outside 2021-01-01",
            ),
            ({"days_off": {"2020-12-31": "Hogmanay"}}, "the day off 2020-12-31 lies outside"),
        ],
    )
    def test_refuses_days_it_does_not_cover(self, changes: dict[str, Any], what: str) -> None:
        with pytest.raises(ValidationError, match=what):
            CalendarText.model_validate({**CALENDAR, **changes})
