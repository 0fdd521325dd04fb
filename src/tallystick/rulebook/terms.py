"""The small typed words that every definition is written in.

The description of a type is the remedy shown when what was written does not fit it.
"""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

UNCONFIRMED = frozenset({"recalled", "assumed"})

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
    return {"yes": True, "true": True, "no": False, "false": False}.get(value, value)


YesNo = Annotated[
    bool, BeforeValidator(_yes_or_no), Field(strict=True, description="yes or no, written as a word")
]


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, str) and value.lstrip("-").isascii() and value.isdigit() else value


Whole = Annotated[
    int, BeforeValidator(_whole), Field(strict=True, ge=0, description="a whole number, such as 25")
]


def _percentage(value: Any) -> Any:
    if isinstance(value, str) and value.replace(".", "", 1).isascii() and value.replace(".", "", 1).isdigit():
        return Decimal(value)
    return value


Percent = Annotated[
    Decimal,
    BeforeValidator(_percentage),
    Field(strict=True, ge=0, le=1000, description='a percentage in quotes, such as "99" or "99.5"'),
]


def _day(value: Any) -> Any:
    try:
        return (
            dt.date.fromisoformat(value)
            if isinstance(value, str) and len(value) == len("2021-07-01")
            else value
        )
    except ValueError:
        return value


Day = Annotated[dt.date, BeforeValidator(_day), Field(strict=True, description="a day, such as 2021-07-01")]
Period = Literal["month", "quarter", "year", "meeting", "event", "standing"]
Unit = Literal["second", "minute", "hour", "day", "working_day"]


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
        if isinstance(data, dict) and data.get("source") in UNCONFIRMED and "verified" not in data:
            return {**data, "verified": "no"}
        return data

    @model_validator(mode="after")
    def _recalled_is_never_verified(self) -> "Sourced":
        if self.verified and self.source in UNCONFIRMED:
            raise ValueError(f"what is only {self.source} cannot be verified")
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
