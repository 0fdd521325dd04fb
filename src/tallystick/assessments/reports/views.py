"""The account of techniques of a quarter or a year, as a page and as a file."""

import csv
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import islice
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tallystick.assessments.models import Application
from tallystick.assessments.reports.account import Account, Started, accounts, started
from tallystick.assessments.reports.charted import chart
from tallystick.assessments.reports.days import Reach, Year, quarters_of, reach_of, years_of
from tallystick.assessments.reports.effects import Side
from tallystick.decisions.views.asked import as_file
from tallystick.month.blocks import Chart
from tallystick.month.export import safe_cell
from tallystick.parties.classified import Classified
from tallystick.parties.once import one_page
from tallystick.parties.readings import note, strictest
from tallystick.parties.request import Request
from tallystick.parties.rulebooks import rulebook_of
from tallystick.risks import queries

COLUMNS = (
    *("line", "technique", "classes", "reference", "title", "from", "until", "stands", "parts", "answered"),
    *("outcomes", "planned", "spent", "result", "measure", "before", "after", "verdict"),
)
PLACES = 2
MOST_DRAWN = 12


@require_safe
def report(request: Request, code: str) -> HttpResponse:
    """Show what came of the techniques that were applied in a quarter or in a year.

    :raises Http404: if there is no such period, or no such quarter of it
    """
    with one_page():
        known = started(request.acting)
        years = years_of(queries.periods(request.acting), known.first)
        shown: dict[str, Any] = {"code": code, "periods": years, "reach": None}
        if years:
            reach = _reach(request, years, known)
            found = accounts(request.acting, reach, known)
            rows = list(_rows(found))
            note(request, Application.TYPE, rows, timezone.now())
            shown |= {
                "reach": reach,
                "quarters": range(1, quarters_of(reach.period) + 1),
                "accounts": found,
                "planned": sum((one.planned for one in found), Decimal(0)),
                "spent": sum((one.spent for one in found), Decimal(0)),
                "unreported": sum(one.stands == "Under way" for account in found for one in account.applied),
                "classes": rulebook_of(code).code.technique_classes,
                "cls": strictest(rows),
                "handling": rulebook_of(code).handling.sentence(strictest(rows), request.acting.day).says,
                "percent": _percent,
                "charts": _charts(found),
            }
        return render(request, "assessments/technique_report.html", shown)


@require_safe
def as_csv(request: Request, code: str) -> HttpResponse:
    """Give the account as a file: a line for each application, and one for each measure of a technique.

    :raises Http404: if there is no such period, or no such quarter of it
    """
    known = started(request.acting)
    reach = _reach(request, years_of(queries.periods(request.acting), known.first), known)
    found = accounts(request.acting, reach, known)
    note(request, Application.TYPE, _rows(found), timezone.now())
    written = io.StringIO()
    lines = ([safe_cell(cell) for cell in line] for account in found for line in _lines(account))
    csv.writer(written, lineterminator="\r\n").writerows([COLUMNS, *lines])
    part = f"-q{reach.quarter}" if reach.quarter else ""
    name = f"techniques-{reach.period.name}{part}.csv"
    return as_file(written.getvalue(), "text/csv; charset=utf-8", name)


def _reach(request: Request, years: list[Year], known: Started) -> Reach:
    """Return the days that are asked for.

    Where no year is said it is the latest in which anything was applied, else the latest; all of it, where no
    quarter is.

    :raises Http404: if there is no such year, or no such quarter of it
    """
    name, quarter = request.GET.get("period", "")[:20], request.GET.get("quarter", "")[:3]
    wholes = ((one, reach_of(one)) for one in years)
    filled = (one for one, whole in wholes if whole is not None and known.within(whole))
    period = next((one for one in years if one.name == name), None)
    if not name:
        period = next(filled, years[0] if years else None)
    reach = reach_of(period, int(quarter or 0)) if period and (quarter or "0").isdecimal() else None
    if reach is None:
        raise Http404
    return reach


def _rows(found: Iterable[Account]) -> Iterator[Classified]:
    """Yield what the account tells of: applications, and the parts of which it says what came."""
    for account in found:
        for one in account.applied:
            yield one.row
            yield from one.parts


def _lines(account: Account) -> Iterator[list[str]]:
    rule = account.rule
    head = [rule.key, "; ".join(account.classes)]
    for one in account.applied:
        row, came_of = one.row, "; ".join(f"{words} {count}" for words, count in one.came_of.items())
        told = [row.reference, row.title, str(row.from_on), str(row.until_on), one.stands]
        told += [str(len(one.parts)), str(one.answered), came_of]
        told += [str(row.cost), "" if row.spent is None else str(row.spent), row.result]
        yield ["application", *head, *told, "", "", "", ""]
    for effect in account.effects:
        sides = [_counts(effect.before), _counts(effect.after)]
        empty = [""] * (len(COLUMNS) - len(head) - 5)
        yield ["measure", *head, *empty, effect.of.measure, *sides, effect.words]


def _charts(found: Iterable[Account]) -> dict[tuple[str, str], Chart]:
    """Return the charts of what can be told, by technique and measure: so many as a page can bear."""
    told = {
        (one.rule.key, effect.of.measure): effect for one in found for effect in one.effects if effect.is_told
    }
    several = islice(told.items(), MOST_DRAWN)
    drawn = {(key, measure): chart(effect, f"x-{key}-{measure}") for (key, measure), effect in several}
    return {place: one for place, one in drawn.items() if one is not None}


def _counts(side: Side) -> str:
    return f"{side.numerator} of {side.denominator} in {len(side.months)} months" if side.months else ""


def _percent(side: Side) -> str:
    """Return the share of a side in per cent, nothing where it has none."""
    return "" if side.share is None else f"{float(side.share) * 100:.{PLACES}f}%"
