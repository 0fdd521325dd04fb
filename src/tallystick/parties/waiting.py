"""What waits on somebody: a sentence with a verb, when it is due, and one button."""

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from tallystick.parties.acting import Acting
from tallystick.rulebook.working_days import Calendar

SOON = 3


@dataclass(frozen=True)
class Waiting:
    """One errand. `due` is None where no date is set; `rule` says how the date was counted.

    `classification` is the class of the record that it tells of: reading it is noted where that is not open.
    """

    title: str
    words: str
    verb: str
    href: str
    due: dt.date | None = None
    rule: str = ""
    classification: str = "white"


@dataclass(frozen=True)
class Changed:
    """Something that happened to a record which whoever is acting may see, and the record's class."""

    at: dt.datetime
    words: str
    name: str
    href: str
    classification: str = "white"


@dataclass(frozen=True)
class Coming:
    """A day that comes, with how it was counted."""

    on: dt.date
    title: str
    href: str
    rule: str = ""


class Source(Protocol):
    """What a room registers: the errands it has for whoever is acting."""

    def __call__(self, acting: Acting) -> list[Waiting]: ...


class News(Protocol):
    """What a room registers: what happened to its records since a moment, as far as somebody may see."""

    def __call__(self, acting: Acting, since: dt.datetime) -> list[Changed]: ...


@dataclass(frozen=True)
class DueChip:
    """How a due date is shown: its kind, working days to go, and the day."""

    kind: str
    bold: str
    words: str


def due_chip(due: dt.date | None, today: dt.date, calendar: Calendar) -> DueChip:
    """Return how a due date stands to today, in the working days of a calendar."""
    if due is None:
        return DueChip("none", "", "no date set")
    shown = f"{due:%a} {due.day} {due:%b}"
    if due < today:
        return DueChip("late", f"{_working(calendar, due, today)} WD late", shown)
    if due == today:
        return DueChip("soon", "due today", shown)
    left = _working(calendar, today, due)
    return DueChip("soon" if left <= SOON else "", f"in {left} WD", shown)


def by_the_clock(found: list[Waiting]) -> list[Waiting]:
    """Return errands in the order they fall due; those without a date come last."""
    return sorted(found, key=lambda one: (one.due is None, one.due or dt.date.max, one.title))


def _working(calendar: Calendar, start: dt.date, end: dt.date) -> int:
    return calendar.between(start, end)
