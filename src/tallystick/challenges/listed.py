"""Challenges and disputes as lists show them: the stage, who has to act, and by when."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from tallystick.cases.models import Case
from tallystick.challenges.matter import Row
from tallystick.challenges.models import Challenge, Dispute
from tallystick.challenges.suspending import placed, suspends
from tallystick.parties.policy.guard import unscoped
from tallystick.parties.rulebooks import rulebook_of
from tallystick.parties.waiting import DueChip, due_chip
from tallystick.processes.models import CarriedOut, Place, Timer
from tallystick.processes.queries import process_of
from tallystick.rulebook.processes import PARTY

OFFICE = "Code administrator"
WHY = "Tells how matters stand that were found through what somebody may see."


@dataclass(frozen=True)
class Listed:
    """A challenge or a dispute in a list; `who` has to act next, nobody once it has ended."""

    row: Any
    title: str
    about: str
    stage: str
    stage_title: str
    suspends: bool
    who: str
    clock: str
    due_on: dt.date | None
    chip: DueChip | None

    @property
    def href(self) -> str:
        return reverse(self.row.TYPE, args=[self.row.code, self.row.reference])


def standing(found: QuerySet[Any]) -> QuerySet[Any]:
    """Return challenges or disputes each with its `stage`, `effect`, and the clock that falls `due` next."""
    if found.model is Challenge:
        told = placed(found).annotate(in_case=Subquery(_cases().values("reference")[:1]))
    else:
        here = Place.objects.filter(course=OuterRef("course"), left_at=None).values("stage")
        told = found.annotate(stage=Subquery(here[:1]))
    runs = Timer.objects.filter(course=OuterRef("course"), ended_on=None, due_on__isnull=False)
    first = runs.order_by("due_on", "pk")
    made: QuerySet[Any] = told.annotate(
        due=Subquery(first.values("due_on")[:1]), clock=Subquery(first.values("clock")[:1])
    )
    return made


@unscoped(WHY)
def listed(found: QuerySet[Any], on: dt.date) -> list[Listed]:
    """Return challenges or disputes, which somebody may see, as a list shows them, in the order given."""
    return [_listed(one, on) for one in standing(found)]


def title_of(row: Row) -> str:
    """Return what a challenge or a dispute is about, in some words."""
    if isinstance(row, Challenge):
        return row.decided.title
    if row.finding is not None:
        return f"{row.finding.reference}: {row.finding.why}"
    return f"{measure_title(row)}, {row.period}"


def about(row: Any) -> str:
    """Return what a challenge or a dispute, as `standing` gives it, hangs on, by references."""
    if isinstance(row, Challenge):
        return " · ".join(filter(None, (row.in_case, row.decided.reference)))  # type: ignore[attr-defined]  # annotated
    return f"{row.finding.measure if row.finding else row.measure} · {row.period}"


def _cases() -> QuerySet[Case]:
    """Return the cases that carried out what is challenged, of a query on challenges."""
    of_same = Q(motion=OuterRef(OuterRef("motion"))) | Q(decision=OuterRef(OuterRef("decision")))
    done = CarriedOut.objects.filter(of_same)
    found: QuerySet[Case] = Case.objects.filter(course__in=done.values("course")).order_by("pk")
    return found


def measure_title(row: Dispute) -> str:
    known = rulebook_of(row.code).measures.get(row.measure)
    return known.title if known is not None else row.measure


def _listed(one: Any, on: dt.date) -> Listed:
    value, stage = process_of(one.course), one.stage
    rule = value.clocks[one.clock] if one.clock else None
    is_over = value.stage(stage).ends
    chip = due_chip(one.due, on, rulebook_of(one.code).calendar()) if one.due and not is_over else None
    return Listed(
        row=one,
        title=title_of(one),
        about=about(one),
        stage=stage,
        stage_title=value.stage(stage).title,
        suspends=isinstance(one, Challenge) and suspends(one),
        who="" if is_over else _who(one, rule.owner if rule else None),
        clock=rule.title if rule and not is_over else "",
        due_on=None if is_over else one.due,
        chip=chip,
    )


def _who(one: Any, owner: str | None) -> str:
    if owner == PARTY:
        return str(one.party.name)
    return str(one.body.name) if one.body is not None else OFFICE
