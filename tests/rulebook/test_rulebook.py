import datetime as dt

import pytest

from tallystick.rulebook.due import Due
from tallystick.rulebook.periods import Span
from tallystick.rulebook.rulebook import Rulebook
from tallystick.rulebook.working_days import OutsideCalendar
from tests.rulebook.conftest import Folder

REPORT = "obligations/RPT-MONTH.yaml"
DUE = "{count: 25, unit: working_day, from: period_end}"
SCOTLAND = """\
key: scotland
title: Scotland
clause: [C7.2]
first: 2020-01-01
last: 2023-12-31
source: S1
days_off:
  2021-08-02: Summer Bank Holiday
"""
BOTH = """\
key: both
title: Both
clause: [C7.2]
first: 2020-01-01
last: 2030-12-31
source: S1
unites: [weekdays, scotland]
days_off:
  2021-09-01: A day of its own
"""


def due_on(small: Folder, rule: str, period: str = "2021-07") -> dt.date | None:
    small.rewrite(REPORT, DUE, rule)
    rulebook = small.rulebook
    return rulebook.due_on(rulebook.obligations["RPT-MONTH"], Span.parse(period))


class TestCalendar:
    def test_is_the_code_s_own_unless_another_is_named(self, small: Folder) -> None:
        small.write("calendars/scotland.yaml", SCOTLAND)
        rulebook = small.rulebook

        assert rulebook.calendar().key == "weekdays"
        assert rulebook.calendar("scotland").key == "scotland"

    def test_that_unites_others_rests_on_their_days_and_its_own(self, small: Folder) -> None:
        small.write("calendars/scotland.yaml", SCOTLAND)
        small.write("calendars/both.yaml", BOTH)

        both = small.rulebook.calendar("both")

        assert both.days_off == {dt.date(2021, 8, 2), dt.date(2021, 8, 30), dt.date(2021, 9, 1)}
        assert (both.title, both.last) == ("Both", dt.date(2022, 12, 31))


class TestLevelOn:
    def test_is_nothing_before_the_first_and_for_a_measure_without_levels(self, small: Folder) -> None:
        rulebook = small.rulebook

        assert rulebook.level_on("REPLY", dt.date(2019, 12, 31)) is None
        assert rulebook.level_on("REPLY-1", dt.date(2021, 7, 1)) is None

    def test_is_the_one_in_force_on_the_day(self, small: Folder) -> None:
        small.write(
            "levels/REPLY.yaml",
            small.read("levels/REPLY.yaml") + '  2021-07-01: {target: "99.5", source: V1}\n',
        )
        rulebook = small.rulebook

        before, after = (rulebook.level_on("REPLY", dt.date(2021, *day)) for day in ((6, 30), (7, 1)))

        assert before is not None
        assert after is not None
        assert (str(before.target), before.verified) == ("99", False)
        assert (str(after.target), after.verified) == ("99.5", True)


class TestPartsOf:
    def test_are_the_measures_summed_into_it(self, small: Folder) -> None:
        rulebook = small.rulebook

        assert [part.key for part in rulebook.parts_of("REPLY")] == ["REPLY-1", "REPLY-2"]
        assert rulebook.parts_of("REPLY-1") == ()


class TestReports:
    def test_are_what_falls_due_by_itself(self, small: Folder) -> None:
        assert [one.key for one in small.rulebook.reports()] == ["RPT-MONTH"]


class TestDueOn:
    @pytest.mark.parametrize(
        ("rule", "due"),
        [
            ("{count: 25, unit: working_day, from: period_end}", dt.date(2021, 9, 6)),
            ("{count: 10, unit: working_day, from: period_end}", dt.date(2021, 8, 13)),
            ("{count: 15, unit: working_day, from: period_start}", dt.date(2021, 7, 21)),
            ("{count: 1, unit: working_day, from: period_start}", dt.date(2021, 7, 1)),
            ("{count: 1, unit: working_day, from: period_start, counting: inclusive}", dt.date(2021, 7, 1)),
            ("{count: 1, unit: working_day, from: period_start, direction: before}", dt.date(2021, 6, 30)),
            ("{count: 5, unit: working_day, from: period_end, direction: before}", dt.date(2021, 7, 26)),
            ("{count: 30, unit: day, from: period_end}", dt.date(2021, 8, 30)),
            ("{count: 30, unit: day, from: period_end, counting: inclusive}", dt.date(2021, 8, 29)),
            ("{count: 1, unit: day, from: period_start}", dt.date(2021, 7, 1)),
            ("{count: 1, unit: day, from: period_start, counting: inclusive}", dt.date(2021, 7, 1)),
            ("{count: 1, unit: day, from: period_start, direction: before}", dt.date(2021, 6, 30)),
            ("{count: 1, unit: month, from: period_end}", dt.date(2021, 8, 31)),
            ("{count: 1, unit: month, from: period_end, direction: before}", dt.date(2021, 6, 30)),
            ("none", None),
            ("reasonable", None),
            ("{count: 5, unit: working_day, from: event}", None),
            ("{count: 5, unit: working_day, from: meeting, direction: before}", None),
        ],
    )
    def test_is_counted_as_the_rule_says(self, small: Folder, rule: str, due: dt.date | None) -> None:
        assert due_on(small, rule) == due

    def test_is_counted_by_the_calendar_the_rule_names(self, small: Folder) -> None:
        small.write("calendars/scotland.yaml", SCOTLAND)

        due = due_on(small, "{count: 1, unit: working_day, from: period_end, calendar: scotland}")

        assert due == dt.date(2021, 8, 3)

    def test_is_counted_from_the_end_of_a_quarter_too(self, small: Folder) -> None:
        assert due_on(small, DUE, "2021-Q2") == dt.date(2021, 8, 4)

    def test_refuses_a_period_that_the_calendar_does_not_reach(self, small: Folder) -> None:
        with pytest.raises(OutsideCalendar):
            due_on(small, DUE, "2022-12")

    def test_needs_no_calendar_where_civil_days_are_counted(self, small: Folder) -> None:
        assert due_on(small, "{count: 30, unit: day, from: period_end}", "2029-12") == dt.date(2030, 1, 30)


class TestRulebook:
    def test_is_equal_to_another_reading_of_the_same_text(self, small: Folder) -> None:
        first: Rulebook = small.rulebook
        first.calendar()

        assert first == small.rulebook

    def test_keeps_the_rule_of_each_report(self, small: Folder) -> None:
        due = small.rulebook.obligations["RPT-MONTH"].due

        assert isinstance(due, Due)
        assert due.count == 25
