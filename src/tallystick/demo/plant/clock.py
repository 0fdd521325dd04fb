"""The planter's own time: instants in milliseconds since 1970 (UTC), London's civil and working days."""

import datetime as dt
from functools import cache
from zoneinfo import ZoneInfo

import holidays

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
ONE_DAY = dt.timedelta(days=1)
EPOCH = dt.date(1970, 1, 1)
SATURDAY = 5

_LONDON = ZoneInfo("Europe/London")
_BANK_HOLIDAYS = frozenset(
    holidays.country_holidays("GB", subdiv="ENG", years=range(2019, 2024), expand=False)
)


def instant(day: dt.date, hour: int = 0, minute: int = 0, second: int = 0) -> int:
    """Return the instant at which a London clock shows that time (the first, where it shows it twice)."""
    wall = dt.datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=_LONDON)
    return int(wall.timestamp()) * SECOND


def civil_day(at: int) -> dt.date:
    """Return the London day of an instant."""
    return _day_number((at + _offset(at // HOUR)) // DAY)


def month_of(at: int) -> str:
    """Return the London month of an instant, such as 2021-07."""
    return f"{civil_day(at):%Y-%m}"


def days_of(month: str) -> list[dt.date]:
    """Return every day of a month."""
    first = dt.date.fromisoformat(f"{month}-01")
    return days_between(first, last_day_of(month))


def last_day_of(month: str) -> dt.date:
    """Return the last day of a month."""
    return dt.date.fromisoformat(f"{month_after(month)}-01") - ONE_DAY


def month_after(month: str, count: int = 1) -> str:
    """Return the month so many months later (or earlier)."""
    number = int(month[:4]) * 12 + int(month[5:]) - 1 + count
    return f"{number // 12:04}-{number % 12 + 1:02}"


def days_between(first: dt.date, last: dt.date) -> list[dt.date]:
    """Return the days from the first to the last, both included."""
    return [first + n * ONE_DAY for n in range((last - first).days + 1)]


def is_working(day: dt.date) -> bool:
    """Tell whether the day is neither at a weekend nor a bank holiday of England and Wales."""
    return day.weekday() < SATURDAY and day not in _BANK_HOLIDAYS


def working_days_after(day: dt.date, count: int) -> dt.date:
    """Return the count-th working day after the day, which itself never counts."""
    while count:
        day += ONE_DAY
        count -= is_working(day)
    return day


def in_utc(at: int) -> str:
    """Write an instant with a Z, such as 2021-07-01T09:30:00.250Z."""
    return f"{_written(at)}Z"


def with_offset(at: int) -> str:
    """Write an instant as a London clock shows it, with its distance from UTC."""
    hours = _offset(at // HOUR) // HOUR
    return f"{_written(at + hours * HOUR)}+{hours:02}:00"


def as_local(at: int) -> str:
    """Write an instant as a London clock shows it; only in the hour shown twice is the offset added."""
    if shown_twice(at):
        return with_offset(at)
    return _written(at + _offset(at // HOUR))


def shown_twice(at: int) -> bool:
    """Tell whether a London clock shows this time a second time, or has shown it before."""
    here = _offset(at // HOUR)
    return here > _offset((at + HOUR) // HOUR) or here < _offset((at - HOUR) // HOUR)


def _written(wall: int) -> str:
    seconds, rest = divmod(wall % DAY, SECOND)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    fraction = f".{rest:03}" if rest else ""
    return f"{_day_text(wall // DAY)}T{hour:02}:{minute:02}:{second:02}{fraction}"


@cache
def _offset(hour: int) -> int:
    # The clocks change on a whole hour of UTC, so one look-up an hour is exact.
    there = dt.datetime.fromtimestamp(hour * 3600, tz=_LONDON).utcoffset()
    return int((there or dt.timedelta()).total_seconds()) * SECOND


@cache
def _day_number(number: int) -> dt.date:
    return EPOCH + number * ONE_DAY


@cache
def _day_text(number: int) -> str:
    return _day_number(number).isoformat()
