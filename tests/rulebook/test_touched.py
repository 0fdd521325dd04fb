import pytest

from tallystick.rulebook.touched import touched
from tests.rulebook.conftest import Folder


class TestTouched:
    @pytest.mark.parametrize(
        ("folder", "key", "measures"),
        [
            ("measures", "REPLY-1", {"REPLY", "REPLY-1"}),
            ("measures", "REPLY", {"REPLY"}),
            ("measures", "gone", set()),
            ("levels", "REPLY-1", {"REPLY-1"}),
            ("levels", "gone", set()),
            ("streams", "requests", {"REPLY", "REPLY-1", "REPLY-2"}),
            ("parameters", "reply_time", {"REPLY", "REPLY-1"}),
            ("obligations", "OBL-REPLY", {"REPLY", "REPLY-1", "REPLY-2"}),
            ("obligations", "RPT-MONTH", set()),
            ("calendars", "weekdays", set()),
            ("clauses", "C7.2", set()),
            ("code", "small", set()),
        ],
    )
    def test_is_what_rests_on_it_and_what_that_rolls_up_into(
        self, small: Folder, folder: str, key: str, measures: set[str]
    ) -> None:
        assert touched(small.rulebook, folder, key) == measures

    @pytest.mark.parametrize("calendar", ["weekdays", "both"])
    def test_is_what_counts_working_days_by_a_calendar_or_one_it_unites(
        self, small: Folder, calendar: str
    ) -> None:
        small.rewrite("parameters/reply_time.yaml", "unit: hour", "unit: working_day")
        both = "key: both\ntitle: Both\nunites: [weekdays]"
        small.write(
            "calendars/both.yaml",
            small.read("calendars/weekdays.yaml", "key: weekdays\ntitle: Weekdays", both),
        )
        small.rewrite("code.yaml", "calendar: weekdays", "calendar: both")

        assert touched(small.rulebook, "calendars", calendar) == {"REPLY", "REPLY-1"}

    def test_is_everything_where_the_code_counts_by_another_calendar(self, small: Folder) -> None:
        everything = {"REPLY", "REPLY-1", "REPLY-2"}

        assert touched(small.rulebook, "code", "small", "calendar") == everything
        assert touched(small.rulebook, "code", "small", "title") == set()
