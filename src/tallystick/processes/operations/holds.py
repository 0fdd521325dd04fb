"""A course, or every course of some processes, is put on hold, and let go again."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet

from tallystick.decisions.operations.entries import in_turn
from tallystick.decisions.worded import named, worded
from tallystick.journal.operations import record
from tallystick.journal.subjects import Subject
from tallystick.parties.acting import Acting
from tallystick.parties.models import Body, Role
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.engine import resume
from tallystick.processes.models import KEY, OF_THE_MATTER, Course, Hold, Spell
from tallystick.processes.operations.rows import locked, settled, write
from tallystick.processes.queries import calendars_of, process_of
from tallystick.rulebook.processes import ProcessValue


class UnableToHold(Exception):
    """It has ended, began before today, ends before it begins, or is not for this role or body to place."""


class UnableToLift(Exception):
    """It is over, is not for this role or body to lift, holds no such course, or no reason is given."""


@dataclass(frozen=True)
class Placed:
    """A hold as the form has it: of one course, or of every course of some processes throughout the market.

    It begins on `from_on` and, where `until_on` says so, ends by itself: that day counts again. `body` is the
    one that decided on it. One of the market has a `classification` that is open to all: white or green.
    """

    why: str
    key: str
    from_on: dt.date
    until_on: dt.date | None = None
    course: Course | None = None
    processes: tuple[str, ...] = ()
    body: Body | None = None
    classification: str = Hold.GREEN


@in_turn()
@transaction.atomic
@unscoped(BY_AN_ACT)
def place_hold(*, placed: Placed, by: Acting, at: dt.datetime) -> Hold:
    """Put one course on hold with those within it, or the whole market. The same form again gives its hold.

    What begins while the market is on hold, or the course that it is within, begins on hold.

    :raises UnableToHold: if nothing is said why, its days are not ahead, or it is not this role's to place
    """
    _check_form(placed, by)
    courses = _covered(placed, by)
    before = _placed_before(placed, by)
    if before is not None:
        return before
    _check_days(placed, by)
    _check_right(placed, courses, by)
    hold = _hold(placed, courses, by, at)
    hold.save(force_insert=True)
    settled(courses, by.day, at)
    until = f" until {_day(hold.until_on)}" if hold.until_on else ""
    said = f"put {_what(hold)} on hold from {_day(hold.from_on)}{until}: {hold.why}"
    days = {"from_on": hold.from_on.isoformat(), "until_on": str(hold.until_on or "")}
    why = {"why": hold.why, **named(*worded(hold, "why"))}
    record(
        act="processes.place_hold",
        subject=_subject(hold),
        by=by.actor,
        at=at,
        said=said,
        facts={**days, **_told(hold), "courses": len(courses), **why},
    )
    return hold


@in_turn()
@transaction.atomic
@unscoped(BY_AN_ACT)
def lift_hold(*, hold: Hold, because: str, by: Acting, at: dt.datetime, only: Course | None = None) -> Hold:
    """Let go what is on hold, from today on; with `only`, that course alone of all, with those within it.

    :raises UnableToLift: if it is over, holds no such course, no reason is given, or the role may not
    """
    courses = locked(_covered_by(hold) if only is None else _with_parts(only))
    held: Hold = Hold.objects.select_for_update(of=("self",)).get(pk=hold.pk)
    _check_lift(held, because, by, only)
    if only is None:
        held.lifted_on, held.lifted_at, held.lifted_by = by.day, at, by.person
        held.lifted_because = because.strip()
        held.save(update_fields=["lifted_on", "lifted_at", "lifted_by", "lifted_because"])
        settled(courses, by.day, at)
    else:
        for one in courses:
            _let_go(held, one, by, at, is_asked=one == only)
    said = f"lifted the hold of {_what(held)}{' for one matter of these' if only else ''}: {because.strip()}"
    facts = {**_told(held), "courses": len(courses), "because": because.strip()}
    facts |= named(*worded(held, "lifted_because"))
    facts |= {"course": only.handle} if only else {}
    record(act="processes.lift_hold", subject=_subject(held), by=by.actor, at=at, said=said, facts=facts)
    return held


def _covered(placed: Placed, by: Acting) -> list[Course]:
    """Return the courses that a hold would cover and that have not ended, locked."""
    if placed.course is not None:
        return locked(_with_parts(placed.course))
    return locked(_of_market(by.code, placed.processes))


def _covered_by(hold: Hold) -> list[Course]:
    if hold.course is not None:
        return _with_parts(hold.course)
    return list(_of_market(hold.code, hold.keys))


def _with_parts(course: Course) -> list[Course]:
    """Return a course with those within it that have not ended."""
    return [course, *Course.objects.filter(within=course, ended_on=None)]


def _of_market(code: str, processes: tuple[str, ...]) -> QuerySet[Course]:
    """Return the courses of processes that have not ended, with those within them."""
    going = Course.objects.filter(code=code, ended_on=None)
    found: QuerySet[Course] = going.filter(Q(process__in=processes) | Q(within__process__in=processes))
    return found


def _placed_before(placed: Placed, by: Acting) -> Hold | None:
    """Return the hold that the form placed before.

    :raises UnableToHold: if it placed another
    """
    found: Hold | None = Hold.objects.filter(placed_by=by.person, key=placed.key).first()
    if found is None:
        return None
    course = placed.course.pk if placed.course else None
    told = (course, " ".join(placed.processes), placed.from_on, placed.until_on)
    if told != (found.course_id, found.processes, found.from_on, found.until_on):
        raise UnableToHold("This form placed another hold before. Open the page again.")
    return found


def _check_form(placed: Placed, by: Acting) -> None:
    if by.person is None:
        raise UnableToHold("A hold is placed by somebody. Sign in.")
    if not 0 < len(placed.key) <= KEY:
        raise UnableToHold("The form has no key, so that it could place two holds. Open the page again.")
    if not placed.why.strip():
        raise UnableToHold("Nobody said why. Give the reason.")
    if (placed.course is None) != bool(placed.processes):
        raise UnableToHold("A hold is of one matter or of some processes. Name either.")
    if placed.course is not None and placed.course.code != by.code:
        raise UnableToHold("That matter is of another code.")
    if placed.course is None and placed.classification not in (Hold.WHITE, Hold.GREEN):
        raise UnableToHold("A hold of the whole market is open to all of it. Make it White or Green.")


def _check_days(placed: Placed, by: Acting) -> None:
    if placed.from_on < by.day:
        raise UnableToHold(f"It would begin on {_day(placed.from_on)}, which is over. Begin today or later.")
    if placed.until_on is not None and placed.until_on <= placed.from_on:
        raise UnableToHold("It would end before it holds anything. Give it a later end.")


def _check_right(placed: Placed, courses: list[Course], by: Acting) -> None:
    """Stop a hold that is not for this role to place under each process, or of what has ended."""
    held = next((one for one in courses if one == placed.course), None)
    if held is not None and held.ended_on is not None:
        raise UnableToHold("It has ended. What has ended is not held.")
    rules = [process_of(held)] if held is not None else list(_rules(placed, by))
    if not all(by.name in rule.holds for rule in rules):
        who = " or ".join(sorted(set.intersection(*(set(rule.holds) for rule in rules)))) or "nobody"
        raise UnableToHold(f"A hold of it is for {who} to place.")
    if held is not None and not is_before_own_body(held, by):
        raise UnableToHold(f"It is {_before(held)}. A chair holds what is before the own body.")


def is_before_own_body(course: Course, by: Acting) -> bool:
    """Tell whether a course is for somebody to hold: for a chair, those before the own body alone."""
    return by.name != Role.CHAIR or (by.body is not None and course.body_id == by.body.pk)


def _before(course: Course) -> str:
    return f"before the {course.body.name}" if course.body is not None else "before no body"


def _rules(placed: Placed, by: Acting) -> Iterator[ProcessValue]:
    known = rulebook_of(by.code).processes
    for key in placed.processes:
        if key not in known or min(known[key].values) > by.day:
            raise UnableToHold(f"The code has no process {key[:60]!r} today.")
        yield known[key].value_on(by.day)


def _hold(placed: Placed, courses: list[Course], by: Acting, at: dt.datetime) -> Hold:
    made = Hold(
        code=by.code,
        classification=placed.classification,
        publicity=Hold.ISSUED,
        body=placed.body,
        processes=" ".join(placed.processes),
        from_on=placed.from_on,
        until_on=placed.until_on,
        why=placed.why.strip(),
        placed_by=by.person,
        placed_at=at,
        key=placed.key,
    )
    if placed.course is not None:
        made.course = next(one for one in courses if one == placed.course)
        for name in OF_THE_MATTER:
            setattr(made, name, getattr(made.course, name))
    return made


def _check_lift(hold: Hold, because: str, by: Acting, only: Course | None) -> None:
    if by.person is None:
        raise UnableToLift("A hold is lifted by somebody. Sign in.")
    if not because.strip():
        raise UnableToLift("Nobody said why. Give the reason.")
    if hold.ends_on is not None and hold.ends_on <= by.day:
        raise UnableToLift(f"It has been over since {_day(hold.ends_on)}.")
    rules = [process_of(hold.course)] if hold.course is not None else _rules_of(hold, by)
    if not all(by.name in rule.holds for rule in rules):
        raise UnableToLift("It is lifted by those who may place it.")
    matter = only or hold.course
    if matter is not None and not is_before_own_body(matter, by):
        raise UnableToLift(f"It is {_before(matter)}. A chair lifts holds of what is before the own body.")


def _rules_of(hold: Hold, by: Acting) -> list[ProcessValue]:
    return [rulebook_of(hold.code).processes[key].value_on(by.day) for key in hold.keys]


def _let_go(hold: Hold, course: Course, by: Acting, at: dt.datetime, *, is_asked: bool) -> None:
    """Let one course go from a hold that goes on: it counts again today, unless another hold holds it.

    :param is_asked: it is the one asked for, and none that goes with it
    :raises UnableToLift: if the hold does not hold the one asked for
    """
    rows, standing = settled([course], by.day, at)[course.pk]
    spell = next((one for one in rows.spells if one.hold_id == hold.pk), None)
    is_covered = any(one.pk == hold.pk for one in rows.holds) and course.ended_on is None
    if not is_covered or (spell is not None and spell.until_on is not None):
        if is_asked:
            raise UnableToLift("It does not hold that matter.")
        return
    if spell is None:  # it would have begun on a later day
        Spell.objects.create(course=course, hold=hold, from_on=hold.from_on, until_on=hold.from_on)
        return
    spell.until_on = by.day
    spell.save(update_fields=["until_on"])
    if not any(one.until_on is None for one in rows.spells):
        write(course, rows, resume(process_of(course), standing, by.day, calendars_of(course)), at)


def _subject(hold: Hold) -> Subject:
    return Subject(hold.code, hold.TYPE, hold.handle, hold.classification)


def _what(hold: Hold) -> str:
    """Return what is on hold, in words that follow a verb."""
    if hold.course is not None:
        return "a matter"
    titles = [rulebook_of(hold.code).processes[key].title for key in hold.keys]
    return f"every matter under {', '.join(titles)}"


def _told(hold: Hold) -> dict[str, object]:
    course = {"course": hold.course.handle} if hold.course is not None else {}
    return {"hold": hold.handle, "processes": list(hold.keys), **course}


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"
