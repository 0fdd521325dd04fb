"""One cell at a time: what it says, or what is wrong with it and what was expected.

The vectorised readers do the work for the usual forms; what they leave is judged here, so every message
about a cell is worded in this module.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from tallystick.evidence.civil_time import CivilTime
from tallystick.evidence.limits import EARLIEST_YEAR, LATEST_YEAR, LONGEST_ID, LONGEST_TEXT
from tallystick.evidence.plan import UTC_EPOCH, ColumnPlan, microseconds
from tallystick.evidence.refusals import listed, quoted
from tallystick.rulebook.problems import nearest

INSTANT_FORM = "a time such as 2021-07-01T09:30:00Z or 2021-07-01T10:30:00+01:00"
DAY_FORM = "a day written YYYY-MM-DD, such as 2021-07-01"
COUNT_FORM = "a whole number in digits alone, such as 1200"
SIGNED_FORM = "a whole number in digits alone, such as 1200 or -3"
SENT_AS_TEXT = "the identifier as it was issued; send the column as text"
A_VALUE = "a value; the column may not be empty"
WITHOUT_HIDDEN = "text without control, invisible or text-direction characters"
LARGEST_COUNT = 2**63 - 1
WIDEST_COUNT = 40
MOST_OFFSET = dt.timedelta(hours=14)

# What no reader of a page would see, or what would turn the text around it.
HIDDEN = "[\\x00-\\x1f\\x7f-\\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
ALTERED = r"^[+-]?[0-9]+([.,][0-9]+)?[eE]\+[0-9]+$"

_HIDDEN = re.compile(HIDDEN)
_ALTERED = re.compile(ALTERED)
_INSTANT = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,12}))?(?:(Z)|([+-])(\d\d):?([0-5]\d))?", re.ASCII
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class Judged:
    """The value of a cell, which stands also where the row is held; or nothing, where it is refused."""

    value: int | str | None
    state: Literal["", "held", "refused"] = ""
    what: str = ""
    expected: str = ""


def refused(what: str, expected: str) -> Judged:
    return Judged(None, "refused", what, expected)


def judged(text: str | None, column: ColumnPlan, civil: CivilTime) -> Judged:
    """Return what a cell says, its surrounding spaces already gone.

    Instants are microseconds since 1970 in UTC, days are days since 1970.
    """
    if text is None or text == "":
        return refused("the cell is empty", A_VALUE) if column.required else Judged(None)
    if column.type == "instant":
        return instant(text, civil)
    return _READERS[column.type](text, column)


def instant(text: str, civil: CivilTime) -> Judged:
    """Return the instant that a text names, in microseconds since 1970 in UTC."""
    found = _INSTANT.fullmatch(text)
    if not found:
        return refused(f"{quoted(text)} is not a time", INSTANT_FORM)
    day, clock, fraction, zulu, sign, hours, minutes = found.groups()
    wall = _wall(text, day, clock, fraction or "0")
    if isinstance(wall, Judged):
        return wall
    if not (zulu or sign):
        return _civil(wall, text, civil)
    ahead = dt.timedelta(hours=int(hours or 0), minutes=int(minutes or 0)) * (-1 if sign == "-" else 1)
    if abs(ahead) > MOST_OFFSET:
        return refused(f"{quoted(text)} is further from UTC than any clock", INSTANT_FORM)
    return Judged(microseconds(wall.replace(tzinfo=dt.UTC) - ahead))


def _wall(text: str, day: str, clock: str, fraction: str) -> dt.datetime | Judged:
    """Return what the clock on the wall shows, or what is wrong with it."""
    if fraction[6:].strip("0"):
        return refused(f"{quoted(text)} is finer than a microsecond", "at most six digits after the point")
    try:
        wall = dt.datetime.fromisoformat(f"{day}T{clock}.{fraction[:6]:<06}")
    except ValueError:
        return refused(f"{quoted(text)} does not exist", INSTANT_FORM)
    if not EARLIEST_YEAR <= wall.year <= LATEST_YEAR:
        return refused(f"the year of {quoted(text)} is out of range", _years())
    return wall


def _civil(wall: dt.datetime, text: str, civil: CivilTime) -> Judged:
    """Return the instant of a time without offset, as the clock of the code's time zone has it."""
    earlier = wall.replace(tzinfo=civil.zone).astimezone(dt.UTC)
    later = wall.replace(tzinfo=civil.zone, fold=1).astimezone(dt.UTC)
    if earlier == later:
        return Judged(microseconds(earlier))
    if earlier.astimezone(civil.zone).replace(tzinfo=None) == wall:
        return Judged(microseconds(earlier), "held", *_repeated(text, civil))
    return refused(*_missing(text, civil))


def _repeated(text: str, civil: CivilTime) -> tuple[str, str]:
    what = f"{quoted(text)} happens twice in {civil.zone.key}, as the clocks go back"
    return what, "the time with its offset, ending in Z, +00:00 or +01:00"


def _missing(text: str, civil: CivilTime) -> tuple[str, str]:
    what = f"{quoted(text)} does not happen in {civil.zone.key}, as the clocks go forward"
    return what, "the time with its offset, ending in Z, +00:00 or +01:00"


def _day(text: str, _: ColumnPlan) -> Judged:
    if not _DAY.fullmatch(text):
        return refused(f"{quoted(text)} is not a day", DAY_FORM)
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return refused(f"the day {quoted(text)} does not exist", DAY_FORM)
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        return refused(f"the year of {quoted(text)} is out of range", _years())
    return Judged((day - UTC_EPOCH.date()).days)


def _count(text: str, column: ColumnPlan) -> Judged:
    digits = text.removeprefix("-") if column.signed else text
    form = SIGNED_FORM if column.signed else COUNT_FORM
    if not (digits.isascii() and digits.isdigit()):
        return refused(f"{quoted(text)} is not a count", form)
    if len(digits) > WIDEST_COUNT or int(digits) > LARGEST_COUNT:
        return refused(f"{quoted(text)} is too large", f"a number of at most {LARGEST_COUNT:,}")
    return Judged(int(text))


def _enum(text: str, column: ColumnPlan) -> Judged:
    if text in column.values:
        return Judged(text)
    near = nearest(text, column.values)
    guess = f"; did you mean {near!r}?" if near else ""
    return refused(f"{quoted(text)} is not a known value", f"one of {listed(column.values)}{guess}")


def _id(text: str, _: ColumnPlan) -> Judged:
    if _ALTERED.fullmatch(text):
        return refused(f"{quoted(text)} looks altered by a spreadsheet", SENT_AS_TEXT)
    return _words(text, LONGEST_ID)


def _text(text: str, _: ColumnPlan) -> Judged:
    return _words(text, LONGEST_TEXT)


def _words(text: str, longest: int) -> Judged:
    if len(text) > longest:
        return refused(f"the cell holds {len(text):,} characters", f"at most {longest:,}")
    hidden = _HIDDEN.search(text)
    if hidden:
        place = f"at position {hidden.start() + 1}"
        return refused(
            f"the cell holds the hidden character U+{ord(hidden.group()):04X} {place}", WITHOUT_HIDDEN
        )
    return Judged(text)


def _years() -> str:
    return f"a year from {EARLIEST_YEAR} to {LATEST_YEAR}"


_READERS: dict[str, Callable[[str, ColumnPlan], Judged]] = {
    "day": _day,
    "count": _count,
    "enum": _enum,
    "id": _id,
    "text": _text,
}
