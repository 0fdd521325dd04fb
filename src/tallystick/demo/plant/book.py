"""The planter's own account: what each measure comes to, kept while rows are planted."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Literal

from tallystick.demo.plant.clock import ONE_DAY, instant, month_of
from tallystick.demo.plant.limits import AREA_LEVEL, CODE_LEVELS, SERVICE_LEVEL, ZERO_TOLERANCE
from tallystick.demo.plant.rows import STREAM_OF, Excluded, Row, key_of
from tallystick.demo.truth import Planted, TruthFigure, TruthFinding, TruthLine

HUNDRED_PERCENT = 10_000
CODE_OWNER = "DCC"
Verdict = Literal["met", "failed", "open", "held"]


@dataclass
class Sides:
    """Both sides of a figure, and what is not in them."""

    numerator: int = 0
    denominator: int = 0
    open: int = 0
    held: int = 0
    excluded: int = 0

    def add(self, other: "Sides") -> None:
        """Add the sides of another figure."""
        for name in vars(self):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def state(self, level: tuple[int, int] | None) -> str:
        """Return where the share stands, compared in whole numbers; nothing to count is no_events."""
        if level is None:
            return "no_level"
        if not self.denominator:
            return "no_events"
        share = self.numerator * HUNDRED_PERCENT
        if share < level[1] * self.denominator:
            return "below_minimum"
        return "below_target" if share < level[0] * self.denominator else "met"


@dataclass(frozen=True)
class Duty:
    """How a measure is judged: whose it is, its level, the figure it adds to.

    `subject` is a provider, or None where each party answers for its own; `grain` then names the column.
    """

    measure: str
    subject: str | None
    level: tuple[int, int] | None = SERVICE_LEVEL
    into: str | None = None
    reportable: bool = True
    grain: str = "party"


def provider(measure: str, subject: str, into: str | None = None) -> Duty:
    """Return a measure of a provider, at the level of its contract."""
    return Duty(measure, subject, SERVICE_LEVEL, into)


def code(measure: str) -> Duty:
    """Return a measure of the code itself, whose subject is the DCC."""
    return Duty(measure, CODE_OWNER, CODE_LEVELS[measure])


def area(measure: str, *, zero: bool = False, grain: str = "party") -> Duty:
    """Return a duty that every party answers for itself."""
    return Duty(measure, None, ZERO_TOLERANCE if zero else AREA_LEVEL, grain=grain)


@dataclass
class Book:
    """Figures, exception lines and planted cases, as known at the end of a day.

    A book about a few measures only does not roll them up.
    """

    known_on: dt.date
    periods: tuple[str, ...]
    rolls_up: bool = True
    duties: dict[str, Duty] = field(default_factory=dict)
    exceptions: list[Excluded] = field(default_factory=list)
    planted: list[Planted] = field(default_factory=list)
    _wholes: dict[tuple[str, str], Sides] = field(default_factory=lambda: defaultdict(Sides))
    _parts: dict[tuple[str, str, str], Sides] = field(default_factory=lambda: defaultdict(Sides))
    _lines: list[TruthLine] = field(default_factory=list)
    _excluded: set[tuple[str, str]] = field(default_factory=set)

    @property
    def known_until(self) -> int:
        """The instant at which the day of knowledge ends."""
        return instant(self.known_on + ONE_DAY)

    def exclude(self, row: Row, reason: str, approved_by: str, until_on: dt.date | None = None) -> None:
        """Put a row on the list of those that leave both sides of every measure."""
        stream, key = STREAM_OF[type(row)], key_of(row)
        self.exceptions.append(Excluded(stream, key, reason, approved_by, until_on))
        self._excluded.add((stream, key))

    def exclude_no_longer(self, row: Row, reason: str, approved_by: str, until_on: dt.date) -> None:
        """Put a row on the list with an exception that ended before it counts."""
        self.exceptions.append(Excluded(STREAM_OF[type(row)], key_of(row), reason, approved_by, until_on))

    def is_excluded(self, row: Row) -> bool:
        """Tell whether the row is on the list."""
        if not self._excluded:
            return False
        return (STREAM_OF[type(row)], key_of(row)) in self._excluded

    def plant(self, case: str, measure: str, row: Row, at: int, *, why: str) -> None:
        """Note a row that was planted on purpose. Cases are named `late …` or `lawful …`."""
        self.plant_in(case, measure, row, month_of(at), why=why)

    def plant_in(self, case: str, measure: str, row: Row, period: str, *, why: str) -> None:
        """Note a row that was planted on purpose for a month."""
        lawful = not case.startswith("late")
        stream = STREAM_OF[type(row)]
        self.planted.append(Planted(case, measure, period, stream, key_of(row), lawful, why))

    def settle(self, duty: Duty, period: str, row: Row, subject: str, verdict: Verdict) -> None:
        """Count one row once, and write it down where it failed."""
        if period not in self.periods:
            return
        one = Sides()
        if self.is_excluded(row):
            one.excluded = 1
        elif verdict in ("open", "held"):
            setattr(one, verdict, 1)
        else:
            one.numerator, one.denominator = int(verdict == "met"), 1
            if verdict == "failed":
                self._lines.append(TruthLine(duty.measure, period, key_of(row), subject))
        self._add(duty, period, subject, one)

    def measure_out(self, duty: Duty, period: str, part: int, whole: int) -> None:
        """Count quantities or minutes on both sides."""
        self.measure_out_for(duty, period, duty.subject or "", (part, whole))

    def measure_out_for(self, duty: Duty, period: str, subject: str, sides: tuple[int, int]) -> None:
        """Count quantities of one subject on both sides."""
        if period in self.periods:
            self._add(duty, period, subject, Sides(*sides))

    def line(self, duty: Duty, period: str, row: Row) -> None:
        """Write down a row that takes something off a quantity or a time."""
        if period in self.periods:
            self._lines.append(TruthLine(duty.measure, period, key_of(row), duty.subject or ""))

    def open_account(self, duties: list[Duty]) -> None:
        """Name the measures that are kept, so that a month without events still has a figure."""
        for duty in duties:
            self.duties[duty.measure] = duty

    def _add(self, duty: Duty, period: str, subject: str, one: Sides) -> None:
        self._wholes[duty.measure, period].add(one)
        if duty.subject is None:
            self._parts[duty.measure, period, subject].add(one)

    def measures(self) -> tuple[str, ...]:
        """Return the keys of the measures kept, roll-ups among them."""
        above = {duty.into for duty in self.duties.values() if duty.into and self.rolls_up}
        return tuple(sorted({*self.duties, *above}))

    def lines(self) -> tuple[TruthLine, ...]:
        """Return every exception line, in order."""
        return tuple(sorted(self._lines))

    def figures(self) -> tuple[TruthFigure, ...]:
        """Return both sides of every measure and month, and of every party where it answers for itself."""
        found = [
            _figure(measure, period, "", self._whole(measure, period))
            for measure in self.measures()
            for period in self.periods
        ]
        for (measure, period, subject), sides in self._parts.items():
            found.append(_figure(measure, period, f"{self.duties[measure].grain}={subject}", sides))
        return tuple(sorted(found))

    def findings(self) -> tuple[TruthFinding, ...]:
        """Return a finding for every subject below a level of its reportable measure."""
        found = []
        for measure in self.measures():
            duty = self.duties.get(measure) or code(measure)
            for period, subject, sides in self._subjects(duty):
                state = sides.state(duty.level)
                if duty.reportable and state in ("below_target", "below_minimum"):
                    found.append(TruthFinding(measure, period, subject, state))
        return tuple(sorted(found))

    def _subjects(self, duty: Duty) -> list[tuple[str, str, Sides]]:
        if duty.subject:
            return [(period, duty.subject, self._whole(duty.measure, period)) for period in self.periods]
        parts = self._parts.items()
        return [(period, who, sides) for (measure, period, who), sides in parts if measure == duty.measure]

    def _whole(self, measure: str, period: str) -> Sides:
        whole = Sides()
        if measure in self.duties:
            whole.add(self._wholes.get((measure, period), Sides()))
        for duty in self.duties.values():
            if duty.into == measure:
                whole.add(self._wholes.get((duty.measure, period), Sides()))
        return whole


def _figure(measure: str, period: str, group: str, sides: Sides) -> TruthFigure:
    return TruthFigure(measure, period, group, **vars(sides))
