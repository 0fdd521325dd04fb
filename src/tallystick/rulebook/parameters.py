"""Values the code sets, each from a date: one value, or a table keyed by columns of a stream."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from tallystick.rulebook.terms import (
    Clauses,
    Day,
    Definition,
    Mistake,
    Name,
    Sentence,
    Sourced,
    decimal_or_as_written,
    in_force,
)

Number = Annotated[
    Decimal,
    BeforeValidator(decimal_or_as_written),
    Field(strict=True, ge=0, description="a number that is not negative"),
]


class Entry(Definition):
    """One row of a parameter's table: the columns it is for, and its value."""

    key: Annotated[dict[Name, str], Field(min_length=1, description="a label for each column of `by`")]
    value: Number


class Value(Sourced):
    """What was in force from a day on: one value, or the entries of a table."""

    value: Number | None = None
    entries: tuple[Entry, ...] = ()

    @model_validator(mode="after")
    def _is_one_or_the_other(self) -> "Value":
        if (self.value is None) == (not self.entries):
            raise ValueError("a value is either one number or a list of entries")
        return self


class Parameter(Definition):
    """A number the code sets, with its unit. `working_day` limits say how they are counted."""

    key: Name
    title: Sentence
    clause: Clauses
    unit: Literal["second", "minute", "hour", "day", "working_day", "count", "percent"]
    counting: Literal["exclusive", "inclusive"] = "exclusive"
    by: tuple[Name, ...] = ()
    values: Annotated[dict[Day, Value], Field(min_length=1, description="each value under its first day")]
    note: str = ""

    @model_validator(mode="after")
    def _entries_fit_by(self) -> "Parameter":
        for day, value in self.values.items():
            place = ("values", str(day))
            if bool(value.entries) != bool(self.by):
                raise Mistake("a table needs `by`, and a single value has none", *place)
            seen: list[dict[str, str]] = []
            for index, entry in enumerate(value.entries):
                if set(entry.key) != set(self.by):
                    what = f"every entry's key names exactly {', '.join(self.by)}"
                    raise Mistake(what, *place, "entries", index, "key")
                if entry.key in seen:
                    remedy = "Keep one of the two."
                    raise Mistake("another entry has the same key", *place, "entries", index, remedy=remedy)
                seen.append(entry.key)
        return self

    def value_on(self, day: dt.date) -> Value:
        """Return what was in force on the day.

        :raises NoValueYet: if the first value starts later
        """
        found: Value = in_force(self.values, day, f"{self.key} ({', '.join(self.clause)})")
        return found

    def starts(self) -> Mapping[dt.date, Value]:
        """Return every value under its first day, earliest first."""
        return dict(sorted(self.values.items()))
