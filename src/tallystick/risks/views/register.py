"""The register of risks of a period: the matrix, what stands out, the risks; and the same as a file."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from tallystick.decisions.views.asked import as_file
from tallystick.month.export import safe_cell
from tallystick.parties.acting import Acting
from tallystick.parties.once import one_page
from tallystick.parties.policy.decision import is_granted
from tallystick.parties.readings import note
from tallystick.parties.request import Request
from tallystick.parties.rulebooks import rulebook_of
from tallystick.risks import matrix, queries
from tallystick.risks.listed import Listed, register
from tallystick.risks.methods import TITLES, title_of, value_of_period
from tallystick.risks.models import OperatingPeriod, Risk
from tallystick.risks.standing_out import sentences, verdict
from tallystick.risks.views.asked import period_of
from tallystick.rulebook.scoring import Grid

CHOICES = ("period", "score", "find", "area", "position")
COLUMNS = (
    *("reference", "title", "risk_that", "resulting_in", "clauses", "period", "method"),
    *("inherent", "net", "appetite", "target", "position", "before", "draft", "indicators", "owner"),
)


@require_safe
def risks(request: Request, code: str) -> HttpResponse:
    """Show the register of the latest operating period, or of one that is asked for."""
    with one_page():
        acting = request.acting
        chosen = {name: request.GET.get(name, "")[:60] for name in CHOICES}
        periods = queries.periods(acting)
        may_write = is_granted(acting, Risk.TYPE, "c")
        shown: dict[str, Any] = {"code": code, "may_write": may_write, "period": None, "chosen": chosen}
        if periods:
            period = next((one for one in periods if one.name == chosen["period"]), periods[0])
            rows = _rows(request, periods, period)
            shown |= {"period": period, "periods": periods}
            shown |= {"approvals": queries.approvals(acting, period)}
            planned = _planned(acting, period)
            sides = matrix.SIDES if planned else matrix.SIDES[:-1]
            shown |= {**_told(code, period, rows, _side(chosen, sides), planned)}
            shown |= _filtered(code, rows, chosen, sides)
        return render(request, "risks/risks.html", shown)


@require_safe
def as_csv(request: Request, code: str) -> HttpResponse:
    """Give the register of a period as a file, filtered as the page is.

    :raises Http404: if there is no such period
    """
    period = period_of(request, request.GET.get("period", "")[:20])
    chosen = {name: request.GET.get(name, "")[:60] for name in CHOICES}
    rows = _rows(request, queries.periods(request.acting), period)
    written = io.StringIO()
    lines = ([safe_cell(cell) for cell in _cells(one, period)] for one in rows if _is_chosen(one, chosen))
    csv.writer(written, lineterminator="\r\n").writerows([COLUMNS, *lines])
    return as_file(written.getvalue(), "text/csv; charset=utf-8", f"risks-{period.name}.csv")


def _rows(request: Request, periods: list[OperatingPeriod], period: OperatingPeriod) -> tuple[Listed, ...]:
    acting: Acting = request.acting
    earlier = next((one for one in periods if one.from_on < period.from_on), None)
    rows = register(acting, period, earlier)
    scores = [one.score for one in rows if one.score is not None]
    note(request, Risk.TYPE, [*(one.risk for one in rows), *scores], timezone.now())
    return rows


def _planned(acting: Acting, period: OperatingPeriod) -> Mapping[str, Decimal]:
    """Return what the plan of a period leaves of its risks, which a room above knows."""
    told: Mapping[str, Decimal] = import_string(settings.PLANNED_SCORES)(acting, period)
    return told


def _side(chosen: Mapping[str, str], sides: Sequence[str]) -> str:
    return chosen["score"] if chosen["score"] in sides else "net"


def _told(
    code: str,
    period: OperatingPeriod,
    rows: tuple[Listed, ...],
    side: str,
    planned: Mapping[str, Decimal],
) -> dict[str, Any]:
    """Return what the page tells above the register."""
    value = value_of_period(period)
    method = value[1] if value else None
    words, above = verdict(rows)
    return {
        "rows": rows,
        "side": side,
        "method": method,
        "method_title": title_of(code, period.method, method),
        "grid": matrix.rows(method, rows, side, planned) if isinstance(method, Grid) else [],
        "keys": matrix.keys(method) if isinstance(method, Grid) else [],
        "verdict": words,
        "above": above,
        "sentences": sentences(rows),
        "is_draft": any(one.is_draft for one in rows),
        "is_unchecked": any(not one.words.verified for one in rows),
    }


def _filtered(
    code: str, rows: Iterable[Listed], chosen: dict[str, str], sides: Sequence[str]
) -> dict[str, Any]:
    several = list(rows)
    areas = rulebook_of(code).code.areas
    there = sorted({one.words.area for one in several if one.words.area})
    kept = {name: value for name, value in chosen.items() if value}
    return {
        "found": [one for one in several if _is_chosen(one, chosen)],
        "areas": [(key, f"{key.upper()}: {areas.get(key, key)}") for key in there],
        "positions": [*TITLES.items(), ("none", "No score")],
        "query": f"?{urlencode(kept)}" if kept else "",
        "sides": [(one, f"?{urlencode({**kept, 'score': one})}") for one in sides],
    }


def _is_chosen(one: Listed, chosen: dict[str, str]) -> bool:
    words = one.words
    said = (one.risk.reference, words.title, words.risk_that, words.resulting_in, *words.clauses)
    return (
        chosen["find"].lower() in " ".join(said).lower()
        and chosen["area"] in ("", words.area)
        and chosen["position"] in ("", one.position or "none")
    )


def _cells(one: Listed, period: OperatingPeriod) -> list[str]:
    score, words = one.score, one.words
    told = [one.risk.reference, words.title, words.risk_that, words.resulting_in, "; ".join(words.clauses)]
    told += [period.name, score.method if score else ""]
    told += [str(getattr(score, name)) if score else "" for name in ("inherent", "net", "appetite", "target")]
    told += [one.title, str(one.before.net) if one.before else ""]
    told += ["yes" if one.is_draft else "no"]
    figures = (f"{figure.measure} {figure.percent}% {figure.period}" for figure in one.indicators)
    return [*told, "; ".join(figures), words.owner]
