import datetime as dt

import pytest

from tallystick.parties.waiting import DueChip, Waiting, by_the_clock, due_chip
from tallystick.rulebook.rulebook import Rulebook

TUESDAY = dt.date(2021, 8, 24)  # the Monday after is a bank holiday


class TestDueChip:
    @pytest.mark.parametrize(
        ("due", "chip"),
        [
            (None, DueChip("none", "", "no date set")),
            (dt.date(2021, 8, 23), DueChip("late", "1 WD late", "Mon 23 Aug")),
            (TUESDAY, DueChip("soon", "due today", "Tue 24 Aug")),
            (dt.date(2021, 8, 27), DueChip("soon", "in 3 WD", "Fri 27 Aug")),
            (dt.date(2021, 8, 31), DueChip("", "in 4 WD", "Tue 31 Aug")),
        ],
    )
    def test_counts_in_working_days(self, sec: Rulebook, due: dt.date | None, chip: DueChip) -> None:
        assert due_chip(due, TUESDAY, sec.calendar()) == chip


class TestByTheClock:
    def test_puts_first_what_falls_due_first_and_last_what_never_does(self) -> None:
        days = {"c": None, "b": TUESDAY, "a": TUESDAY, "d": dt.date(2021, 8, 20)}
        errands = [Waiting(title, "", "Open", "/", due) for title, due in days.items()]

        assert [one.title for one in by_the_clock(errands)] == ["d", "a", "b", "c"]
