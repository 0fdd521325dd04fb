from zoneinfo import ZoneInfo

import pytest

from tallystick.evidence.cells import Judged, instant, judged
from tallystick.evidence.civil_time import CivilTime
from tallystick.evidence.plan import ColumnPlan

CIVIL = CivilTime(ZoneInfo("Europe/London"))


class TestJudged:
    @pytest.mark.parametrize(
        ("kind", "text", "value"),
        [
            ("id", "007", "007"),
            ("id", "12E5", "12E5"),
            ("text", "A B", "A B"),
            ("count", "007", 7),
            ("day", "1970-01-02", 1),
            ("instant", "1970-01-01T00:00:01Z", 1_000_000),
        ],
    )
    def test_is_the_value_that_stands_there(self, kind: str, text: str, value: object) -> None:
        assert judged(text, ColumnPlan("c", kind), CIVIL) == Judged(value)  # type: ignore[arg-type]  # of any type

    def test_is_nothing_where_a_cell_may_be_empty(self) -> None:
        assert judged(None, ColumnPlan("c", "count", required=False), CIVIL) == Judged(None)

    def test_is_a_refusal_where_it_may_not(self) -> None:
        assert judged("", ColumnPlan("c", "count"), CIVIL).expected == "a value; the column may not be empty"

    def test_names_the_nearest_of_the_values(self) -> None:
        column = ColumnPlan("c", "enum", values=("success", "failure"))

        assert judged("sucess", column, CIVIL).expected == "one of success, failure; did you mean 'success'?"


class TestInstant:
    def test_in_the_hour_that_comes_twice_is_held_with_the_earlier_of_both(self) -> None:
        found = instant("2021-10-31T01:00:00", CIVIL)

        assert (found.state, found.value) == ("held", instant("2021-10-31T01:00:00+01:00", CIVIL).value)
