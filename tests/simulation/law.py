"""A process as its text states it, and a matter that goes by it: written from docs/guide/processes.md alone.

No code of the product is used here. What is said of a matter by this and by the product has to agree.
"""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

RULES = Path("rulebooks/sec")
ONE = dt.timedelta(days=1)
SATURDAY = 5
NOTHING: Mapping[str, Any] = {}
Opens = Callable[[str, str], bool]


@cache
def text_of(path: Path) -> Any:
    return yaml.load(path.read_text(), Loader=yaml.BaseLoader)  # noqa: S506 - it makes nothing but text


@cache
def days_off() -> frozenset[str]:
    return frozenset(text_of(RULES / "calendars/england_wales.yaml")["days_off"])


def is_working(day: dt.date) -> bool:
    return day.weekday() < SATURDAY and day.isoformat() not in days_off()


@dataclass(frozen=True)
class Law:
    """The text of one process that is in force on a day."""

    key: str
    text: Mapping[str, Any]

    @classmethod
    def of(cls, key: str, day: dt.date) -> "Law":
        values = text_of(RULES / f"processes/{key}.yaml")["values"]
        return cls(key, values[max(start for start in values if start <= day.isoformat())])

    @property
    def moves(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.text["moves"]
        return found

    @property
    def clocks(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.text["clocks"]
        return found

    @property
    def holds(self) -> Collection[str]:
        found: Collection[str] = self.text.get("holds", ())
        return found

    @property
    def main(self) -> str:
        return str(self.text.get("main") or next(iter(self.text["tracks"])))

    def track_of(self, stage: str) -> str:
        return next(name for name, track in self.text["tracks"].items() if stage in track["stages"])

    def ends_in(self, stage: str) -> bool:
        return bool(self.text["tracks"][self.main]["stages"].get(stage, {}).get("ends") == "yes")

    def counts(self, clock: str, day: dt.date) -> bool:
        """Tell whether a day counts for a clock."""
        due = self.clocks[clock]["due"]
        return due == "stated" or due["unit"] != "working_day" or is_working(day)

    def moves_on(self, clock: str) -> str:
        """Return the move that a clock makes when it passes, if it makes one."""
        passed = self.clocks[clock]["passed"]
        return "" if isinstance(passed, str) else str(passed["move"])

    def due(self, clock: str, start: dt.date, stated: dt.date | None) -> dt.date:
        due = self.clocks[clock]["due"]
        if due == "stated":
            assert stated is not None
            return stated
        assert due["from"] == "event"
        assert due.get("counting", "exclusive") == "exclusive"
        assert due["unit"] in ("working_day", "day")
        return self.walked(clock, start + ONE, int(due["count"]))

    def walked(self, clock: str, here: dt.date, count: int) -> dt.date:
        """Return the day that is the count-th to count, from a day on that is the first if it counts."""
        while True:
            count -= self.counts(clock, here)
            if count <= 0:
                return here
            here += ONE


@dataclass
class Runs:
    """A clock: due on a day, or standing still with so many days left; ended on a day, somehow."""

    clock: str
    started_on: dt.date
    due_on: dt.date | None
    left: int | None = None
    ended_on: dt.date | None = None
    how: str = ""

    def is_past(self, on: dt.date) -> bool:
        return self.ended_on is None and self.due_on is not None and self.due_on < on

    def end(self, on: dt.date, how: str) -> None:
        self.how = "passed" if self.is_past(on) else how
        self.ended_on = on

    @property
    def told(self) -> tuple[Any, ...]:
        return self.clock, self.started_on, self.due_on, self.left, self.ended_on, self.how


@dataclass
class Asked:
    """A move as somebody wants it, in one of the roles that are theirs."""

    move: str
    roles: Collection[str]
    on: dt.date
    said: Mapping[str, str] = field(default_factory=dict)
    stated: Mapping[str, dt.date] = field(default_factory=dict)
    reason: str = ""


class Way:
    """Where a matter stands, by the law alone."""

    def __init__(self, law: Law, on: dt.date) -> None:
        self.law, self.since, self.holding = law, on, 0
        self.at = {name: str(track["begins"]) for name, track in law.text["tracks"].items()}
        self.clocks: list[Runs] = []

    @property
    def has_ended(self) -> bool:
        return self.law.ends_in(self.at[self.law.main])

    @property
    def open(self) -> dict[str, Runs]:
        return {one.clock: one for one in self.clocks if one.ended_on is None}

    def refused(self, asked: Asked, opens: Opens) -> str:
        """Return why a move is not lawful; nothing if it is. `opens` judges each guard before its body."""
        rule = self.law.moves.get(asked.move)
        if rule is None:
            return "no such move"
        others = rule.get("while", NOTHING)
        reasons = {
            "on hold": self.holding > 0,
            "ended": self.has_ended,
            "too early": asked.on < self.since,
            "elsewhere": self.at[self.law.track_of(rule["to"])] not in rule["from"],
            "not theirs": not set(asked.roles) & (set(rule["who"])),
            "another track": any(self.at[track] not in stages for track, stages in others.items()),
            "a guard": not all(opens(guard, rule.get("body", "")) for guard in rule.get("guards", ())),
            "not said": not _is_said(rule, asked),
            "not stated": not self._is_stated(rule, asked),
        }
        return next((why for why, holds in reasons.items() if holds), "")

    def make(self, asked: Asked) -> None:
        rule = self.law.moves[asked.move]
        self.at[self.law.track_of(rule["to"])] = rule["to"]
        self.since = asked.on
        starts = self._starting(rule)
        for name, one in self.open.items():
            is_met = name in rule.get("stops", ())
            if is_met or name in starts or not self._runs(name):
                one.end(asked.on, "met" if is_met else "stopped")
        for name in starts:
            due = self.law.due(name, asked.on, asked.stated.get(name))
            self.clocks.append(Runs(name, asked.on, due))

    def passes(self, clock: str, on: dt.date) -> bool:
        """Tell whether a clock is over and may pass."""
        one = self.open.get(clock)
        is_over = one is not None and one.is_past(on)
        return is_over and not (self.holding and self.law.moves_on(clock))

    def let_pass(self, clock: str, on: dt.date) -> None:
        self.open[clock].end(on, "passed")
        self.since = on
        if move := self.law.moves_on(clock):
            self.make(Asked(move, {"clock"}, on))

    def hold(self, on: dt.date) -> None:
        """Let one more hold hold it: clocks stand still from the day on, which counts no more."""
        self.holding += 1
        self.since = max(self.since, on)
        for one in self.open.values() if self.holding == 1 else ():
            if self.law.clocks[one.clock].get("pauses") != "no" and not one.is_past(on):
                assert one.due_on is not None
                ahead = (on + number * ONE for number in range((one.due_on - on).days + 1))
                one.left = sum(self.law.counts(one.clock, day) for day in ahead)
                one.due_on = None

    def resume(self, on: dt.date) -> None:
        """Let one hold go: once none is left, each clock counts again, this day included."""
        self.holding -= 1
        for one in self.open.values() if not self.holding else ():
            if one.left is not None:
                one.due_on = max(on, self.law.walked(one.clock, on, one.left)) if one.left else on
                one.left = None
        self.since = max(self.since, on)

    def _runs(self, clock: str) -> bool:
        return not self.has_ended and bool(set(self.at.values()) & set(self.law.clocks[clock]["runs_in"]))

    def _starting(self, rule: Mapping[str, Any]) -> list[str]:
        return [name for name in rule.get("starts", ()) if self._runs(name)]

    def _is_stated(self, rule: Mapping[str, Any], asked: Asked) -> bool:
        """Tell whether just those days are stated that the clocks ask for which the move starts."""
        track, before = self.law.track_of(rule["to"]), dict(self.at)
        self.at[track] = rule["to"]
        wanted = {name for name in self._starting(rule) if self.law.clocks[name]["due"] == "stated"}
        self.at = before
        return set(asked.stated) == wanted and all(day >= asked.on for day in asked.stated.values())


def _is_said(rule: Mapping[str, Any], asked: Asked) -> bool:
    """Tell whether all is said that a move asks and nothing besides, and why where it skips a stage."""
    asks = rule.get("asks", NOTHING)
    if not set(asked.said) <= set(asks) or (rule.get("skips") and not asked.reason.strip()):
        return False
    for name, ask in asks.items():
        said = asked.said.get(name, "").strip()
        if not said and ask.get("needed") != "no":
            return False
        if said and ask["kind"] == "choice" and said not in ask["of"]:
            return False
    return True
