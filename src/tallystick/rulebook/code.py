"""What a code is called, who takes part in it, and the calendars it counts by."""

import datetime as dt
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, field_validator

from tallystick.rulebook.terms import Clause, Clauses, Day, Definition, Key, Name, Sentence, Sourced, YesNo


class Code(Definition):
    """The heading of a rulebook: `code.yaml`."""

    key: Name
    title: Sentence
    short: Sentence
    time_zone: Annotated[str, Field(description="an IANA time zone, such as Europe/London")]
    calendar: Name
    providers: dict[Key, Sentence] = {}
    categories: dict[Name, Sentence] = {}
    roles: dict[Name, Sentence] = {}
    areas: dict[Name, Sentence] = {}
    sources: dict[str, Sentence] = {}
    note: str = ""

    @field_validator("time_zone")
    @classmethod
    def _is_known(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError(f"no time zone is called {value!r}")
        return value

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class ClauseText(Sourced):
    """A clause of the code: its number, its heading and whether it asks somebody to do something."""

    clause: Clause
    heading: Sentence
    operational: YesNo = True
    text: str = ""
    note: str = ""


class CalendarText(Sourced):
    """The days off of one jurisdiction besides Saturdays and Sundays, or the union of other calendars."""

    key: Name
    title: Sentence
    clause: Clauses
    first: Day
    last: Day
    unites: tuple[Name, ...] = ()
    days_off: dict[Day, Sentence] = {}
    note: str = ""

    def days(self) -> frozenset[dt.date]:
        """Return the days off that this calendar itself names."""
        return frozenset(self.days_off)
