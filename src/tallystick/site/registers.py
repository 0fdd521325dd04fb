"""The registers of the rulebook: its clauses and its obligations, with all that hangs on each."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tallystick.parties.request import Request
from tallystick.rulebook.coverage import coverage
from tallystick.rulebook.due import Due
from tallystick.rulebook.obligations import Obligation
from tallystick.rulebook.parameters import Parameter
from tallystick.rulebook.rulebook import Rulebook
from tallystick.runs import queries
from tallystick.runs.installation import UnableToFind, rulebook_of

ANCHORS = {
    "period_start": "the period starts",
    "period_end": "the period ends",
    "event": "the event",
    "meeting": "the meeting",
}
NOT_DATED = {"none": "No date set", "reasonable": "Within a reasonable time"}


@dataclass(frozen=True)
class Cited:
    """What names a clause: obligations, measures and parameters."""

    obligations: tuple[Obligation, ...]
    measures: tuple[Any, ...]
    parameters: tuple[Parameter, ...]

    @classmethod
    def of(cls, rulebook: Rulebook, clause: str) -> "Cited":
        return cls(
            tuple(o for o in rulebook.obligations.values() if clause in (*o.clause, *o.content.clauses)),
            tuple(m for m in rulebook.measures.values() if clause in m.clause),
            tuple(p for p in rulebook.parameters.values() if clause in p.clause),
        )


@require_safe
def clauses(request: Request, code: str) -> HttpResponse:
    """List the clauses of the code, and which of them nobody owes or measures."""
    rulebook = _rulebook(code)
    rows = [(clause, Cited.of(rulebook, clause.clause)) for clause in rulebook.clauses.values()]
    left = coverage(rulebook)
    wanted = request.GET.get("show", "")
    if wanted == "unowed":
        rows = [(clause, cited) for clause, cited in rows if clause.clause in left.unowed]
    return render(
        request,
        "site/clauses.html",
        {"code": code, "rows": rows, "left": left, "rulebook": rulebook, "wanted": wanted},
    )


@require_safe
def clause(request: Request, code: str, clause: str) -> HttpResponse:
    """Show a clause with what is owed under it, what measures it, and the values it sets."""
    rulebook = _rulebook(code)
    text = rulebook.clauses.get(clause)
    if text is None:
        raise Http404
    cited = Cited.of(rulebook, clause)
    return render(
        request,
        "site/clause.html",
        {
            "code": code,
            "text": text,
            "cited": cited,
            "values": [(p, list(values_of(p))) for p in cited.parameters],
            "rulebook": rulebook,
            "sources": rulebook.code.sources,
        },
    )


@require_safe
def obligations(request: Request, code: str) -> HttpResponse:
    """List what is owed, by whom, and when it falls due."""
    rulebook = _rulebook(code)
    day = request.acting.day
    rows = [
        (one, due_in_words(one), one.enforced_on(day))
        for one in sorted(rulebook.obligations.values(), key=_kind)
    ]
    return render(request, "site/obligations.html", {"code": code, "rows": rows, "rulebook": rulebook})


@require_safe
def obligation(request: Request, code: str, key: str) -> HttpResponse:
    """Show one obligation: its clauses, when it is due, how it is tested, and its findings."""
    rulebook = _rulebook(code)
    owed = rulebook.obligations.get(key)
    if owed is None:
        raise Http404
    found = [one for one in queries.findings_of(request.acting) if one.obligation == key]
    return render(
        request,
        "site/obligation.html",
        {
            "code": code,
            "owed": owed,
            "due": due_in_words(owed),
            "pursued": owed.enforced_on(request.acting.day),
            "measures": [one for one in rulebook.measures.values() if one.obligation == key],
            "found": found[:20],
            "total": len(found),
            "rulebook": rulebook,
        },
    )


def due_in_words(owed: Obligation) -> str:
    """Return when something falls due, as its rule says it: 25th working day after the period ends."""
    if owed.due is None:
        return ""
    if not isinstance(owed.due, Due):
        return NOT_DATED[owed.due]
    unit = owed.due.unit.replace("_", " ")
    many = "" if owed.due.count == 1 else "s"
    return f"{owed.due.count} {unit}{many} {owed.due.direction} {ANCHORS[owed.due.from_]}"


def values_of(parameter: Parameter) -> Iterable[tuple[dt.date, str, bool, str]]:
    """Yield each value of a parameter: from which day, what it is, whether it is verified, its source."""
    for start, value in parameter.starts().items():
        shown = f"{len(value.entries)} entries" if value.value is None else f"{value.value:f}"
        yield start, shown, value.verified, value.source


def _kind(one: Obligation) -> tuple[str, str]:
    return one.kind, one.key


def _rulebook(code: str) -> Rulebook:
    try:
        return rulebook_of(code)
    except UnableToFind:
        raise Http404 from None
