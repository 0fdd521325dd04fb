"""Comparisons and charges as somebody may see them: matters, lines and queries, and where each matter stands.

A party reaches a matter by its own line. The head of a matter tells of nobody; of the lines it finds its own.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When

from tallystick.assessments.matters.standing import Matter
from tallystick.assessments.models import (
    ChargeLine,
    ChargeQuery,
    ChargeRun,
    ComparedLine,
    PrintedLine,
    Publication,
    PublicationQuery,
)
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tallystick.parties.once import once
from tallystick.parties.policy.decision import is_granted
from tallystick.parties.policy.guard import unscoped
from tallystick.parties.rulebooks import rulebook_of
from tallystick.parties.waiting import DueChip, due_chip
from tallystick.processes.models import Place, Timer
from tallystick.processes.queries import process_of

OF_OWN_LINES = "Shows the heads of matters in which a party has a line of its own; they tell of nobody else."
Row = TypeVar("Row", bound=Matter)


@dataclass(frozen=True)
class Listed:
    """A matter in a list: its stage by name and title, and the clock that falls due next.

    `is_of_party` tells whether somebody's own party has a line in it.
    """

    row: Any
    stage: str
    title: str
    says: str
    clock: str
    due_on: dt.date | None
    chip: DueChip | None
    is_of_party: bool = False

    @property
    def is_over(self) -> bool:
        return self.row.ended_at is not None


@once
def publications(acting: Acting) -> tuple[Listed, ...]:
    """Return the comparisons that somebody may see, those that go on first, then the latest."""
    return _listed(acting, _heads(acting, Publication, ComparedLine, "publication"), "-drafted_at")


@once
def charge_runs(acting: Acting) -> tuple[Listed, ...]:
    """Return the runs of charges that somebody may see, those that go on first, then the latest."""
    return _listed(acting, _heads(acting, ChargeRun, ChargeLine, "charge_run"), "-computed_at")


def publication(acting: Acting, reference: str) -> Publication | None:
    """Return a comparison by its reference, if somebody may see it or has a line in it."""
    found: Publication | None = _one(
        acting, _heads(acting, Publication, ComparedLine, "publication"), reference
    )
    return found


def charge_run(acting: Acting, reference: str) -> ChargeRun | None:
    """Return a run of charges by its reference, if somebody may see it or has a line in it."""
    found: ChargeRun | None = _one(acting, _heads(acting, ChargeRun, ChargeLine, "charge_run"), reference)
    return found


def compared_lines(acting: Acting, row: Publication) -> list[ComparedLine]:
    """Return the lines of the sheet that counts, as far as somebody may see them: a party its own."""
    found = ComparedLine.objects.visible_to(acting).filter(publication=row, version=row.version)
    return list(
        found.select_related(*_with_line(acting)).order_by(F("rank").asc(nulls_last=True), "party__name")
    )


def own_versions(acting: Acting, row: Publication) -> list[ComparedLine]:
    """Return how a party's own line read in each sheet, the latest first; what others' did to it left out."""
    mine = ComparedLine.objects.visible_to(acting).filter(publication=row, party=acting.organisation)
    told: list[ComparedLine] = []
    for one in mine.order_by("version"):
        said = (one.numerator, one.denominator, one.issues)
        if not told or (told[-1].numerator, told[-1].denominator, told[-1].issues) != said:
            told.append(one)
    return told[::-1]


def printed_lines(acting: Acting, row: Publication) -> list[PrintedLine]:
    """Return what is printed of a comparison as it counts, in its order."""
    found = PrintedLine.objects.visible_to(acting).filter(publication=row, version=row.version)
    return list(found.order_by("place"))


def printed_before(acting: Acting, row: Publication) -> list[PrintedLine]:
    """Return what was printed of a comparison before it was corrected, the latest first."""
    found = PrintedLine.objects.visible_to(acting).filter(publication=row, version__lt=row.version)
    return list(found.order_by("-version", "place"))


def charge_lines(acting: Acting, row: ChargeRun) -> list[ChargeLine]:
    """Return the charges of the sheet that counts, the greatest first: a party finds its own."""
    found = ChargeLine.objects.visible_to(acting).filter(charge_run=row, version=row.version)
    return list(found.select_related(*_with_line(acting)).order_by("-computed", "party__name"))


def publication_queries(acting: Acting, row: Publication) -> list[PublicationQuery]:
    found = PublicationQuery.objects.visible_to(acting).filter(publication=row)
    return list(found.select_related("party").order_by("number"))


def charge_queries(acting: Acting, row: ChargeRun) -> list[ChargeQuery]:
    found = ChargeQuery.objects.visible_to(acting).filter(charge_run=row)
    return list(found.select_related("party").order_by("number"))


def _heads(acting: Acting, model: type[Row], line: type[Any], to: str) -> QuerySet[Any]:
    """Return the matters that somebody may see, and those in which their own party has a line it may see."""
    if not is_granted(acting, model.TYPE, "r"):
        return model.objects.none()
    seen = model.objects.visible_to(acting)
    if acting.name != Role.PARTY_DELEGATE or acting.organisation is None:
        return _beside(seen.annotate(of_party=Value(value=False)))
    mine = line.objects.visible_to(acting).filter(party=acting.organisation)
    own = mine.values(f"{to}_id")
    found = model.objects.filter(Q(pk__in=own) | Q(pk__in=seen.values("pk")), code=acting.code)
    return _beside(found.annotate(of_party=Case(When(pk__in=own, then=True), default=False)))


def _with_line(acting: Acting) -> tuple[str, ...]:
    """Return what is read with a line: a party reads no sheet, and would find no line beside one."""
    return ("party",) if acting.name == Role.PARTY_DELEGATE else ("party", "sheet")


def _beside(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("body", "course")


def _one(acting: Acting, rows: QuerySet[Any], reference: str) -> Any:
    with unscoped(OF_OWN_LINES, of_everybody=acting.name == Role.PARTY_DELEGATE):
        return rows.filter(reference=reference).first()


def open_publications(acting: Acting) -> QuerySet[Any]:
    """Return the comparisons that go on and somebody may see, to be read within `unscoped`."""
    return _placed(_heads(acting, Publication, ComparedLine, "publication").filter(ended_at=None))


def open_charge_runs(acting: Acting) -> QuerySet[Any]:
    """Return the runs of charges that go on, likewise."""
    return _placed(_heads(acting, ChargeRun, ChargeLine, "charge_run").filter(ended_at=None))


def _placed(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return matters each with its stage, and the clock that falls due next."""
    here = Place.objects.filter(course=OuterRef("course"), left_at=None)
    running = Timer.objects.filter(course=OuterRef("course"), ended_on=None, due_on__isnull=False)
    first = running.order_by("due_on", "pk")
    found: QuerySet[Any] = rows.annotate(
        stage=Subquery(here.values("stage")[:1]),
        clock=Subquery(first.values("clock")[:1]),
        due_on=Subquery(first.values("due_on")[:1]),
    )
    return found


def _listed(acting: Acting, rows: QuerySet[Any], latest: str) -> tuple[Listed, ...]:
    with unscoped(OF_OWN_LINES, of_everybody=acting.name == Role.PARTY_DELEGATE):
        found: Iterable[Any] = list(
            _placed(rows).order_by(F("ended_at").desc(nulls_first=True), latest, "-pk")
        )
    return tuple(_told(one, acting.day) for one in found)


def _told(row: Any, on: dt.date) -> Listed:
    value = process_of(row.course)
    stage, clock, due_on = value.stage(row.stage), "", None
    if row.clock and row.ended_at is None:
        clock, due_on = value.clocks[row.clock].title, row.due_on
    chip = due_chip(due_on, on, rulebook_of(row.code).calendar()) if due_on else None
    return Listed(row, row.stage, stage.title, stage.says or "", clock, due_on, chip, bool(row.of_party))
