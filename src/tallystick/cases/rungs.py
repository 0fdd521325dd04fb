"""Where a case stands, stage by stage: what is done, what is now, and what comes later, once what holds."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.utils import timezone

from tallystick.cases.facts import facts_of
from tallystick.cases.guards import PREDICATES
from tallystick.cases.matter import Matter
from tallystick.cases.models import Case
from tallystick.processes import engine
from tallystick.processes.engine import Known, Offer
from tallystick.processes.models import Step
from tallystick.processes.queries import calendars_of, process_of
from tallystick.processes.standing import Standing
from tallystick.rulebook.processes import PARTY, ROLES, ProcessValue

CASE, LADDER = "case", "ladder"
Facts = Mapping[str, Any]
State = Literal["done", "now", "skipped", "next", "later", "left_out"]


@dataclass(frozen=True)
class Rung:
    """One stage of a track. `on` is the day on which the case came there last, or on which it was skipped.

    `opens_once` are conditions in words: of one that is `later`, what has to hold first.
    """

    stage: str
    title: str
    says: str
    state: State
    on: dt.date | None = None
    reason: str = ""
    opens_once: tuple[str, ...] = ()


def stages(case: Case, on: dt.date, facts: Facts | None = None, matter: Matter | None = None) -> list[Rung]:
    """Return the stages of a case, in the order of its rule.

    :param facts: those of the case on the day, where they are known already
    :param matter: the rows of the case, where they are read already
    """
    return _rungs(matter or Matter(case), CASE, on, facts)


def ladder(case: Case, on: dt.date, facts: Facts | None = None, matter: Matter | None = None) -> list[Rung]:
    """Return the steps of the ladder, in the order of its rule.

    :param facts: those of the case on the day, where they are known already
    :param matter: the rows of the case, where they are read already
    """
    return _rungs(matter or Matter(case), LADDER, on, facts)


def _rungs(matter: Matter, track: str, on: dt.date, facts: Facts | None) -> list[Rung]:
    case = matter.case
    value, standing = process_of(case.course), matter.standing(on)
    places = {one.stage: one for one in matter.places if one.track == track}
    ways = _ways(case, value, standing, facts_of(case, on, matter) if facts is None else facts)
    has_ended = engine.has_ended(value, standing)
    rungs, is_past = [], True
    for name, stage in value.tracks[track].stages.items():
        place = places.get(name)
        state: State = "later"
        told: dict[str, object] = {"on": _day(place.entered_at) if place else None}
        if standing.at[track] == name:
            state, is_past = "now", False
        elif place is not None and is_past:
            state = "done"
        elif place is None and is_past and (step := _skipping(matter, value, name)):
            state, told = "skipped", {"on": step.on, "reason": step.reason}
        elif has_ended or (is_past and place is None):
            state = "left_out"
        else:
            told["opens_once"] = _opens_once(value, name, ways, on_hold=standing.on_hold)
            state = "later" if told["opens_once"] else "next"
        rungs.append(Rung(name, stage.title, stage.says or "", state, **told))  # type: ignore[arg-type]
    return rungs


def _skipping(matter: Matter, value: ProcessValue, stage: str) -> Step | None:
    """Return the last step that skipped a stage; none is looked for while a case came to every one."""
    return next((one for one in reversed(matter.steps) if stage in value.moves[one.move].skips), None)


def _ways(
    case: Case, value: ProcessValue, standing: Standing, facts: Facts
) -> Mapping[str, Collection[Offer]]:
    """Return the moves from where a case stands that anybody may take, by the stage they lead to."""
    known = Known(facts, PREDICATES, calendars_of(case.course))
    everybody = (*ROLES, PARTY)
    found = defaultdict(list)
    for one in (
        *engine.offers(value, standing, everybody, known),
        *engine.later(value, standing, everybody, known),
    ):
        if one.move in value.moves:
            found[value.moves[one.move].to].append(one)
    return found


def _opens_once(
    value: ProcessValue, stage: str, ways: Mapping[str, Collection[Offer]], *, on_hold: bool
) -> tuple[str, ...]:
    """Return what has to hold before a case can come to a stage; nothing where it can come there now."""
    if on_hold:
        return ("the hold has ended",)
    if stage in ways:
        return min((one.opens_once for one in ways[stage]), key=len)
    order = list(value.tracks[value.track_of[stage]].stages)
    leading = {one for rule in value.moves.values() if rule.to == stage for one in rule.from_}
    onwards = [one for one in order if one in leading and order.index(one) < order.index(stage)]
    titles = [value.stage(one).title for one in onwards or sorted(leading)]
    return (f"the case stands in {' or '.join(f'“{title}”' for title in titles)}",)


def _day(moment: dt.datetime) -> dt.date:
    return timezone.localtime(moment).date()
