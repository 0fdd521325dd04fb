"""The cases that somebody may see, read as plain rows and told together; no others are counted."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from tallystick.cases.analysis import (
    Aged,
    Repeated,
    Row,
    Sanctioned,
    Stay,
    Taken,
    ageing,
    repeats,
    sanctions,
    stage_times,
)
from tallystick.cases.effects import Effect, effect_of
from tallystick.cases.listed import CASE, LADDER
from tallystick.cases.models import Case, Remedy
from tallystick.cases.progress import criterion_of
from tallystick.cases.queries import CLOSED, cases_of
from tallystick.cases.trajectory import Criterion, Reading, trajectory
from tallystick.parties.acting import Acting
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.models import Place
from tallystick.processes.queries import process_of
from tallystick.rulebook.causes import Cause
from tallystick.rulebook.periods import Span
from tallystick.rulebook.rulebook import Rulebook
from tallystick.runs.models import Figure
from tallystick.runs.of_party import MONTH

ACCEPTED = "accepted"


@dataclass(frozen=True)
class Promised:
    """A remedy of a closed case whose measure tells: since when it was carried out, and its criterion."""

    case: Case
    criterion: Criterion
    accepted_on: dt.date


@dataclass(frozen=True)
class Analysis:
    """What the cases that somebody may see tell together; `stages` and `causes` by name, in order."""

    cases: Mapping[str, Case]
    stages: Mapping[str, str]
    causes: Mapping[str, Cause]
    aged: tuple[Aged, ...]
    taken: tuple[Taken, ...]
    repeated: tuple[Repeated, ...]
    sanctioned: tuple[Sanctioned, ...]
    effects: tuple[Effect, ...]


def analysis_of(acting: Acting) -> Analysis:
    """Return what the cases that somebody may see tell together on their day."""
    cases = list(cases_of(acting))
    remedies = list(
        Remedy.objects.visible_to(acting)
        .filter(case__in=[one.pk for one in cases])
        .exclude(measure="")
        .select_related("course")
        .order_by("version")
    )
    places = _places([*(one.course_id for one in cases), *(one.course_id for one in remedies)])
    known = {one.pk: one.reference for one in cases}
    rows, stages = [_row(one, places[one.course_id], known) for one in cases], _stages(cases)
    order = list(stages)
    calendar = rulebook_of(acting.code).calendar()
    causes = _causes(rulebook_of(acting.code), cases, acting.day)
    aged = ageing(rows, acting.day, calendar.between)
    taken = stage_times(rows, acting.day, calendar.between)
    closed = [one for one, row in zip(cases, rows, strict=True) if row.ended == CLOSED]
    return Analysis(
        cases={one.reference: one for one in cases},
        stages=stages,
        causes=causes,
        aged=tuple(sorted(aged, key=lambda one: order.index(one.stage))),
        taken=tuple(sorted(taken, key=lambda one: order.index(one.stage))),
        repeated=tuple(repeats(rows, CLOSED)),
        sanctioned=tuple(sanctions(rows, causes)),
        effects=tuple(_effects(acting, list(_promised(closed, remedies, places)))),
    )


def _places(courses: Iterable[int]) -> Mapping[int, list[Place]]:
    found: dict[int, list[Place]] = defaultdict(list)
    for one in Place.objects.filter(course__in=list(courses)).order_by("pk"):
        found[one.course_id].append(one)
    return found


def _row(case: Case, places: Sequence[Place], known: Mapping[int, str]) -> Row:
    main = [one for one in places if one.track == CASE]
    here = next((one.stage for one in main if one.left_at is None), "")
    return Row(
        reference=case.reference,
        opened_on=_day(case.opened_at),
        stage=here,
        ended=here if case.closed_at is not None else "",
        area=case.area,
        repeats=known.get(case.repeats_id or 0, ""),
        cause=case.cause,
        stays=tuple(
            Stay(one.stage, _day(one.entered_at), _day(one.left_at) if one.left_at else None) for one in main
        ),
        rungs=frozenset(one.stage for one in places if one.track == LADDER),
    )


def _stages(cases: Iterable[Case]) -> dict[str, str]:
    """Return the titles of stages in the order of the rule that is in force last, with those of others."""
    found: dict[str, str] = {}
    for one in sorted(cases, key=lambda case: case.course.value_day, reverse=True):
        for name, stage in process_of(one.course).tracks[CASE].stages.items():
            found.setdefault(name, stage.title)
    return found


def _causes(rulebook: Rulebook, cases: Iterable[Case], on: dt.date) -> dict[str, Cause]:
    """Return the kinds of cause of today's list, and those of earlier lists that some case still has."""
    found = dict(rulebook.causes_on(on))
    for one in cases:
        if one.cause_on is not None and one.cause not in found:
            found |= {
                name: kind for name, kind in rulebook.causes_on(one.cause_on).items() if name == one.cause
            }
    return found


def _promised(
    closed: Iterable[Case], remedies: Iterable[Remedy], places: Mapping[int, Sequence[Place]]
) -> Iterable[Promised]:
    """Yield the remedies that closed cases ended with, where a measure of the code says when they had done.

    Of several versions with one measure the first that was accepted says since when it was carried out.
    """
    of_case: dict[int, list[tuple[Remedy, dt.date]]] = defaultdict(list)
    for one in remedies:
        entered = [place.entered_at for place in places[one.course_id] if place.stage == ACCEPTED]
        if entered:
            of_case[one.case_id].append((one, _day(min(entered))))
    for case in closed:
        versions = of_case.get(case.pk, [])
        criterion = criterion_of(versions[-1][0], rulebook_of(case.code)) if versions else None
        if criterion is not None:
            since = min(on for one, on in versions if one.measure == criterion.measure)
            yield Promised(case, criterion, since)


def _effects(acting: Acting, promised: Sequence[Promised]) -> Iterable[Effect]:
    if not promised:
        return
    rulebook = rulebook_of(acting.code)
    parties = {one.case.party_id for one in promised}
    figures = Figure.objects.visible_to(acting).filter(
        run__is_current=True, party__in=parties, measure__in={one.criterion.measure for one in promised}
    )
    readings: dict[tuple[int | None, str], list[Reading]] = defaultdict(list)
    columns = ("period", "numerator", "denominator", "share", "state")
    for party, measure, group, *told in figures.values_list("party", "measure", "group", *columns):
        is_over = len(told[0]) == MONTH and Span.parse(told[0]).last < acting.day
        if is_over and set(group) == {rulebook.measures[measure].subject}:
            readings[party, measure].append(Reading(*told))
    for one in promised:
        months = readings[one.case.party_id, one.criterion.measure]
        until = max((Span.parse(month.period) for month in months), default=None)
        since = Span.month_of(one.accepted_on)
        found = trajectory(one.criterion, months, since, until)
        yield effect_of(one.case.reference, one.criterion, one.accepted_on, found)


def _day(instant: dt.datetime) -> dt.date:
    return timezone.localtime(instant).date()
