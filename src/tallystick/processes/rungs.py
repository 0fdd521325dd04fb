"""Where a matter stands, stage by stage: what is done, what is now, and what comes later, once what holds."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.utils import timezone

from tallystick.processes import engine
from tallystick.processes.engine import Known, Offer, Predicate
from tallystick.processes.models import Course, Step
from tallystick.processes.queries import Rows, calendars_of, process_of
from tallystick.processes.standing import Standing
from tallystick.rulebook.processes import PARTY, ROLES, ProcessValue

State = Literal["done", "now", "skipped", "next", "later", "left_out"]


@dataclass(frozen=True)
class Rung:
    """One stage of a track. `on` is the day on which the matter came there last, or on which it was skipped.

    `opens_once` are conditions in words: of one that is `later`, what has to hold first. `is_far` where other
    stages come before it, and `body` is the one whose decision leads there, by its key.
    """

    stage: str
    title: str
    says: str
    state: State
    on: dt.date | None = None
    reason: str = ""
    opens_once: tuple[str, ...] = ()
    is_far: bool = False
    body: str = ""


@dataclass(frozen=True)
class Asked:
    """A matter as its rungs are asked for: its course with its whole rows, and who judges its facts.

    `skipping` are the steps that passed stages over, in their order; `noun` is what the matter is called.
    """

    course: Course
    rows: Rows
    facts: Mapping[str, Any]
    predicates: Mapping[str, Predicate]
    skipping: Iterable[Step] = ()
    noun: str = "matter"


def rungs(asked: Asked, track: str, on: dt.date) -> list[Rung]:
    """Return the stages of a track as they stand on the day, in the order of the rule."""
    value = process_of(asked.course)
    standing = asked.rows.standing(asked.course, value, on)
    places = {one.stage: one for one in asked.rows.been if one.track == track}
    ways = _ways(asked, value, standing)
    has_ended = engine.has_ended(value, standing)
    found, is_past = [], True
    for name, stage in value.tracks[track].stages.items():
        place = places.get(name)
        state: State = "later"
        told: dict[str, object] = {"on": _day(place.entered_at) if place else None}
        if standing.at[track] == name:
            state, is_past = "now", False
        elif place is not None and is_past:
            state = "done"
        elif place is None and is_past and (step := _skipping(asked, value, name)):
            state, told = "skipped", {"on": step.on, "reason": step.reason}
        elif has_ended or (is_past and place is None):
            state = "left_out"
        else:
            told["opens_once"] = _opens_once(value, name, ways, (standing.on_hold, asked.noun))
            state = "later" if told["opens_once"] else "next"
            told |= {"is_far": name not in ways, "body": _body(value, name)}
        found.append(Rung(name, stage.title, stage.says or "", state, **told))  # type: ignore[arg-type]
    return found


def _skipping(asked: Asked, value: ProcessValue, stage: str) -> Step | None:
    """Return the last step that skipped a stage; none is looked for while a matter came to every one."""
    return next((one for one in reversed(list(asked.skipping)) if stage in value.moves[one.move].skips), None)


def _ways(asked: Asked, value: ProcessValue, standing: Standing) -> Mapping[str, Collection[Offer]]:
    """Return the moves from where a matter stands that anybody may take, by the stage they lead to."""
    known = Known(asked.facts, asked.predicates, calendars_of(asked.course))
    everybody = (*ROLES, PARTY)
    found = defaultdict(list)
    for one in (
        *engine.offers(value, standing, everybody, known),
        *engine.later(value, standing, everybody, known),
    ):
        if one.move in value.moves:
            found[value.moves[one.move].to].append(one)
    return found


def _body(value: ProcessValue, stage: str) -> str:
    """Return the key of the one body whose decision leads on to a stage, if every way there is such."""
    order = list(value.tracks[value.track_of[stage]].stages)
    onwards = [
        rule.body or ""
        for rule in value.moves.values()
        if rule.to == stage
        and any(order.index(one) < order.index(stage) for one in rule.from_ if one in order)
    ]
    return onwards[0] if onwards and len({*onwards}) == 1 else ""


def _opens_once(
    value: ProcessValue, stage: str, ways: Mapping[str, Collection[Offer]], of: tuple[bool, str]
) -> tuple[str, ...]:
    """Return what has to hold before a matter can come to a stage; nothing where it can come there now.

    :param of: whether the matter is on hold, and what it is called
    """
    on_hold, noun = of
    if on_hold:
        return ("the hold has ended",)
    if stage in ways:
        return min((one.opens_once for one in ways[stage]), key=len)
    order = list(value.tracks[value.track_of[stage]].stages)
    leading = {one for rule in value.moves.values() if rule.to == stage for one in rule.from_}
    onwards = [one for one in order if one in leading and order.index(one) < order.index(stage)]
    titles = [value.stage(one).title for one in onwards or sorted(leading)]
    return (f"the {noun} stands in {' or '.join(f'“{title}”' for title in titles)}",)


def _day(moment: dt.datetime) -> dt.date:
    return timezone.localtime(moment).date()
