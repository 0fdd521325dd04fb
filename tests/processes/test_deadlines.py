"""What is due after a move, on every day there is, against days walked one by one past the holidays."""

import datetime as dt
from collections.abc import Callable
from functools import cache

import holidays
import pytest

from tallystick.processes.engine import Known, begin, hold, move, pass_clock, passed, resume
from tallystick.processes.wishes import UnableToMove, Wish
from tallystick.rulebook.processes import ProcessValue
from tests.processes.way import calendars

FIRST, LAST = dt.date(2018, 1, 1), dt.date(2030, 12, 31)
ONE = dt.timedelta(days=1)
COUNTS = (1, 5, 10, 25)
SUBDIVISIONS = {"england_wales": ("ENG",), "scotland": ("SCT",), "both": ("ENG", "SCT")}
Note = Callable[[str, object], None]


@cache
def days_off(key: str) -> frozenset[dt.date]:
    years = range(FIRST.year - 1, LAST.year + 2)
    return frozenset(
        day for one in SUBDIVISIONS[key] for day in holidays.country_holidays("GB", subdiv=one, years=years)
    )


def walked(key: str, start: dt.date, count: int, *, inclusive: bool) -> dt.date:
    """Return the count-th day after the start that is no Saturday, Sunday or bank holiday."""
    off, here = days_off(key), start if inclusive else start + ONE
    while True:
        if here.strftime("%a") not in ("Sat", "Sun") and here not in off:
            count -= 1
            if not count:
                return here
        here += ONE


def waiting(key: str, count: int, counting: str) -> ProcessValue:
    """Return a process whose only clock starts with its first move."""
    due = {"count": count, "unit": "working_day", "from": "event", "counting": counting, "calendar": key}
    clock = {"title": "Wait", "owner": "party", "due": due, "runs_in": ["waiting"], "passed": {"move": "end"}}
    stages = {name: {"title": name, "ends": name == "over"} for name in ("new", "waiting", "over")}
    return ProcessValue.model_validate(
        {
            "tracks": {"way": {"title": "Way", "begins": "new", "stages": stages}},
            "moves": {
                "start": {
                    "title": "S",
                    "from": ["new"],
                    "to": "waiting",
                    "who": ["chair"],
                    "starts": ["wait"],
                },
                "end": {"title": "E", "from": ["waiting"], "to": "over", "who": ["clock"]},
            },
            "clocks": {"wait": {**clock, "source": "assumed"}},
            "source": "assumed",
        }
    )


KNOWN = Known({}, {}, calendars)


class TestADeadline:
    @pytest.mark.parametrize("key", SUBDIVISIONS)
    @pytest.mark.parametrize("counting", ["exclusive", "inclusive"])
    def test_falls_on_the_day_walked_to_from_every_day(
        self, key: str, counting: str, record_property: Note
    ) -> None:
        compared = 0
        for count in COUNTS:
            value = waiting(key, count, counting)
            start = FIRST
            while start <= LAST:
                expected = walked(key, start, count, inclusive=counting == "inclusive")
                wish = Wish("start", "chair", start)
                if expected > LAST:
                    with pytest.raises(UnableToMove, match="cannot be counted"):
                        move(value, begin(value, start), wish, KNOWN)
                else:
                    [clock] = move(value, begin(value, start), wish, KNOWN).clocks
                    assert clock.due_on == expected, (key, start, count)
                compared += 1
                start += ONE
        record_property("counted", f"{compared:,} deadlines by {key}, {counting}, as walked day by day")

    @pytest.mark.parametrize("key", SUBDIVISIONS)
    def test_passes_around_every_bank_holiday_on_the_day_after_and_no_sooner(
        self, key: str, record_property: Note
    ) -> None:
        value, tried = waiting(key, 5, "exclusive"), 0
        for off in sorted(day for day in days_off(key) if FIRST < day < dt.date(2030, 12, 1)):
            for before in range(9):
                start = off - before * ONE
                standing = move(value, begin(value, start), Wish("start", "chair", start), KNOWN)
                due = walked(key, start, 5, inclusive=False)

                assert passed(value, standing, due) == []
                assert passed(value, standing, due + ONE) == ["wait"]
                assert pass_clock(value, standing, "wait", due + ONE, KNOWN).at == {"way": "over"}
                tried += 1
        record_property("counted", f"{tried:,} clocks let pass around the bank holidays of {key}")

    @pytest.mark.parametrize("key", SUBDIVISIONS)
    def test_is_kept_in_working_days_over_a_hold_at_every_bank_holiday(self, key: str) -> None:
        value = waiting(key, 10, "exclusive")
        for off in sorted(day for day in days_off(key) if FIRST < day < dt.date(2030, 10, 1)):
            start = off - 3 * ONE
            standing = move(value, begin(value, start), Wish("start", "chair", start), KNOWN)
            for begins, ends in ((off, off + ONE), (off - ONE, off), (off - ONE, off + 14 * ONE), (off, off)):
                held = sum(_is_working(key, begins + n * ONE) for n in range((ends - begins).days))

                stopped = hold(value, standing, begins, calendars)

                [clock] = resume(value, stopped, ends, calendars).clocks
                assert clock.due_on == walked(key, start, 10 + held, inclusive=False), (begins, ends)


def _is_working(key: str, day: dt.date) -> bool:
    return day.strftime("%a") not in ("Sat", "Sun") and day not in days_off(key)
