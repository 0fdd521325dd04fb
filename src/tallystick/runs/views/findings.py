"""The doors of findings: the register, one finding, and its line list."""

import csv
import io
from collections.abc import Iterable, Sequence
from itertools import groupby

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from tallystick.month import wording, workbook
from tallystick.month.export import safe_cell
from tallystick.parties.readings import note
from tallystick.parties.request import Request
from tallystick.runs import queries
from tallystick.runs.installation import rulebook_of
from tallystick.runs.models import Finding

A_PAGE = 100
CHOICES = ("period", "state", "obligation")
LINE_COLUMNS = ("key", "day", "why")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def findings(request: Request, code: str, form: str = "html") -> HttpResponse:
    """List findings under their obligations, those withdrawn among them."""
    chosen = {name: request.GET.get(name, "")[:60] for name in CHOICES}
    every = queries.findings_of(request.acting)
    found = [
        one for one in every if all(not want or getattr(one, name) == want for name, want in chosen.items())
    ]
    found.sort(key=lambda one: one.obligation)
    if form != "html":
        note(request, "finding", found, timezone.now())
        return _saved(found, form, code)
    note(request, "finding", found, timezone.now())
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "runs/findings.html",
        {
            "code": code,
            "chosen": chosen,
            "page": page,
            "rows": [
                (name, list(members)) for name, members in groupby(page, key=lambda one: one.obligation)
            ],
            "total": len(found),
            "withdrawn": sum(one.is_withdrawn for one in found),
            "periods": sorted({one.period for one in every}, reverse=True),
            "states": sorted({(one.state, wording.state(one.state)) for one in every}),
            "obligations": sorted({one.obligation for one in every}),
            "query": _query(chosen),
        },
    )


@require_safe
def finding(request: Request, code: str, reference: str) -> HttpResponse:
    """Show one finding with its versions and the first of its lines."""
    row = queries.finding(request.acting, reference)
    if row is None:
        raise Http404
    note(request, "finding", [row], timezone.now())
    rulebook = rulebook_of(code)
    measure = rulebook.measures.get(row.measure)
    return render(
        request,
        "runs/finding.html",
        {
            "code": code,
            "f": row,
            "measure_title": measure.title if measure else row.measure,
            "told": queries.finding_told(request.acting, row),
            "versions": queries.versions_of(request.acting, row),
            "handling": rulebook.handling.sentence(row.classification, row.raised_at.date()).says,
        },
    )


@require_safe
def lines(request: Request, code: str, reference: str, form: str) -> HttpResponse:
    """Give the rows that failed, as a file to work through."""
    row = queries.finding(request.acting, reference)
    version = queries.latest_version(request.acting, row) if row else None
    if row is None or version is None:
        raise Http404
    listed = queries.lines_of(request.acting, version)
    if not listed:
        raise Http404
    note(request, "line_list", queries.line_lists_of(request.acting, version), timezone.now())
    cells = [(safe_cell(line.key), str(line.day), safe_cell(line.why)) for line in listed]
    return _file(LINE_COLUMNS, cells, form, f"{row.reference}-lines")


def _saved(found: Sequence[Finding], form: str, code: str) -> HttpResponse:
    columns = ("reference", "period", "obligation", "measure", "subject", "state", "first_seen", "why")
    cells = [tuple(safe_cell(str(getattr(one, name))) for name in columns) for one in found]
    return _file(columns, cells, form, f"{code}-findings")


def _file(columns: Sequence[str], cells: Iterable[Sequence[str]], form: str, name: str) -> HttpResponse:
    if form == "csv":
        written = io.StringIO()
        csv.writer(written, lineterminator="\r\n").writerows([columns, *cells])
        answer = HttpResponse(written.getvalue(), content_type="text/csv; charset=utf-8")
    elif form == "xlsx":
        answer = HttpResponse(workbook.sheet("lines", columns, cells), content_type=XLSX)
    else:
        raise Http404
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _query(chosen: dict[str, str]) -> str:
    kept = {name: value for name, value in chosen.items() if value}
    return f"?{urlencode(kept)}" if kept else ""
