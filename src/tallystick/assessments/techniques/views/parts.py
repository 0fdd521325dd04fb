"""The part of one party in an application: its answer, what was looked at, and what came of it."""

import csv
import datetime as dt
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tallystick.assessments.models import Certificate, Item, ItemResult, Part, Sample, Tally
from tallystick.assessments.sampling.sampled import OUTCOMES, Told, drawn_of
from tallystick.assessments.sampling.sampled import outcomes_of as found_of
from tallystick.assessments.sampling.sampled import told as told_of
from tallystick.assessments.techniques.catalogue import form_named
from tallystick.assessments.techniques.concluding import latest, missing
from tallystick.assessments.techniques.facts import UNDER_WAY, stage_of, technique_of
from tallystick.assessments.techniques.operations.answering import read_part
from tallystick.assessments.techniques.operations.sampling import SAMPLED
from tallystick.assessments.techniques.operations.testing import TESTED
from tallystick.assessments.techniques.outcomes import (
    ASKING,
    CONFORMS,
    DOES_NOT_CONFORM,
    IN_ROWS_OF_THEIR_OWN,
    PASSED,
    outcomes_of,
)
from tallystick.assessments.techniques.seen import corrections_of
from tallystick.assessments.techniques.views.applications import part_shown
from tallystick.assessments.techniques.views.asked import about_part, found_part
from tallystick.decisions.views.asked import as_file, moment
from tallystick.month.export import safe_cell
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tallystick.parties.once import one_page
from tallystick.parties.policy.decision import facts_of, is_granted, may
from tallystick.parties.readings import note
from tallystick.parties.request import Request
from tallystick.parties.rulebooks import rulebook_of
from tallystick.parties.waiting import DueChip, due_chip

COLUMNS = ("stratum", "place", "name", "outcome")
CERTIFICATION = "certification"
SOON = 90  # days before the last one of a certificate


@dataclass(frozen=True)
class Tested:
    """An item with the run of it that counts, and how often it ran before."""

    item: Item
    result: ItemResult | None
    runs: int


@dataclass(frozen=True)
class Said:
    """What was said to have come of a part: when and by whom, and why what was said before did not do."""

    title: str
    result: str
    at: dt.datetime
    by: str
    why: str = ""


@require_safe
def part(request: Request, code: str, reference: str, party: str) -> HttpResponse:
    """Show the part of a party; when its own delegate first opens it, that is told."""
    with one_page():
        row, acting = found_part(request, reference, party), request.acting
        note(request, Part.TYPE, [row], timezone.now())
        if acting.name == Role.PARTY_DELEGATE and row.read_at is None:
            row.read_at = read_part(part=row, by=acting, at=moment())
        rule = technique_of(row.application)
        may_write = may(acting, "t", facts_of(acting, row))
        is_open = stage_of(row.application, acting.day) == UNDER_WAY
        shown = {
            "code": code,
            "p": row,
            "a": row.application,
            "about": about_part(row),
            "rule": rule,
            "form": form_named(rule.form),
            "shown": part_shown(row, outcomes_of(rule.form)),
            "said": _said(acting, row, outcomes_of(rule.form)),
            "is_guidance": rule.form == "guidance",
            "is_asked": rule.form in ASKING,
            "may_answer": is_open
            and rule.form not in IN_ROWS_OF_THEIR_OWN
            and not row.answered_at
            and may(acting, "u", facts_of(acting, row)),
            "may_conclude": is_open and may_write,
            "is_own": acting.name == Role.PARTY_DELEGATE,
            "see_history": is_granted(acting, "history", "r"),
            **dict.fromkeys(("tests", "certifies", "samples"), False),
            **_by_form(acting, row, rule.form),
        }
        shown["is_contradicted"] = _is_contradicted(row.stands, shown)
        return render(request, "assessments/part.html", shown)


@require_safe
def sample_csv(request: Request, code: str, reference: str, party: str) -> HttpResponse:
    """Give the sample of a part as a file: what was drawn, in the order drawn, and how it was found.

    :raises Http404: if none was drawn
    """
    row = found_part(request, reference, party)
    note(request, Part.TYPE, [row], timezone.now())
    sample, tallies = sample_of(request.acting, row)
    if sample is None:
        raise Http404
    found = found_of(tallies)
    lines = [
        [safe_cell(cell) for cell in (stratum, str(place), name, found.get(place, ""))]
        for place, (stratum, name) in enumerate(drawn_of(sample), start=1)
    ]
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows([COLUMNS, *lines])
    return as_file(written.getvalue(), "text/csv; charset=utf-8", f"sample-{reference}-{party}.csv")


def sample_of(acting: Acting, row: Part) -> tuple[Sample | None, list[Tally]]:
    """Return the sample of a part with what was found in it, as far as somebody may see it.

    What was listed is left where it is: a page has no use for it.
    """
    sample = Sample.objects.visible_to(acting).filter(part=row).defer("listed").select_related("by").first()
    if sample is None:
        return None, []
    found = Tally.objects.visible_to(acting).filter(sample=sample).select_related("by")
    return sample, sorted(found, key=lambda one: one.number)


def _said(acting: Acting, row: Part, words: Mapping[str, str]) -> list[Said]:
    """Return all that was said of what came of a part, the latest first."""
    if not row.outcome or row.concluded_at is None or row.concluded_by is None:
        return []
    later = [
        Said(words.get(one.outcome, one.outcome), one.result, one.at, one.by.name, one.why)
        for one in corrections_of(acting, row)
    ]
    first = Said(words.get(row.outcome, row.outcome), row.result, row.concluded_at, row.concluded_by.name)
    return [*later, first]


def _is_contradicted(stands: str, shown: Mapping[str, Any]) -> bool:
    """Tell whether what was recorded speaks against the outcome that stands."""
    told: Told | None = shown.get("told")
    is_open = told is not None and not told.is_whole
    return (stands == PASSED and bool(shown.get("missing"))) or (
        stands in (CONFORMS, DOES_NOT_CONFORM) and is_open
    )


def _by_form(acting: Acting, row: Part, form: str) -> dict[str, Any]:
    """Return what is shown of a part by the form of its technique."""
    if form in TESTED:
        return _tested(acting, row)
    if form == CERTIFICATION:
        found = Certificate.objects.visible_to(acting).filter(part=row).order_by("valid_until", "pk")
        return {"certificates": [(one, _runs(one, acting)) for one in found], "certifies": True}
    if form in SAMPLED:
        sample, tallies = sample_of(acting, row)
        told: Told | None = told_of(sample, tallies) if sample is not None else None
        return {
            "samples": True,
            "sample": sample,
            "told": told,
            "tallies": tallies,
            "drawn": _drawn(sample, tallies) if sample is not None else {},
            "ways": OUTCOMES,
        }
    return {}


def _drawn(sample: Sample, tallies: list[Tally]) -> dict[str, list[tuple[str, str]]]:
    """Return what was drawn of each stratum, with how each was found in words, if it was."""
    found = found_of(tallies)
    told: dict[str, list[tuple[str, str]]] = {}
    for place, (stratum, name) in enumerate(drawn_of(sample), start=1):
        told.setdefault(stratum, []).append((name, OUTCOMES.get(found.get(place, ""), "")))
    return told


def _tested(acting: Acting, row: Part) -> dict[str, Any]:
    items = list(Item.objects.visible_to(acting).filter(application=row.application).order_by("number"))
    results = list(ItemResult.objects.visible_to(acting).filter(part=row))
    counts = latest(results)
    runs = [one.item_id for one in results]
    return {
        "tests": True,
        "items": [Tested(one, counts.get(one.pk), runs.count(one.pk)) for one in items],
        "missing": missing(items, results),
    }


def _runs(one: Certificate, acting: Acting) -> DueChip:
    """Return how the last day of a certificate stands to today: soon, or over."""
    if one.valid_until < acting.day:
        return DueChip("late", "over", f"since {one.valid_until.day} {one.valid_until:%b %Y}")
    left = (one.valid_until - acting.day).days
    if left > SOON:
        return DueChip("ok", "", "valid")
    chip = due_chip(one.valid_until, acting.day, rulebook_of(one.code).calendar())
    return DueChip("soon", "ends soon", chip.words)
