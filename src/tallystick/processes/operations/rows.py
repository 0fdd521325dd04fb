"""Courses are locked, what came to pass is written down, and a standing becomes rows again."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.db import connection

from tallystick.processes.engine import has_ended
from tallystick.processes.models import Course, Place, Spell, Timer
from tallystick.processes.queries import Rows, process_of, rows_of
from tallystick.processes.standing import Running, Standing


class OutsideAnAct(Exception):
    """A course was to be changed outside of the transaction of an act, which writes its entry."""


def locked(courses: Iterable[Course]) -> list[Course]:
    """Return courses as they stand, which nobody else can move or hold until this transaction ends.

    They are locked one after another in the order of their keys, so that two acts never wait for each other.

    :raises OutsideAnAct: outside a transaction
    """
    if not connection.in_atomic_block:
        raise OutsideAnAct("A course changes within an act, which has a transaction and writes its entry.")
    keys = [one.pk for one in courses]
    return list(Course.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))


def settled(courses: Collection[Course], on: dt.date, at: dt.datetime) -> dict[int, tuple[Rows, Standing]]:
    """Write down which holds began and ended by the day on courses that are locked; return where each stands.

    With each come its rows as they stand now.
    """
    before = rows_of(courses)
    turned = [one for one in courses if before[one.pk].turns(one, on)]
    for one in turned:
        rows = before[one.pk]
        standing = rows.standing(one, process_of(one), on)
        _write_spells(one, rows, on)
        write(one, rows, standing, at)
    rows_now = {**before, **rows_of(turned)} if turned else before
    return {one.pk: (rows_now[one.pk], rows_now[one.pk].written()) for one in courses}


def _write_spells(course: Course, rows: Rows, on: dt.date) -> None:
    spells = {one.hold_id: one for one in rows.spells}
    for turn in rows.turns(course, on):
        if turn.is_end:
            spells[turn.hold].until_on = turn.day
            spells[turn.hold].save(update_fields=["until_on"])
        else:
            spells[turn.hold] = Spell.objects.create(course=course, hold_id=turn.hold, from_on=turn.day)


def write(course: Course, rows: Rows, standing: Standing, at: dt.datetime) -> None:
    """Turn where a course stands into its rows, changing only those that differ.

    Steps follow each other as they are taken: where a clock says less than at the step before, as two
    machines' clocks may, a stage is left no earlier than it was entered.
    """
    there = {one.track: one for one in rows.places}
    at = max([at, *(one.entered_at for one in rows.places)])
    for track, stage in standing.at.items():
        place = there.get(track)
        if place is not None and place.stage == stage:
            continue
        if place is not None:
            place.left_at = at
            place.save(update_fields=["left_at"])
        Place.objects.create(course=course, track=track, stage=stage, entered_at=at)
    for number, running in enumerate(standing.clocks):
        _write_clock(course, rows.timers[number] if number < len(rows.timers) else None, running)
    course.moved_on = standing.since
    course.ended_on = standing.since if has_ended(process_of(course), standing) else None
    course.save(update_fields=["moved_on", "ended_on"])


def _write_clock(course: Course, there: Timer | None, running: Running) -> None:
    row = there or Timer(course=course, clock=running.clock, started_on=running.started_on)
    told = (running.due_on, running.paused_on, running.left, running.ended_on, running.how or "")
    if row is not there or told != (row.due_on, row.paused_on, row.left, row.ended_on, row.how):
        row.due_on, row.paused_on, row.left, row.ended_on, row.how = told
        row.save(
            update_fields=None if row is not there else ["due_on", "paused_on", "left", "ended_on", "how"]
        )
