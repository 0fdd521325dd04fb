"""Where courses stand, put together from their rows, and what may be done there.

Courses are found through the records that point to them, by whoever asks: nothing here looks further.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet

from tallystick.parties.acting import PUBLIC, Acting
from tallystick.parties.policy.decision import own_party, role_of
from tallystick.parties.policy.guard import unscoped
from tallystick.parties.rulebooks import rulebook_of
from tallystick.parties.together import together
from tallystick.processes import engine
from tallystick.processes.clocks import Calendars, unit_of
from tallystick.processes.engine import Known, Offer, Predicate
from tallystick.processes.models import Course, Hold, Place, Spell, Timer
from tallystick.processes.spells import Covering, Turn, folded, turns
from tallystick.processes.standing import How, Running, Standing
from tallystick.rulebook.processes import PARTY, ProcessValue

OF_EVERYBODY = "Tells whether matters that were found before are on hold; one of the market is everybody's."
SPELL = ("id", "course_id", "hold_id", "from_on", "until_on")


@dataclass(frozen=True)
class Rows:
    """What is written down of a course, each in the order it came about; the days are read with them.

    `places` are those it stands in, and `been` besides them those it left, where these were asked for.
    """

    moved_on: dt.date
    ended_on: dt.date | None = None
    places: Sequence[Place] = ()
    been: Sequence[Place] = ()
    timers: Sequence[Timer] = ()
    spells: Sequence[Spell] = ()
    holds: Sequence[Hold] = ()

    def turns(self, course: Course, on: dt.date) -> list[Turn]:
        """Return the holds that begin or end by the day and are not written down, in their order."""
        if self.ended_on is not None:
            return []
        coverings = [Covering(one.pk, one.from_on, one.ends_on) for one in self.holds]
        spells = {one.hold_id: one.until_on is None for one in self.spells}
        return turns(coverings, spells, course.begun_on, on)

    def written(self) -> Standing:
        """Return where the course stands by what is written down."""
        return Standing(
            at={one.track: one.stage for one in self.places},
            since=self.moved_on,
            clocks=tuple(_running(one) for one in self.timers),
            on_hold=any(one.until_on is None for one in self.spells),
        )

    def standing(self, course: Course, value: ProcessValue, on: dt.date) -> Standing:
        """Return where the course stands on the day."""
        spells = [one.until_on is None for one in self.spells]
        return folded(value, self.written(), self.turns(course, on), spells, calendars_of(course))


@dataclass(frozen=True)
class OpenClock:
    """A clock of a course that has not ended, as its rule calls it, and how it stands on the day asked.

    `due_on` is None while it is paused, with `left` days; `unit` is what those are counted in.
    """

    course: Course = field(repr=False)
    clock: str
    title: str
    owner: str
    unit: str
    started_on: dt.date
    due_on: dt.date | None
    left: int | None
    is_past: bool


def process_of(course: Course) -> ProcessValue:
    """Return the rule that a course goes by, as it was in force when it began."""
    value: ProcessValue = rulebook_of(course.code).processes[course.process].value_on(course.value_day)
    return value


def calendars_of(course: Course) -> Calendars:
    return rulebook_of(course.code).calendar


def roles_of(acting: Acting, course: Course) -> frozenset[str]:
    """Return the roles, as rules name them, in which somebody stands to a course."""
    role = role_of(acting)
    if role == PUBLIC:
        return frozenset()
    own = own_party(acting)
    is_party = own is not None and own == course.party_id
    return frozenset({role, PARTY} if is_party else {role})


def rows_of(courses: Collection[Course], *, whole: bool = False) -> dict[int, Rows]:
    """Return what is written down of each course, by its key; so many queries however many courses.

    :param whole: with the places that a course left
    """
    keys = [one.pk for one in courses]
    with unscoped(OF_EVERYBODY, of_everybody=True):
        there = Place.objects.filter(course__in=keys) if whole else _standing_in(keys)
        read = together(_with_days(there), Timer.objects.filter(course__in=keys))
        been, timers = map(_by_course, read)
        holds, spells = _held(courses)
        around = _around(courses, holds)
    return {
        one.pk: Rows(
            *_days(one, been[one.pk]),
            places=[place for place in been[one.pk] if place.left_at is None],
            been=been[one.pk],
            timers=timers[one.pk],
            spells=spells[one.pk],
            holds=_holds_of(one, holds, around),
        )
        for one in courses
    }


def standings(courses: Iterable[Course], on: dt.date) -> dict[int, Standing]:
    """Return where each course stands on the day, by its key."""
    several = list(courses)
    rows = rows_of(several)
    return {one.pk: rows[one.pk].standing(one, process_of(one), on) for one in several}


def standing_of(course: Course, on: dt.date) -> Standing:
    """Return where a course stands on the day."""
    return standings([course], on)[course.pk]


def offered(
    course: Course,
    facts: Mapping[str, Any],
    predicates: Mapping[str, Predicate],
    by: Acting,
    standing: Standing | None = None,
) -> tuple[list[Offer], list[Offer]]:
    """Return what somebody may do on a course today, and what once conditions hold that do not hold yet.

    :param standing: where the course stands today, where that is known already
    """
    value, roles = process_of(course), roles_of(by, course)
    stands = standing_of(course, by.day) if standing is None else standing
    known = Known(facts, predicates, calendars_of(course))
    return engine.offers(value, stands, roles, known), engine.later(value, stands, roles, known)


def open_clocks(courses: Iterable[Course], on: dt.date) -> list[OpenClock]:
    """Return the clocks of courses that have not ended, as they stand on the day: the first due first.

    Those that are paused come last.
    """
    several = list(courses)
    stands = standings(several, on)
    found = [
        _open_clock(course, process_of(course), running, on)
        for course in several
        for running in stands[course.pk].open_clocks()
    ]
    return sorted(found, key=lambda one: (one.due_on is None, one.due_on or one.started_on, one.course.pk))


def passed_clocks(courses: Iterable[Course], on: dt.date) -> list[tuple[Course, str]]:
    """Return the clocks whose time was over before the day and that can pass, with their courses."""
    several = list(courses)
    stands = standings(several, on)
    return [(one, clock) for one in several for clock in engine.passed(process_of(one), stands[one.pk], on)]


def unsettled(courses: Iterable[Course], on: dt.date) -> list[Course]:
    """Return the courses of which a hold has begun or ended by the day without being written down."""
    several = list(courses)
    rows = rows_of(several)
    return [one for one in several if rows[one.pk].turns(one, on)]


def _by_course(found: Iterable[Any]) -> dict[int, list[Any]]:
    kept: dict[int, list[Any]] = defaultdict(list)
    for one in found:
        kept[one.course_id].append(one)
    return kept


def _standing_in(keys: Collection[int]) -> QuerySet[Place]:
    found: QuerySet[Place] = Place.objects.filter(course__in=keys, left_at=None)
    return found


def _with_days(places: QuerySet[Place]) -> QuerySet[Any]:
    """Return places each with the days of its course: a row of that in somebody's hand may be old."""
    return places.annotate(moved_on=F("course__moved_on"), ended_on=F("course__ended_on"))


def _days(course: Course, places: Sequence[Any]) -> tuple[dt.date, dt.date | None]:
    first = places[0] if places else course
    return first.moved_on, first.ended_on


def _held(courses: Collection[Course]) -> tuple[list[Hold], dict[int, list[Spell]]]:
    """Return the holds of courses, of those they are within and of their market; how these held each."""
    keys, codes = [one.pk for one in courses], {one.code for one in courses}
    of = {*keys, *(one.within_id for one in courses if one.within_id is not None)}
    of_them = Hold.objects.filter(Q(course__in=of) | Q(course=None, code__in=codes))
    held: QuerySet[Any] = of_them.annotate(
        of=FilteredRelation("spells", condition=Q(spells__course__in=keys))
    )
    held_so = {"held_course": F("of__course"), "held_from": F("of__from_on"), "held_until": F("of__until_on")}
    holds: dict[int, Hold] = {}
    spells = []
    for row in held.annotate(spell=F("of__pk"), **held_so).order_by("pk"):
        hold = holds.setdefault(row.pk, row)
        if row.spell is not None:
            told = (row.spell, row.held_course, hold.pk, row.held_from, row.held_until)
            spells.append(Spell.from_db(Spell.objects.db, SPELL, told))
    return list(holds.values()), _by_course(sorted(spells, key=lambda one: one.pk))


def _around(courses: Collection[Course], holds: Iterable[Hold]) -> dict[int, str]:
    """Return the process of each course that another is within, by its key, where a hold of a market asks."""
    known = {one.pk: one.process for one in courses}
    missing = {one.within_id for one in courses if one.within_id is not None} - set(known)
    if missing and any(one.course_id is None for one in holds):
        known |= dict(Course.objects.filter(pk__in=missing).values_list("pk", "process"))
    return known


def _holds_of(course: Course, holds: Iterable[Hold], around: Mapping[int, str]) -> list[Hold]:
    """Return the holds of a course and of the one it is within, then those of its market that hold either."""
    market = [one for one in holds if one.course_id is None and one.code == course.code]
    own = {course.process, around.get(course.within_id or 0, course.process)}
    alike = [one for one in market if own & set(one.keys)]
    of_it = {course.pk, course.within_id} - {None}
    return [*(one for one in holds if one.course_id in of_it), *alike]


def _running(row: Timer) -> Running:
    how: How | None = row.how or None  # type: ignore[assignment]  # the database has no other
    return Running(row.clock, row.started_on, row.due_on, row.paused_on, row.left, row.ended_on, how)


def _open_clock(course: Course, value: ProcessValue, running: Running, on: dt.date) -> OpenClock:
    clock = value.clocks[running.clock]
    return OpenClock(
        course=course,
        clock=running.clock,
        title=clock.title,
        owner=clock.owner,
        unit=unit_of(clock),
        started_on=running.started_on,
        due_on=running.due_on,
        left=running.left,
        is_past=running.is_past(on),
    )
