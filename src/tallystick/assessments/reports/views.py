"""The account of techniques of a quarter or a year, as a page and as a file."""

import csv
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tallystick.assessments.models import Application
from tallystick.assessments.reports.account import Account, accounts
from tallystick.assessments.reports.days import Reach, quarters_of, reach_of
from tallystick.assessments.reports.effects import Side
from tallystick.decisions.views.asked import as_file
from tallystick.month.export import safe_cell
from tallystick.parties.classified import Classified
from tallystick.parties.once import one_page
from tallystick.parties.readings import note, strictest
from tallystick.parties.request import Request
from tallystick.parties.rulebooks import rulebook_of
from tallystick.risks import queries
from tallystick.risks.models import OperatingPeriod

COLUMNS = (
    *("line", "technique", "classes", "reference", "title", "from", "until", "stands", "parts", "answered"),
    *("outcomes", "planned", "spent", "result", "measure", "before", "after", "verdict"),
)
PLACES = 2


@require_safe
def report(request: Request, code: str) -> HttpResponse:
    """Show what came of the techniques that were applied in a quarter or in a year.

    :raises Http404: if there is no such period, or no such quarter of it
    """
    with one_page():
        periods = queries.periods(request.acting)
        shown: dict[str, Any] = {"code": code, "periods": periods, "reach": None}
        if periods:
            reach = _reach(request, periods)
            found = accounts(request.acting, reach)
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
            }
        return render(request, "assessments/technique_report.html", shown)


@require_safe
def as_csv(request: Request, code: str) -> HttpResponse:
    """Give the account as a file: a line for each application, and one for each measure of a technique.

    :raises Http404: if there is no such period, or no such quarter of it
    """
    reach = _reach(request, queries.periods(request.acting))
    found = accounts(request.acting, reach)
    note(request, Application.TYPE, _rows(found), timezone.now())
    written = io.StringIO()
    lines = ([safe_cell(cell) for cell in line] for account in found for line in _lines(account))
    csv.writer(written, lineterminator="\r\n").writerows([COLUMNS, *lines])
    part = f"-q{reach.quarter}" if reach.quarter else ""
    name = f"techniques-{reach.period.name}{part}.csv"
    return as_file(written.getvalue(), "text/csv; charset=utf-8", name)


def _reach(request: Request, periods: list[OperatingPeriod]) -> Reach:
    """Return the days that are asked for: of the latest period, all of it, where nothing is said."""
    name, quarter = request.GET.get("period", "")[:20], request.GET.get("quarter", "")[:3]
    period = next((one for one in periods if name in ("", one.name)), None)
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


def _counts(side: Side) -> str:
    return f"{side.numerator} of {side.denominator} in {len(side.months)} months" if side.months else ""


def _percent(side: Side) -> str:
    """Return the share of a side in per cent, nothing where it has none."""
    return "" if side.share is None else f"{float(side.share) * 100:.{PLACES}f}%"
