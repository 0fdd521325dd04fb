"""Cases as lists show them: stage, rung, age in working days, and what falls due next."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils import timezone

from tallystick.cases.models import Case, LineAnswer, Message, Remedy, SharedLines
from tallystick.cases.queries import cases_of
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tallystick.parties.once import once
from tallystick.parties.policy.guard import unscoped
from tallystick.parties.rulebooks import rulebook_of
from tallystick.parties.waiting import DueChip, due_chip
from tallystick.processes.models import Place, Spell, Timer
from tallystick.processes.queries import process_of
from tallystick.rulebook.processes import ProcessValue

WHY = "Tells how cases stand that were found through what somebody may see."
CASE, LADDER = "case", "ladder"
# Where a case goes when no finding holds: off its way, and so no mark of it.
ASIDE = "withdrawn"
MISSED = "missed"


@dataclass(frozen=True)
class Next:
    """The clock of a case that falls due next."""

    title: str
    due_on: dt.date
    chip: DueChip


@dataclass(frozen=True)
class Listed:
    """A case in a list. `marks` has a letter a stage: f where it was, c where it is, a dot for others.

    `is_missed` where a milestone of its remedy is past its day and not met.
    """

    case: Case
    stage: str
    title: str
    rung: str
    marks: str
    age: int
    on_hold: bool
    is_missed: bool
    next: Next | None

    @property
    def is_closed(self) -> bool:
        return self.case.closed_at is not None


@dataclass(frozen=True)
class Running:
    """A clock of a case or of its remedy that runs, as its rule calls it, and whose it is."""

    case: int
    clock: str
    title: str
    owner: str
    due_on: dt.date


def listed(cases: Sequence[Case], on: dt.date) -> list[Listed]:
    """Return cases of `standing` with what falls due next on each, in the order given."""
    if not cases:
        return []
    due = {one.case: one for one in reversed(running(tuple(cases)))}
    return [_listed(one, due.get(one.pk), on) for one in cases]


def standing(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Return cases each with its `stage` and `rung` as they are written down, and whether it `is_held`.

    It `has_missed` where a version of its remedy stands as missed.
    """
    here = Place.objects.filter(course=OuterRef("course"), left_at=None).values("stage")
    held = Spell.objects.filter(course=OuterRef("course"), until_on=None)
    # The courses of its remedies are parts of its own.
    missed = Place.objects.filter(course__within=OuterRef("course"), left_at=None, stage=MISSED)
    return cases.annotate(
        stage=Subquery(here.filter(track=CASE)[:1]),
        rung=Subquery(here.filter(track=LADDER)[:1]),
        is_held=Exists(held),
        has_missed=Exists(missed),
    )


@once
def open_cases(acting: Acting) -> tuple[Any, ...]:
    """Return the open cases that somebody may see, the latest first, each with what waits on it.

    `has_unread` where the other side's words are to be opened, `lines_shared`, and whether any `has_answers`.
    """
    is_party = acting.name == Role.PARTY_DELEGATE
    with unscoped(WHY):
        unread = Message.objects.filter(case=OuterRef("pk"), read_at=None, from_party=not is_party)
        shared = SharedLines.objects.filter(case=OuterRef("pk")).order_by().values("case")
        total = shared.annotate(total=Sum("lines")).values("total")
        found = standing(cases_of(acting).filter(closed_at=None))
        return tuple(
            found.annotate(
                has_unread=Exists(unread.exclude(sent_by=acting.person)),
                lines_shared=Subquery(total, output_field=IntegerField()),
                has_answers=Exists(LineAnswer.objects.filter(case=OuterRef("pk"))),
            )
        )


@once
def running(cases: tuple[Case, ...]) -> list[Running]:
    """Return the clocks of open cases and of their remedies that are due on a day, the first due first.

    Read as they are written down, which is settled daily: a list asks little of the database.
    """
    of = {one.course_id: one.pk for one in cases if one.closed_at is None}
    if not of:
        return []
    with unscoped(WHY):
        remedies = Remedy.objects.filter(case__in=list(of.values()))
        of_remedy = remedies.filter(course=OuterRef("course")).values("case")
        timers = Timer.objects.filter(
            Q(course__in=of) | Q(course__in=remedies.values("course")), ended_on=None, due_on__isnull=False
        )
        told = timers.select_related("course").annotate(of_remedy=Subquery(of_remedy[:1]))
        rows: list[Any] = list(told.order_by("due_on", "pk"))
    found = []
    for one in rows:
        rule = process_of(one.course).clocks[one.clock]
        case = of.get(one.course_id) or one.of_remedy
        found.append(Running(case, one.clock, rule.title, rule.owner, one.due_on))
    return found


def marks_of(value: ProcessValue, here: str) -> str:
    """Return one letter a stage of the main track: those before where it stands count as passed."""
    stages = [name for name in value.tracks[value.main].stages if name != ASIDE]
    if here not in stages:
        return "x" * len(stages)
    place = stages.index(here)
    is_over = value.stage(here).ends
    return "f" * place + ("f" if is_over else "c") + "." * (len(stages) - place - 1)


def age_of(case: Case, on: dt.date) -> int:
    """Return how many working days a case is open, or was."""
    until = timezone.localtime(case.closed_at).date() if case.closed_at else on
    began = timezone.localtime(case.opened_at).date()
    return rulebook_of(case.code).calendar().between(began, max(began, until))


def _listed(case: Any, due: Running | None, on: dt.date) -> Listed:
    value = process_of(case.course)
    calendar = rulebook_of(case.code).calendar()
    return Listed(
        case=case,
        stage=case.stage,
        title=value.stage(case.stage).title,
        # Of what is over, that nothing was ever said to its party is no news.
        rung="" if case.closed_at and case.rung == value.begins[LADDER] else value.stage(case.rung).title,
        marks=marks_of(value, case.stage),
        age=age_of(case, on),
        on_hold=case.is_held,
        is_missed=case.has_missed and case.closed_at is None,
        next=Next(due.title, due.due_on, due_chip(due.due_on, on, calendar)) if due else None,
    )
