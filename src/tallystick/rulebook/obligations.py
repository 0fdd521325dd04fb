"""What is owed: duties that measures test, and reports and forecasts that fall due."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, model_validator

from tallystick.rulebook.due import DueRule
from tallystick.rulebook.terms import Clauses, Day, Definition, Key, Name, Period, Sentence, Sourced, in_force


class Content(Definition):
    """What a report must hold, and the clauses that say so."""

    clauses: tuple[str, ...] = ()
    must_include: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()


class Enforcement(Sourced):
    """Whether a body pursues the duty from a day on; `suspended` keeps the duty and raises no finding."""

    state: Literal["pursued", "suspended"]
    because: Sentence


class Obligation(Sourced):
    """Somebody owes something under a clause. A report falls due by `due`; `until` ends it (a sunset)."""

    key: Key
    title: Sentence
    kind: Literal["duty", "report", "forecast"]
    clause: Clauses
    owner: Annotated[str, Field(min_length=1, description="who owes it")]
    to: tuple[Name, ...] = ()
    area: Name | None = None
    period: Period | None = None
    due: DueRule | None = None
    until: Day | None = None
    content: Content = Content()
    enforcement: dict[Day, Enforcement] = {}
    report: Key | None = None
    tests: Sentence | None = None
    note: str = ""

    @model_validator(mode="after")
    def _a_report_says_when(self) -> "Obligation":
        if self.kind != "duty" and (self.period is None or self.due is None):
            raise ValueError("a report or forecast says its period and when it is due")
        return self

    def enforced_on(self, day: dt.date) -> bool:
        """Tell whether findings are raised on the day."""
        started = [start for start in self.enforcement if start <= day]
        if not started:
            return True
        found: Enforcement = in_force(self.enforcement, day, self.key)
        return found.state == "pursued"
