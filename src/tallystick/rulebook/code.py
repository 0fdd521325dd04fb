"""What a code is called, who takes part in it, and the calendars it counts by."""

import datetime as dt
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, field_validator, model_validator

from tallystick.rulebook.causes import Causes
from tallystick.rulebook.leagues import Leagues
from tallystick.rulebook.terms import (
    Amount,
    Clause,
    Clauses,
    Day,
    Definition,
    Key,
    Mistake,
    Name,
    Sentence,
    Share,
    Sourced,
    YesNo,
)


class Provision(Sourced):
    """Pounds that a budget names for assurance: a plan is drawn within one, or between several."""

    title: Sentence
    amount: Amount


class AssuranceLevel(Sourced):
    """A level of assurance in words, and the least share of a risk that a plan takes off to reach it."""

    title: Sentence
    says: str = ""
    share: Share


class Code(Definition):
    """The heading of a rulebook: `code.yaml`.

    `drivers` are what makes risks grow or shrink, `assurance` what the code assures itself by already, and
    `technique_classes` the tags that its techniques are sorted by. `provisions` are what a budget names for
    assurance, and `assurance_levels` what a plan may aim at for a risk. `league` is what open issues weigh.
    """

    key: Name
    title: Sentence
    short: Sentence
    time_zone: Annotated[str, Field(description="an IANA time zone, such as Europe/London")]
    calendar: Name
    providers: dict[Key, Sentence] = {}
    categories: dict[Name, Sentence] = {}
    roles: dict[Name, Sentence] = {}
    areas: dict[Name, Sentence] = {}
    drivers: dict[Name, Sentence] = {}
    assurance: dict[Name, Sentence] = {}
    technique_classes: dict[Name, Sentence] = {}
    provisions: tuple[Provision, ...] = ()
    assurance_levels: dict[Name, AssuranceLevel] = {}
    sources: dict[str, Sentence] = {}
    causes: Causes | None = None
    league: Leagues | None = None
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

    @model_validator(mode="after")
    def _covers_its_days(self) -> "CalendarText":
        if self.first > self.last:
            raise Mistake("the calendar's first day is after its last", "last")
        outside = [day for day in self.days_off if not self.first <= day <= self.last]
        if outside:
            what = f"the day off {min(outside)} lies outside {self.first} to {self.last}"
            raise Mistake(what, "days_off", str(min(outside)))
        return self

    def days(self) -> frozenset[dt.date]:
        """Return the days off that this calendar itself names."""
        return frozenset(self.days_off)
