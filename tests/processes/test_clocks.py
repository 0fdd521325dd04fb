import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.processes.clocks import due_on, ended, paused, reminder_days, resumed, started, unit_of
from tallystick.processes.standing import Running
from tallystick.rulebook.due import Due
from tests.processes.way import VALUE, calendars, day, value_of
from tests.rulebook.test_working_days import CALENDARS

REPLY, PLAN, WATCH = (VALUE.clocks[name] for name in ("answer_by", "plan", "watch"))
DAYS = st.dates(dt.date(2018, 1, 1), dt.date(2028, 12, 31))
ONE = dt.timedelta(days=1)


def due(count: int, unit: str, counting: str = "exclusive", calendar: str | None = None) -> Due:
    return Due.model_validate(
        {"count": count, "unit": unit, "from": "event", "counting": counting, "calendar": calendar}
    )


class TestDueOn:
    @pytest.mark.parametrize(
        ("rule", "on", "expected"),
        [
            (due(10, "working_day"), "2020-03-30", "2020-04-15"),  # over Easter
            (due(15, "working_day", "inclusive"), "2012-12-13", "2013-01-07"),
            (due(15, "working_day"), "2012-12-13", "2013-01-08"),
            (due(1, "working_day", calendar="scotland"), "2021-11-29", "2021-12-01"),  # over St Andrew's Day
            (due(5, "day"), "2021-02-26", "2021-03-03"),
            (due(5, "day", "inclusive"), "2021-02-26", "2021-03-02"),
            (due(1, "month"), "2021-01-31", "2021-02-28"),
            (due(1, "month"), "2020-01-31", "2020-02-29"),
            (due(3, "month"), "2021-11-15", "2022-02-15"),
            (due(1, "month", "inclusive"), "2021-09-01", "2021-09-30"),
            (due(0, "working_day"), "2021-09-04", "2021-09-04"),  # never before the move, a Saturday
        ],
    )
    def test_is_the_day_that_the_rule_says(self, rule: Due, on: str, expected: str) -> None:
        assert due_on(rule, day(on), calendars) == day(expected)


class TestStarted:
    def test_is_due_on_the_day_stated_where_the_rule_asks_it(self) -> None:
        assert started("plan", PLAN, day("2021-09-01"), day("2021-10-02"), calendars).due_on == day(
            "2021-10-02"
        )

    def test_counts_from_the_day_of_the_move(self) -> None:
        found = started("answer_by", REPLY, day("2021-09-01"), None, calendars)

        assert found == Running("answer_by", day("2021-09-01"), day("2021-09-15"))


class TestEnded:
    @pytest.mark.parametrize(
        ("on", "is_met", "how"),
        [
            ("2021-09-15", True, "met"),
            ("2021-09-15", False, "stopped"),
            ("2021-09-16", True, "passed"),
            ("2021-09-16", False, "passed"),
        ],
    )
    def test_tells_how(self, on: str, is_met: bool, how: str) -> None:  # noqa: FBT001 - a table
        running = Running("answer_by", day("2021-09-01"), day("2021-09-15"))

        found = ended(running, day(on), is_met=is_met)

        assert (found.ended_on, found.how) == (day(on), how)


class TestAHold:
    @given(
        key=st.sampled_from(sorted(CALENDARS)),
        start=DAYS,
        count=st.integers(1, 40),
        into=st.integers(0, 60),
        length=st.integers(0, 120),
    )
    def test_shifts_what_is_due_by_as_many_working_days_as_it_holds(
        self, key: str, start: dt.date, count: int, into: int, length: int
    ) -> None:
        calendar = CALENDARS[key]
        clock = REPLY.model_copy(update={"due": due(count, "working_day", calendar=key)})
        running = started("answer_by", clock, start, None, calendars)
        assert running.due_on is not None
        begins = min(start + into * ONE, running.due_on)
        ends = begins + length * ONE
        held = sum(calendar.is_working(begins + n * ONE) for n in range(length))

        stopped = paused(running, clock, begins, calendars)
        after = resumed(stopped, clock, ends, calendars)

        assert after == replace(running, due_on=calendar.after(running.due_on, held))
        assert stopped.due_on is None

    @given(start=DAYS, ahead=st.integers(0, 60), into=st.integers(0, 60), length=st.integers(0, 120))
    def test_shifts_a_day_that_was_stated_by_its_days(
        self, start: dt.date, ahead: int, into: int, length: int
    ) -> None:
        until = start + ahead * ONE
        running = started("plan", PLAN, start, until, calendars)
        begins = min(start + into * ONE, until)

        after = resumed(paused(running, PLAN, begins, calendars), PLAN, begins + length * ONE, calendars)

        assert after == replace(running, due_on=until + length * ONE)

    def test_leaves_the_day_it_begins_and_counts_the_day_it_ends(self) -> None:
        running = Running("answer_by", day("2021-09-01"), day("2021-09-15"))

        stopped = paused(running, REPLY, day("2021-09-13"), calendars)

        assert (stopped.paused_on, stopped.left) == (day("2021-09-13"), 3)
        assert resumed(stopped, REPLY, day("2021-10-01"), calendars).due_on == day("2021-10-05")

    def test_never_ends_with_something_due_before_it(self) -> None:
        clock = REPLY.model_copy(update={"due": due(0, "working_day")})
        running = started("answer_by", clock, day("2021-09-04"), None, calendars)  # a Saturday

        stopped = paused(running, clock, day("2021-09-04"), calendars)

        assert (stopped.left, resumed(stopped, clock, day("2021-09-06"), calendars).due_on) == (
            0,
            day("2021-09-06"),
        )

    def test_lets_alone_what_is_past_has_ended_or_does_not_pause(self) -> None:
        running = Running("answer_by", day("2021-09-01"), day("2021-09-15"))
        over = ended(running, day("2021-09-15"), is_met=True)

        assert paused(running, REPLY, day("2021-09-16"), calendars) == running
        assert paused(over, REPLY, day("2021-09-10"), calendars) == over
        assert paused(running, WATCH, day("2021-09-10"), calendars) == running
        assert resumed(running, REPLY, day("2021-09-10"), calendars) == running


class TestReminderDays:
    def test_are_so_many_working_days_before(self) -> None:
        running = Running("answer_by", day("2021-08-20"), day("2021-09-01"))

        assert reminder_days(running, REPLY, calendars) == (day("2021-08-26"), day("2021-09-01"))

    def test_are_none_while_it_is_paused_or_once_it_has_ended(self) -> None:
        running = Running("answer_by", day("2021-09-01"), day("2021-09-15"))
        stopped = paused(running, REPLY, day("2021-09-02"), calendars)
        over = ended(running, day("2021-09-02"), is_met=True)

        assert reminder_days(stopped, REPLY, calendars) == reminder_days(over, REPLY, calendars) == ()


class TestUnitOf:
    def test_is_what_is_left_is_counted_in(self) -> None:
        found = {name: unit_of(clock) for name, clock in value_of().clocks.items()}

        assert found == {"answer_by": "working_day", "plan": "day", "watch": "day", "fee": "day"}
