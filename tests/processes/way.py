"""A process small enough to know by heart: a matter is asked about, answered and closed, beside a ladder."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tallystick.processes.engine import Known, Predicate, begin, move
from tallystick.processes.standing import Standing
from tallystick.processes.wishes import Wish
from tallystick.rulebook.processes import Process, ProcessValue
from tallystick.rulebook.rulebook import Rulebook
from tallystick.rulebook.working_days import Calendar
from tests.rulebook.test_working_days import CALENDARS

BEGAN = dt.date(2021, 9, 1)  # a Wednesday
WAY = "way"

_STAGES = {
    "filed": {"title": "Filed"},
    "opened": {"title": "Opened"},
    "asked": {"title": "Asked"},
    "answered": {"title": "Answered"},
    "closed": {"title": "Closed", "ends": "yes"},
}
_MOVES: dict[str, dict[str, Any]] = {
    "open": {"from": ["filed"], "to": "opened", "who": ["analyst"], "starts": ["watch"]},
    "ask": {
        "from": ["opened"],
        "to": "asked",
        "who": ["analyst"],
        "guards": ["lines_are_shared"],
        "asks": {"what": {"title": "What is asked", "kind": "words"}},
        "starts": ["answer_by"],
    },
    "ask_again": {"from": ["asked"], "to": "asked", "who": ["analyst"], "starts": ["answer_by"]},
    "reply": {
        "from": ["asked"],
        "to": "answered",
        "who": ["party"],
        "asks": {"since": {"title": "Since when", "kind": "day", "needed": "no"}},
        "stops": ["answer_by"],
        "starts": ["plan"],
    },
    "reply_over": {"from": ["asked"], "to": "answered", "who": ["clock"]},
    "straight": {"from": ["opened"], "to": "answered", "who": ["analyst"], "skips": ["asked"]},
    "accept": {
        "from": ["answered"],
        "to": "closed",
        "who": ["chair"],
        "body": "pab",
        "guards": ["body_has_decided"],
        "asks": {"how": {"title": "How", "kind": "choice", "of": {"well": "Well", "badly": "Badly"}}},
    },
    "back": {"from": ["answered"], "to": "opened", "who": ["analyst", "chair"]},
    "climb": {
        "from": ["low"],
        "to": "high",
        "who": ["analyst"],
        "while": {"way": ["asked", "answered"]},
        "starts": ["fee"],
    },
    "lower": {"from": ["high"], "to": "low", "who": ["chair"], "stops": ["fee"]},
}
_CLOCKS: dict[str, dict[str, Any]] = {
    "answer_by": {
        "owner": "party",
        "due": {"count": "10", "unit": "working_day", "from": "event"},
        "runs_in": ["asked"],
        "reminds": ["3", "0"],
        "passed": {"move": "reply_over"},
    },
    "plan": {"owner": "party", "due": "stated", "runs_in": ["answered"], "passed": "remind"},
    "watch": {
        "owner": "analyst",
        "due": {"count": "1", "unit": "month", "from": "event"},
        "runs_in": ["opened", "asked", "answered"],
        "pauses": "no",
        "passed": "nothing",
    },
    "fee": {
        "owner": "party",
        "due": {"count": "5", "unit": "day", "from": "event", "counting": "inclusive"},
        "runs_in": ["high"],
        "passed": "nothing",
    },
}


_SHORT = {"answer_by": {"due": {"count": "5", "unit": "working_day", "from": "event"}}}
NOTHING: Mapping[str, Any] = {}


def value_of(moves: Mapping[str, Any] = NOTHING, clocks: Mapping[str, Any] = NOTHING) -> ProcessValue:
    """Return the rule; what is given is laid over its moves and clocks, by name."""
    return ProcessValue.model_validate(
        {
            "main": "way",
            "tracks": {
                "way": {"title": "The way", "begins": "filed", "stages": _STAGES},
                "ladder": {
                    "title": "The ladder",
                    "begins": "low",
                    "stages": {"low": {"title": "Low"}, "high": {"title": "High"}},
                },
            },
            "moves": {name: _titled(name, told, moves) for name, told in _MOVES.items()},
            "clocks": {
                name: {"source": "assumed", **_titled(name, told, clocks)} for name, told in _CLOCKS.items()
            },
            "holds": ["chair", "secretary"],
            "source": "assumed",
        }
    )


def _titled(name: str, told: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    return {"title": name.replace("_", " ").capitalize(), **told, **changes.get(name, {})}


VALUE = value_of()
# What begins in 2022 has less time to answer.
PROCESS = Process(
    key=WAY,
    title="Way",
    about="matter",
    values={dt.date(2021, 1, 1): VALUE, dt.date(2022, 1, 1): value_of(clocks=_SHORT)},
)


def calendars(key: str | None = None) -> Calendar:
    return CALENDARS[key or "england_wales"]


def ruled(sec: Rulebook) -> Rulebook:
    """Return the code's rules with this process, and another that goes the same way."""
    other = PROCESS.model_copy(update={"key": "other", "title": "Other"})
    return replace(sec, processes={WAY: PROCESS, "other": other})


def known(*, shared: bool = True, decided: str = "pab") -> Known:
    facts = {"lines_shared_on": BEGAN if shared else None, "decided_by": decided}
    return Known(facts, PREDICATES, calendars)


PREDICATES: dict[str, Predicate] = {
    "lines_are_shared": lambda facts: facts["lines_shared_on"] is not None,
    "body_has_decided": lambda facts: facts["decided_by"] == facts["body"],
}
# Of each move who makes it and what they say, as the rule wants it.
ROLES = {"reply": "party", "accept": "chair", "lower": "chair"}
SAYS = {"ask": {"what": "Why so late?"}, "accept": {"how": "well"}}


def wish(move: str, on: dt.date, **told: Any) -> Wish:
    """Return a move as the rule wants it, but for what is told otherwise; a plan is due 30 days on."""
    said: dict[str, Any] = {"role": ROLES.get(move, "analyst"), "said": SAYS.get(move, {})}
    if move == "reply":
        said["stated"] = {"plan": on + dt.timedelta(days=30)}
    if move == "straight":
        said["reason"] = "They told us themselves"
    return Wish(move, on=on, **{**said, **told})


def moved(*names: str, on: dt.date = BEGAN, standing: Standing | None = None) -> Standing:
    """Return where a matter stands after moves, all on one day."""
    standing = standing or begin(VALUE, on)
    for name in names:
        standing = move(VALUE, standing, wish(name, on), known())
    return standing


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
