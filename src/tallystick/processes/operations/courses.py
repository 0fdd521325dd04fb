"""A course begins, steps are taken on it, and its clocks pass.

These are done within acts of the rooms upstairs, which know what a course is about: each holds the
transaction, locks its own record before the course, and writes the entry. Told twice, they do it once.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tallystick.parties.acting import Acting
from tallystick.parties.classified import Classified
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.processes import engine
from tallystick.processes.engine import Known, Predicate
from tallystick.processes.models import KEY, OF_THE_MATTER, Course, Step
from tallystick.processes.operations.rows import OutsideAnAct, locked, settled, write
from tallystick.processes.queries import Rows, calendars_of, process_of, roles_of, unsettled
from tallystick.processes.standing import Standing
from tallystick.processes.wishes import UnableToMove, Wish

__all__ = [
    "OutsideAnAct",
    "Taken",
    "begin_course",
    "follow",
    "pass_clock",
    "resume_due",
    "settle_due",
    "take_step",
]


@dataclass(frozen=True)
class Taken:
    """A step as the form has it: the move, what is said to what it asks, the days it states, and why.

    `key` is that of the form: however often it is sent, it takes one step. `on` is the day from which it
    counts where that is not today, as with what was received before it was written down.
    """

    move: str
    key: str
    said: Mapping[str, str] = field(default_factory=dict)
    stated: Mapping[str, dt.date] = field(default_factory=dict)
    reason: str = ""
    on: dt.date | None = None


@unscoped(BY_AN_ACT)
def begin_course(
    subject: Classified, process: str, *, on: dt.date, at: dt.datetime, within: Course | None = None
) -> Course:
    """Begin the course of a matter by the rule in force on the day; the matter points to it.

    :param subject: the record, saved or not, whose code, class, party and body the course takes on
    :param within: the course of the matter that it belongs to, on hold whenever that is
    :raises KeyError: if the code has no such process
    :raises NoValueYet: if none of its rules is in force yet
    """
    course = Course(code=subject.code, process=process, value_day=on, begun_on=on, moved_on=on, within=within)
    for name in OF_THE_MATTER:
        setattr(course, name, getattr(subject, name))
    standing = engine.begin(process_of(course), on)
    course.save(force_insert=True)
    write(course, Rows(on), standing, at)
    [held] = locked([course])
    settled([held], on, at)
    return held


@unscoped(BY_AN_ACT)
def take_step(
    course: Course,
    taken: Taken,
    facts: Mapping[str, Any],
    predicates: Mapping[str, Predicate],
    *,
    by: Acting,
    at: dt.datetime,
) -> Step:
    """Take a step on a course, once: the same form again gives the step that it took.

    :param facts: of the matter, read by an act that has locked it
    :raises UnableToMove: if the rule does not allow it, or the form took another step
    """
    [held] = locked([course])
    before = _taken_before(held, taken, by)
    if before is not None:
        return before
    day = taken.on or by.day
    rows, standing = settled([held], day, at)[held.pk]
    value, known = process_of(held), Known(facts, predicates, calendars_of(held))
    wish = Wish(taken.move, _role(held, taken.move, by), day, taken.said, taken.stated, taken.reason)
    after = engine.move(value, standing, wish, known)
    write(held, rows, after, at)
    step = _step(held, standing, wish, at)
    step.by, step.key = by.person, taken.key
    step.save(force_insert=True)
    return step


@unscoped(BY_AN_ACT)
def pass_clock(
    course: Course,
    clock: str,
    facts: Mapping[str, Any],
    predicates: Mapping[str, Predicate],
    *,
    on: dt.date,
    at: dt.datetime,
) -> Step | None:
    """Let a clock of a course pass; return the step that this took, if its passing moves.

    :raises UnableToMove: if it runs no more, is not past, or its move is not allowed
    """
    [held] = locked([course])
    rows, standing = settled([held], on, at)[held.pk]
    value, known = process_of(held), Known(facts, predicates, calendars_of(held))
    after = engine.pass_clock(value, standing, clock, on, known)
    timer = next(one for one in rows.timers if one.clock == clock and one.ended_on is None)
    wish = engine.wish_of(value, clock, on)
    write(held, rows, after, at)
    if wish is None:
        return None
    step = _step(held, standing, wish, at)
    step.clock, step.key = clock, f"clock-{timer.handle}"
    step.save(force_insert=True)
    return step


@unscoped(BY_AN_ACT)
def resume_due(courses: Iterable[Course], *, on: dt.date, at: dt.datetime) -> list[Course]:
    """Write down, on each course, which holds began and ended by the day; return the courses it changed.

    It changes nothing of what anybody is shown: who reads a course counts these in anyway.
    """
    waiting = unsettled(locked(courses), on)
    settled(waiting, on, at)
    return waiting


@unscoped(BY_AN_ACT, of_everybody=True)
def settle_due(at: dt.datetime, on: dt.date) -> int:
    """Write down on every course which holds began and ended by the day; return how many courses that was."""
    waiting = unsettled(Course.objects.filter(ended_on=None), on)
    return len(resume_due(waiting, on=on, at=at)) if waiting else 0


@unscoped(BY_AN_ACT)
def follow(course: Course, subject: Classified) -> None:
    """Give a course, its steps and its holds the class, party, body and state that its matter has now."""
    [held] = locked([course])
    for row in (held, *held.steps.all(), *held.holds.all()):
        for name in OF_THE_MATTER:
            setattr(row, name, getattr(subject, name))
        row.save(update_fields=[*OF_THE_MATTER])


def _taken_before(course: Course, taken: Taken, by: Acting) -> Step | None:
    """Return the step that the form took before.

    :raises UnableToMove: if nobody has signed in, the form has no key, or it took another step then
    """
    what = "Nothing was done."
    if by.person is None:
        raise UnableToMove(what, "A step is taken by somebody.", "Sign in.")
    if not 0 < len(taken.key) <= KEY:
        raise UnableToMove(what, "The form has no key, so that it could do it twice.", "Open the page again.")
    found: Step | None = course.steps.filter(key=taken.key).first()
    told = (taken.move, by.person.pk, dict(taken.said))
    if found is not None and told != (found.move, found.by_id, found.said):
        raise UnableToMove(what, "This form took another step before.", "Open the page again.")
    return found


def _role(course: Course, move: str, by: Acting) -> str:
    """Return the role in which somebody makes a move: the first of its rule that is theirs."""
    roles, rule = roles_of(by, course), process_of(course).moves.get(move)
    own = [one for one in rule.who if one in roles] if rule else []
    return own[0] if own else by.name


def _step(course: Course, before: Standing, wish: Wish, at: dt.datetime) -> Step:
    value = process_of(course)
    to = value.moves[wish.move].to
    track = value.track_of[to]
    return Step(
        code=course.code,
        classification=course.classification,
        party=course.party,
        body=course.body,
        publicity=course.publicity,
        course=course,
        move=wish.move,
        track=track,
        from_stage=before.at[track],
        to_stage=to,
        role=wish.role,
        on=wish.on,
        at=at,
        reason=wish.reason.strip(),
        said=dict(wish.said),
        stated={name: day.isoformat() for name, day in wish.stated.items()},
    )
