"""The register of applications, and one: its facts, the parts of parties, its stages and what was done."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tallystick.assessments.models import Application, Item, Part
from tallystick.assessments.techniques import seen as queries
from tallystick.assessments.techniques.catalogue import classes_on, form_named
from tallystick.assessments.techniques.facts import PLANNED, facts_of, technique_of
from tallystick.assessments.techniques.listed import counts_of, shown
from tallystick.assessments.techniques.operations.testing import TESTED
from tallystick.assessments.techniques.outcomes import GOOD, outcomes_of
from tallystick.assessments.techniques.views.asked import about, found
from tallystick.parties.acting import Acting
from tallystick.parties.once import one_page
from tallystick.parties.policy.decision import facts_of as rights_on
from tallystick.parties.policy.decision import is_granted, needs_factor
from tallystick.parties.policy.guard import unscoped
from tallystick.parties.readings import note, strictest
from tallystick.parties.request import Request
from tallystick.parties.rulebooks import rulebook_of
from tallystick.parties.waiting import DueChip, due_chip
from tallystick.processes.guards import PREDICATES
from tallystick.processes.models import Step
from tallystick.processes.queries import Rows, offered, process_of, rows_of
from tallystick.processes.rungs import Asked, Rung, rungs
from tallystick.processes.times import Shown, clocks
from tallystick.risks.queries import references

OF_ONE_SEEN = "Shows the steps of an application that was found through what somebody may see."
ASIDE = "cancelled"
CHOICES = ("technique", "stage", "find")


@dataclass(frozen=True)
class Way:
    """A next step: its words, the address that asks what it needs, what it waits for, and whose it is."""

    move: str
    title: str
    href: str
    opens_once: tuple[str, ...]
    body: str = ""

    @property
    def is_solid(self) -> bool:
        """Tell whether it is what is waited for: cancelling is not."""
        return self.move != "cancel"

    @property
    def icon(self) -> str:
        return {"cancel": "ban", "close": "lock", "report": "check"}.get(self.move, "arrow-right")


@dataclass(frozen=True)
class PartShown:
    """A part with the word for what came of it, and the state whose look that has."""

    row: Part
    title: str
    state: str


@require_safe
def applications(request: Request, code: str) -> HttpResponse:
    """Show what is applied, as far as somebody may see it."""
    with one_page():
        acting = request.acting
        chosen = {name: request.GET.get(name, "")[:60] for name in CHOICES}
        rows = list(queries.applications_of(acting))
        note(request, Application.TYPE, rows, timezone.now())
        there = shown(acting, rows)
        techniques = {one.row.technique: one.technique for one in there}
        stages = {one.stage: one.title for one in there}
        said = [(one, f"{one.row.reference} {one.row.title} {one.technique}".lower()) for one in there]
        return render(
            request,
            "assessments/applications.html",
            {
                "code": code,
                "all": there,
                "rows": [
                    one
                    for one, words in said
                    if chosen["technique"] in ("", one.row.technique)
                    and chosen["stage"] in ("", one.stage)
                    and chosen["find"].lower() in words
                ],
                "open": sum(not one.is_over for one in there),
                "cost": sum(one.row.cost for one in there if not one.is_over),
                "techniques": sorted(techniques.items(), key=lambda one: one[1]),
                "stages": stages,
                "chosen": chosen,
                "may_begin": is_granted(acting, Application.TYPE, "c"),
            },
        )


@require_safe
def application(request: Request, code: str, reference: str) -> HttpResponse:
    """Show an application."""
    with one_page():
        row = found(request, reference)
        acting, rule = request.acting, technique_of(row)
        parts = queries.parts_of(acting, row) if is_granted(acting, Part.TYPE, "r") else []
        note(request, Application.TYPE, [row, *parts], timezone.now())
        words, cls = outcomes_of(rule.form), strictest([row, *parts])
        told = {
            "code": code,
            "known_risks": references(acting),
            "a": row,
            "cls": cls,
            "handling": rulebook_of(code).handling.sentence(cls, acting.day).says,
            "about": about(row),
            "rule": rule,
            "form": form_named(rule.form),
            "kinds": [
                rulebook_of(code).code.technique_classes.get(key, key)
                for key in classes_on(code, row.technique, acting.day)
            ],
            "categories": rulebook_of(code).code.categories,
            "parts": [part_shown(one, words) for one in parts],
            "counts": counts_of([(one.answered_at is not None, one.stands) for one in parts]),
            "items": _items(acting, row) if rule.form in TESTED else [],
            **_stands(acting, row),
        }
        told["may_list"] = rule.form in TESTED and told["stage"].stage == PLANNED and bool(told["ways"])
        return render(request, "assessments/application.html", told)


def part_shown(one: Part, words: Any) -> PartShown:
    """Return a part with what came of it in words, or where it stands until something does."""
    if one.stands:
        return PartShown(one, words.get(one.stands, one.stands), "met" if one.stands in GOOD else "other")
    told = "Answered" if one.answered_at else "Opened" if one.read_at else "Served"
    return PartShown(one, told if one.served_at else "Not served yet", "")


def _items(acting: Acting, row: Application) -> list[Item]:
    return list(Item.objects.visible_to(acting).filter(application=row).order_by("number"))


def _stands(acting: Acting, row: Application) -> dict[str, Any]:
    """Return where an application stands, its clocks and steps, and what may be done next."""
    rows = rows_of([row.course], whole=True)[row.course_id]
    value, known = process_of(row.course), facts_of(row, acting.day)
    standing = rows.standing(row.course, value, acting.day)
    now, later = offered(row.course, known, PREDICATES, acting, standing)
    found_ones: list[Rung] = rungs(Asked(row.course, rows, known, PREDICATES), value.main, acting.day)
    stages = [one for one in found_ones if one.stage != ASIDE or one.state in ("now", "done")]
    ways = [_way(row, one) for one in now]
    return {
        "stages": stages,
        "stage": next(one for one in stages if one.state == "now"),
        "clocks": _clocks(acting, row, rows),
        "ways": ways,
        "later": [_way(row, one) for one in later],
        "steps": [(one, value.moves[one.move]) for one in _steps(row)],
        "wants_factor": bool(ways) and needs_factor(acting, "t", rights_on(acting, row), now=timezone.now()),
        "see_history": is_granted(acting, "history", "r"),
    }


def _clocks(acting: Acting, row: Application, rows: Rows) -> list[tuple[Shown, DueChip]]:
    found = clocks([row.course], {row.course_id: rows}, acting.day)
    return [(one, _chip(one, row, acting)) for one in found]


def _chip(clock: Shown, row: Application, acting: Acting) -> DueChip:
    if clock.ended_on is not None:
        return DueChip("ok", "", f"over, {clock.ended_on.day} {clock.ended_on:%b}")
    return due_chip(clock.due_on, acting.day, rulebook_of(row.code).calendar())


@unscoped(OF_ONE_SEEN)
def _steps(row: Application) -> list[Step]:
    return list(row.course.steps.select_related("by").order_by("pk"))


def _way(row: Application, offer: Any) -> Way:
    href = reverse("take_application_step", args=[row.code, row.reference, offer.move])
    return Way(offer.move, offer.title, href, offer.opens_once)
