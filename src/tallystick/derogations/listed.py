"""Derogations and forbearance as lists show them: where each stands, and what falls due next."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from tallystick.derogations.models import Derogation, Forbearance
from tallystick.derogations.queries import derogations_of, forbearances_of
from tallystick.parties.acting import Acting
from tallystick.parties.once import once
from tallystick.parties.policy.decision import is_granted
from tallystick.parties.policy.guard import unscoped
from tallystick.parties.rulebooks import rulebook_of
from tallystick.parties.waiting import DueChip, due_chip
from tallystick.processes.models import Place, Timer
from tallystick.processes.queries import process_of
from tallystick.rulebook.processes import ProcessValue

WHY = "Tells how matters stand that were found through what somebody may see."


GRANTED, CLOSED = ("active", "expired", "revoked"), "closed"


@dataclass(frozen=True)
class Due:
    """The clock of a matter that falls due next, as its rule calls it, and whose it is."""

    clock: str
    title: str
    owner: str
    on: dt.date
    chip: DueChip


@dataclass(frozen=True)
class Listed:
    """A matter in a list: its stage by name and title, what that means, and what falls due next."""

    row: Any
    stage: str
    title: str
    says: str
    due: Due | None

    @property
    def was_granted(self) -> bool:
        """Tell whether it stands, or did."""
        return self.stage in GRANTED or (self.is_over and self.stage == CLOSED)

    @property
    def is_over(self) -> bool:
        return self.row.ended_at is not None


@once
def derogations(acting: Acting) -> tuple[Listed, ...]:
    """Return the derogations that somebody may see, those that go on first."""
    return _listed(acting, derogations_of(acting)) if is_granted(acting, Derogation.TYPE, "r") else ()


@once
def forbearances(acting: Acting) -> tuple[Listed, ...]:
    """Return forbearance as far as somebody may see it, what goes on first."""
    return _listed(acting, forbearances_of(acting)) if is_granted(acting, Forbearance.TYPE, "r") else ()


def _listed(acting: Acting, rows: QuerySet[Any]) -> tuple[Listed, ...]:
    here = Place.objects.filter(course=OuterRef("course"), left_at=None)
    running = Timer.objects.filter(course=OuterRef("course"), ended_on=None, due_on__isnull=False)
    first = running.order_by("due_on", "pk")
    with unscoped(WHY):
        found: Iterable[Any] = list(
            rows.annotate(
                stage=Subquery(here.values("stage")[:1]),
                clock=Subquery(first.values("clock")[:1]),
                due_on=Subquery(first.values("due_on")[:1]),
            )
        )
    return tuple(_one(one, process_of(one.course), acting.day) for one in found)


def _one(row: Any, value: ProcessValue, on: dt.date) -> Listed:
    stage = value.stage(row.stage)
    due = None
    if row.clock and row.ended_at is None:
        rule, calendar = value.clocks[row.clock], rulebook_of(row.code).calendar()
        due = Due(row.clock, rule.title, rule.owner, row.due_on, due_chip(row.due_on, on, calendar))
    return Listed(row, row.stage, stage.title, stage.says or "", due)
