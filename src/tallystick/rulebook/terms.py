"""The small typed words that every definition is written in.

The description of a type is the remedy shown when what was written does not fit it.
"""

import datetime as dt
import re
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

UNCONFIRMED = frozenset({"recalled", "assumed"})
MOST_DIGITS = 18
_WRITTEN_DAY = re.compile(r"(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}")

Name = Annotated[
    str, Field(pattern=r"^[a-z][a-z0-9_]*$", description="a name of small letters, digits and underscores")
]
Key = Annotated[
    str,
    Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9.-]*$", description="a key of letters, digits, dots and hyphens"),
]
Clause = Annotated[
    str,
    Field(
        pattern=r"^[A-Z][A-Za-z0-9 .,()/-]*$",
        description="the clause as printed, such as H13.4 or Appendix AG 2.5.10",
    ),
]
Clauses = Annotated[tuple[Clause, ...], Field(min_length=1, description="a list of clauses, such as [H13.4]")]
Sentence = Annotated[str, Field(min_length=1, max_length=600, description="a few words for the screen")]
Source = Annotated[str, Field(min_length=1, description="where it was found: a tag, a title or an address")]


def _yes_or_no(value: Any) -> Any:
    words = {"yes": True, "true": True, "no": False, "false": False}
    return words.get(value, value) if isinstance(value, str) else value


YesNo = Annotated[
    bool, BeforeValidator(_yes_or_no), Field(strict=True, description="yes or no, written as a word")
]


def _whole(value: Any) -> Any:
    written = isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= MOST_DIGITS
    return int(value) if written else value


Whole = Annotated[
    int, BeforeValidator(_whole), Field(strict=True, ge=0, description="a whole number, such as 25")
]


def decimal_or_as_written(value: Any) -> Any:
    """Return text of digits, with at most one point among them, as a decimal, and all else as it is."""
    if not isinstance(value, str) or len(value) > MOST_DIGITS:
        return value
    digits = value.replace(".", "", 1)
    return Decimal(value) if digits.isascii() and digits.isdigit() else value


Percent = Annotated[
    Decimal,
    BeforeValidator(decimal_or_as_written),
    Field(strict=True, ge=0, le=1000, description='a percentage in quotes, such as "99" or "99.5"'),
]
Amount = Annotated[
    Decimal,
    BeforeValidator(decimal_or_as_written),
    Field(strict=True, ge=0, le=10**12, description='an amount in quotes, such as "6000" or "0.50"'),
]
Share = Annotated[
    Decimal,
    BeforeValidator(decimal_or_as_written),
    Field(strict=True, ge=0, le=1, description='a share between "0" and "1", such as "0.25"'),
]


def _day(value: Any) -> Any:
    """Read a day of these centuries; `fromisoformat` alone would also read weeks, as in 2021-W01-1."""
    if not isinstance(value, str) or not _WRITTEN_DAY.fullmatch(value):
        return value
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        return value


Day = Annotated[dt.date, BeforeValidator(_day), Field(strict=True, description="a day, such as 2021-07-01")]
Period = Literal["month", "quarter", "year", "meeting", "event", "standing"]
Unit = Literal["second", "minute", "hour", "day", "working_day"]


class Mistake(ValueError):
    """What a definition finds wrong with itself: under which of its keys, and what would be right."""

    def __init__(self, what: str, *place: str | int, remedy: str = "", nearest: str = "") -> None:
        super().__init__(what)
        self.place = place
        self.remedy = remedy
        self.nearest = nearest


class Definition(BaseModel):
    """A thing the rulebook states. Nothing it does not know is read, and nothing read is changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Sourced(Definition):
    """A statement with where it was found. What was recalled or assumed is never `verified`."""

    source: Source
    verified: YesNo = True

    @model_validator(mode="before")
    @classmethod
    def _recalled_is_unverified(cls, data: Any) -> Any:
        source = data.get("source") if isinstance(data, dict) else None
        if isinstance(source, str) and source in UNCONFIRMED and "verified" not in data:
            return {**data, "verified": "no"}
        return data

    @model_validator(mode="after")
    def _recalled_is_never_verified(self) -> "Sourced":
        if self.verified and self.source in UNCONFIRMED:
            what = f"what is only {self.source} cannot be verified"
            raise Mistake(what, "verified", remedy="Write verified: no, or where it was found.")
        return self


class Checked(Definition):
    """Who compared the statement with the code's text, when and against which edition of it."""

    on: Day
    against: Sentence
    by: Sentence


class NoValueYet(LookupError):
    """Nothing was in force on the day asked for."""


def in_force(values: dict[dt.date, Any], day: dt.date, name: str) -> Any:
    """Return the latest value dated on or before the day.

    :raises NoValueYet: if the first value starts later
    """
    started = [start for start in values if start <= day]
    if not started:
        raise NoValueYet(f"{name} has no value on {day}.")
    return values[max(started)]
