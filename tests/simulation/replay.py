"""Where each matter stands by what was done on it: by the law alone, from steps, holds and the journal."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from tallystick.cases.models import Case, Remedy
from tallystick.challenges.models import Challenge, Dispute
from tallystick.derogations.models import Derogation, Forbearance
from tallystick.journal.models import Payload
from tallystick.processes.models import Course, Hold, Place, Step
from tests.simulation.law import Asked, Law, Way

MIDNIGHT = dt.time()
# Acts that let a clock pass, and how each names the matter.
PASSING = {
    "cases.pass_clock_of": ("case",),
    "challenges.pass_clock_of": ("challenge", "dispute"),
    "derogations.pass_clock_of_derogation": ("derogation",),
    "derogations.pass_clock_of_forbearance": ("forbearance",),
}
Judge = Callable[[Step, str, str], bool]


class Event(NamedTuple):
    """Something that happened to a course: in which order, and what it does to its way."""

    at: dt.datetime
    order: int
    do: Callable[[], None]


@dataclass
class Replay:
    """The ways of all courses by their keys, and what was not lawful as they went."""

    ways: dict[int, Way] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


def replayed(until: dt.datetime, judge: Judge = lambda *_: True) -> Replay:
    """Let every course go its way again, until an instant.

    :param judge: tells of a step whether a guard of it held, for a body or none
    """
    made, events = Replay(), list[Event]()
    names = _names()
    for course in Course.objects.order_by("pk"):
        made.ways[course.pk] = Way(Law.of(course.process, course.value_day), course.begun_on)
        began = min(Place.objects.filter(course=course).values_list("entered_at", flat=True))
        events += _holding(course, began, made)
    for step in Step.objects.select_related("course").order_by("pk"):
        events.append(Event(step.at, 2, partial(_take, step, made, judge)))
    for at, reference, process, clock in _passed():
        of = [pk for name, pk in names[reference] if process in ("", name)]
        events.append(Event(at, 1, partial(_pass, of, clock, at, made)))
    for at, reference, done_on in _work_done():
        [(_, pk)] = names[reference]
        events.append(Event(at, 1, partial(_due_earlier, made.ways[pk], done_on)))
    for event in sorted((one for one in events if one.at <= until), key=lambda one: one[:2]):
        event.do()
    return made


def clocks_left_open(day: dt.date) -> list[str]:
    """Return the clocks that were over before a day, may pass, and are open all the same.

    A milestone that months have still to prove waits for them, and so does its clock.
    """
    until = dt.datetime.combine(day, dt.time(23), dt.UTC)
    going = set(Course.objects.filter(ended_on=None).values_list("pk", flat=True))
    ways = {pk: way for pk, way in replayed(until).ways.items() if pk in going}
    measured = set(Remedy.objects.exclude(measure="").values_list("course", flat=True))
    return [
        f"{clock} of course {pk} is open past {one.due_on}"
        for pk, way in ways.items()
        for clock, one in way.open.items()
        if way.passes(clock, day) and not (clock == "milestone" and pk in measured)
    ]


def _names() -> dict[str, list[tuple[str, int]]]:
    """Return the courses that belong to each case, by its reference: its own and those of its remedies."""
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for reference, course in Case.objects.values_list("reference", "course"):
        found[reference].append(("case", course))
    for reference, course in Remedy.objects.values_list("case__reference", "course"):
        found[reference].append(("remedy", course))
    for model in (Challenge, Dispute, Derogation, Forbearance):
        for reference, course in model.objects.values_list("reference", "course"):
            found[reference].append((model.TYPE, course))
    return found


def _passed() -> Iterator[tuple[dt.datetime, str, str, str]]:
    """Yield the clocks that passed without a move, as the journal tells: when, of which case and process."""
    rows = Payload.objects.filter(entry__act__in=PASSING).order_by("entry__seq")
    for row in rows.select_related("entry"):
        told = json.loads(row.text)["facts"]
        if "move" not in told:
            [reference] = [told[name] for name in PASSING[row.entry.act] if name in told]
            yield row.entry.at, reference, told.get("process", ""), told["clock"]


def _work_done() -> Iterator[tuple[dt.datetime, str, dt.date]]:
    """Yield what ended with its work, as the journal tells: when, which, and the day of the work."""
    rows = Payload.objects.filter(entry__act="derogations.end_with_work").order_by("entry__seq")
    for row in rows.select_related("entry"):
        told = json.loads(row.text)["facts"]
        yield row.entry.at, told["derogation"], dt.date.fromisoformat(told["done_on"])


def _holding(course: Course, began: dt.datetime, made: Replay) -> Iterator[Event]:
    """Yield when each hold begins and ends to hold a course."""
    for hold in Hold.objects.order_by("pk"):
        own = {course.pk, course.within_id} - {None}
        is_of_it = hold.course_id in own or course.process in hold.processes.split()
        starts = max(hold.placed_at, began, _morning(hold.from_on))
        known = (hold.lifted_at, _morning(hold.until_on) if hold.until_on else None)
        ends = [one for one in known if one is not None]
        if not is_of_it or (ends and min(ends) <= starts):
            continue
        way = made.ways[course.pk]
        yield Event(starts, 0, partial(_held, way, starts, way.hold))
        for over in ends and [min(ends)]:
            yield Event(over, 0, partial(_held, way, over, way.resume))


def _held(way: Way, at: dt.datetime, do: Callable[[dt.date], None]) -> None:
    if not way.has_ended:
        do(at.date())


def _pass(of: list[int], clock: str, at: dt.datetime, made: Replay) -> None:
    own = [pk for pk in of if made.ways[pk].passes(clock, at.date())]
    if len(own) != 1:
        made.wrong.append(f"{at}: {clock} passed on {len(own)} of {len(of)} courses")
    for pk in own:
        made.ways[pk].let_pass(clock, at.date())


def _due_earlier(way: Way, done_on: dt.date) -> None:
    """Let the last day of leave be the day on which its work was done, where that came before."""
    term = way.open["term"]
    assert term.due_on is not None
    term.due_on = max(term.started_on, min(term.due_on, done_on))


def _take(step: Step, made: Replay, judge: Judge) -> None:
    way = made.ways[step.course_id]
    named = f"{step.at:%Y-%m-%d %H:%M} {step.course.process} {step.course_id} {step.move}"
    track = way.law.track_of(step.to_stage)
    if (step.track, step.from_stage) != (track, way.at[track]):
        made.wrong.append(f"{named}: leads from {step.from_stage}, and it stood in {way.at[track]}")
    if step.clock:
        if not way.passes(step.clock, step.on) or way.law.moves_on(step.clock) != step.move:
            made.wrong.append(f"{named}: {step.clock} could not pass")
        else:
            way.let_pass(step.clock, step.on)
        return
    stated = {name: dt.date.fromisoformat(day) for name, day in step.stated.items()}
    asked = Asked(step.move, {step.role}, step.on, step.said, stated, step.reason)
    why = way.refused(asked, lambda guard, body: judge(step, guard, body))
    if why:
        made.wrong.append(f"{named}: {why}")
    else:
        way.make(asked)


def _morning(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, MIDNIGHT, dt.UTC)


def told_of(way: Way) -> tuple[dict[str, Any], list[tuple[Any, ...]]]:
    """Return what is compared: the stage of each track, and the clocks in the order that they started."""
    return way.at, [one.told for one in way.clocks]
