"""The kinds of cause by which a code sorts its cases: a list with a day, which it may change."""

import datetime as dt
from typing import Literal

from pydantic import Field

from tallystick.rulebook.terms import Day, Definition, Name, Sentence, Sourced

About = Literal["reporting", "harm", "other"]


class Cause(Definition):
    """A kind of cause. `about` keeps what was only reported badly apart from what harmed somebody."""

    title: Sentence
    about: About
    says: str = ""


class CauseList(Sourced):
    """The kinds of cause from a day on, by name."""

    kinds: dict[Name, Cause] = Field(min_length=1)
    note: str = ""


class Causes(Definition):
    """The lists of a code, each under its first day."""

    values: dict[Day, CauseList] = Field(min_length=1)

    def on_day(self, day: dt.date) -> CauseList | None:
        """Return the list in force on the day, or nothing while there is none."""
        started = [start for start in self.values if start <= day]
        return self.values[max(started)] if started else None
