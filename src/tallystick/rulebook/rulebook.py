"""A rulebook that has no problems: what a code states, asked for by key and by day."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tallystick.rulebook.bodies import Body
from tallystick.rulebook.causes import Cause
from tallystick.rulebook.charges import ChargeScheme
from tallystick.rulebook.code import CalendarText, ClauseText, Code
from tallystick.rulebook.due import Due
from tallystick.rulebook.handling import Handling
from tallystick.rulebook.leagues import League
from tallystick.rulebook.measures import Level, Levels
from tallystick.rulebook.obligations import Obligation
from tallystick.rulebook.parameters import Parameter
from tallystick.rulebook.periods import Span
from tallystick.rulebook.processes import Process
from tallystick.rulebook.risks import RiskText
from tallystick.rulebook.scoring import ScoringMethod
from tallystick.rulebook.streams import Stream
from tallystick.rulebook.techniques import Technique
from tallystick.rulebook.terms import in_force
from tallystick.rulebook.voting import VotingScheme
from tallystick.rulebook.working_days import Calendar


@dataclass(frozen=True)
class Rulebook:
    """The definitions by key; `edition` is the hash of what the text states."""

    code: Code
    edition: str
    clauses: dict[str, ClauseText]
    calendar_texts: dict[str, CalendarText]
    parameters: dict[str, Parameter]
    streams: dict[str, Stream]
    measures: dict[str, Any]
    levels: dict[str, Levels]
    obligations: dict[str, Obligation]
    bodies: dict[str, Body] = field(default_factory=dict)
    voting: dict[str, VotingScheme] = field(default_factory=dict)
    processes: dict[str, Process] = field(default_factory=dict)
    scoring: dict[str, ScoringMethod] = field(default_factory=dict)
    risks: dict[str, RiskText] = field(default_factory=dict)
    techniques: dict[str, Technique] = field(default_factory=dict)
    charges: dict[str, ChargeScheme] = field(default_factory=dict)
    handling: Handling = field(default_factory=Handling)
    _calendars: dict[str, Calendar] = field(default_factory=dict, repr=False, compare=False)

    def calendar(self, key: str | None = None) -> Calendar:
        """Return a calendar by key, or the code's own."""
        key = key or self.code.calendar
        if key not in self._calendars:
            text = self.calendar_texts[key]
            own = Calendar(key, text.title, text.first, text.last, text.days())
            united = [self.calendar(one) for one in text.unites]
            self._calendars[key] = Calendar.united(key, text.title, [own, *united])
        return self._calendars[key]

    def level_on(self, measure: str, day: dt.date) -> Level | None:
        """Return the level in force on the day, or nothing if the measure has none yet."""
        levels = self.levels.get(measure)
        if levels is None or min(levels.values) > day:
            return None
        found: Level = in_force(levels.values, day, measure)
        return found

    def seats_on(self, body: str, day: dt.date) -> dict[str, int]:
        """Return the seats of a body by constituency on the day: those of the body whose role it is.

        A body that is nobody else's role has its own. Nothing is returned while none are stated.
        """
        one = self.bodies[body]
        while one.role_of is not None:
            one = self.bodies[one.role_of]
        return one.seats_on(day)

    def schemes_of(self, body: str, day: dt.date) -> tuple[VotingScheme, ...]:
        """Return the voting schemes that a body may use on the day."""
        return tuple(one for one in self.voting.values() if body in one.bodies and min(one.values) <= day)

    def league_on(self, day: dt.date) -> League | None:
        """Return what open issues weigh on the day, or nothing while the code says nothing of it."""
        return self.code.league.on_day(day) if self.code.league else None

    def causes_on(self, day: dt.date) -> dict[str, Cause]:
        """Return the kinds of cause by which cases are sorted on the day, none while the code states none."""
        known = self.code.causes.on_day(day) if self.code.causes else None
        return dict(known.kinds) if known else {}

    def parts_of(self, key: str) -> tuple[Any, ...]:
        """Return the measures that are summed into the measure."""
        return tuple(measure for measure in self.measures.values() if measure.into == key)

    def reports(self) -> Iterator[Obligation]:
        """Yield what falls due by itself: reports and forecasts."""
        return (one for one in self.obligations.values() if one.kind != "duty")

    def due_on(self, obligation: Obligation, period: Span) -> dt.date | None:
        """Return the day the obligation falls due for a period, or nothing where no date is set."""
        rule = obligation.due
        if not isinstance(rule, Due) or rule.from_ not in ("period_start", "period_end"):
            return None
        later, inclusive = rule.direction == "after", rule.counting == "inclusive"
        anchor = period.last if rule.from_ == "period_end" else period.first
        if rule.from_ == "period_start" and later and not inclusive:
            anchor -= dt.timedelta(days=1)  # the nth Working Day of a month counts from before it (CAL-2)
        if rule.unit == "working_day":
            calendar = self.calendar(rule.calendar)
            move = calendar.after if later else calendar.before
            return move(anchor, rule.count, inclusive=inclusive)
        if rule.unit == "month":
            return Span.month_of(anchor).shifted(rule.count if later else -rule.count).last
        days = rule.count - inclusive
        return anchor + dt.timedelta(days=days if later else -days)
