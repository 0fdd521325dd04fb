"""What assurance leaves open, by question, each thing with the page that it has; and the same as a file."""

import csv
import io
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from tallystick.assessments.coverage.left_open import Open, Question
from tallystick.assessments.coverage.seen import covered
from tallystick.decisions.views.asked import as_file
from tallystick.month.export import safe_cell
from tallystick.parties.once import one_page
from tallystick.parties.readings import note
from tallystick.parties.request import Request
from tallystick.parties.rulebooks import rulebook_of
from tallystick.risks.models import Risk

COLUMNS = ("question", "of", "key", "title", "says", "risks")
KINDS = {
    "clause": "Clause",
    "obligation": "Obligation",
    "measure": "Measure",
    "technique": "Technique",
    "risk": "Risk",
}


@require_safe
def coverage(request: Request, code: str) -> HttpResponse:
    """Show what is left open."""
    with one_page():
        questions, references, chosen = _asked(request)
        found = [one for one in questions if chosen["open"] in ("", one.key)]
        kept = {name: value for name, value in chosen.items() if value}
        shown: dict[str, Any] = {
            "code": code,
            "questions": questions,
            "found": [
                (one, [(row, _address(code, row, references)) for row in _rows(one, chosen)]) for one in found
            ],
            "kinds": KINDS,
            "references": references,
            "chosen": chosen,
            "query": f"?{urlencode(kept)}" if kept else "",
        }
        return render(request, "assessments/coverage.html", shown)


@require_safe
def as_csv(request: Request, code: str) -> HttpResponse:
    """Give what is left open as a file, filtered as the page is."""
    questions, _, chosen = _asked(request)
    found = [one for one in questions if chosen["open"] in ("", one.key)]
    lines = (
        [safe_cell(cell) for cell in (one.title, row.of, row.key, row.title, row.says, "; ".join(row.risks))]
        for one in found
        for row in _rows(one, chosen)
    )
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows([COLUMNS, *lines])
    return as_file(written.getvalue(), "text/csv; charset=utf-8", "coverage.csv")


def _asked(request: Request) -> tuple[tuple[Question, ...], frozenset[str], dict[str, str]]:
    """Return what is left open, the risks that have a page for whoever asks, and what was chosen."""
    questions, risks = covered(request.acting)
    note(request, Risk.TYPE, risks, timezone.now())
    references = frozenset(one.reference for one in risks)
    return questions, references, {name: request.GET.get(name, "")[:60] for name in ("open", "find")}


def _rows(question: Question, chosen: dict[str, str]) -> list[Open]:
    wanted = chosen["find"].strip().lower()
    return [
        one for one in question.rows if wanted in " ".join((one.key, one.title, one.says, *one.risks)).lower()
    ]


def _address(code: str, row: Open, references: frozenset[str]) -> str:
    """Return the page of what is left open, if it has one: not each clause, nor a risk of no register."""
    listed = {"clause": rulebook_of(code).clauses, "risk": references}
    if row.key not in listed.get(row.of, (row.key,)):
        return ""
    return reverse(row.of, args=[code, row.key])
