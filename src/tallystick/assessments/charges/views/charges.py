"""Pages of charges: the register of runs, one run as far as somebody may see it, and its lines as a file."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tallystick.assessments.charges.analysis import analysed
from tallystick.assessments.matters import seen
from tallystick.assessments.matters.standing import deferred_on, facts_from
from tallystick.assessments.matters.sums import percent
from tallystick.assessments.matters.views import about, found_charges, may_query, stands, title_of
from tallystick.assessments.models import ChargeLine, ChargeRun, ChargeSheet, Relief
from tallystick.decisions.views.asked import as_file
from tallystick.month.export import is_number, safe_cell
from tallystick.parties.acting import Acting
from tallystick.parties.once import one_page
from tallystick.parties.policy.decision import is_granted
from tallystick.parties.readings import note
from tallystick.parties.request import Request
from tallystick.parties.rulebooks import rulebook_of
from tallystick.rulebook.charges import ChargeValue

COLUMNS = (
    *("reference", "scheme", "status", "month", "sheet", "party", "followed", "of", "percent"),
    *("shortfall_points", "computed", "cap", "cap_bound", "relieved", "put_off_until"),
    *("payable", "received", "net"),
)
HUNDRED = 100


@require_safe
def register(request: Request, code: str) -> HttpResponse:
    """List the runs of charges that whoever is acting may see, and what became of what they computed."""
    with one_page():
        acting = request.acting
        rows = seen.charge_runs(acting)
        latest = [one.row for one in rows]
        lines = _latest_lines(acting, latest)
        reliefs = list(Relief.objects.visible_to(acting).filter(charge_run__in=latest).order_by("pk"))
        note(request, ChargeRun.TYPE, [*latest, *lines], timezone.now())
        schemes = rulebook_of(code).charges
        shown = {
            "code": code,
            "rows": [(one, title_of(one.row), _sum_of(lines, one.row)) for one in rows],
            "schemes": [(one, _value(code, key, max(one.values))) for key, one in schemes.items()],
            "analysis": analysed(lines, reliefs, acting.day) if _sees_all(lines, acting) else None,
            "pounds": pounds,
            "may_compute": is_granted(acting, ChargeRun.TYPE, "c") and bool(schemes),
            "may_read_rules": is_granted(acting, "clause", "r"),
        }
        return render(request, "assessments/charges.html", shown)


@require_safe
def charge(request: Request, code: str, reference: str) -> HttpResponse:
    """Show a run of charges: a party its own line, the office and its body all of it."""
    with one_page():
        acting, row = request.acting, found_charges(request, reference)
        lines = seen.charge_lines(acting, row)
        reliefs = _reliefs(acting, row)
        note(request, ChargeRun.TYPE, [row, *lines], timezone.now())
        queries = seen.charge_queries(acting, row)
        facts = facts_from(row, acting.day, queries, reliefs)
        standing = stands(acting, row, "take_charge_step", facts)
        own = next((one for one in lines if _is_own(one, acting)), None)
        everybody = lines if _sees_all(lines, acting) else []
        shown = {
            "code": code,
            "row": row,
            "about": about(row),
            "value": _value(code, row.scheme, row.value_day),
            "scheme": rulebook_of(code).charges.get(row.scheme),
            "lines": everybody,
            "totals": _totals(everybody),
            "own": own,
            "reliefs": reliefs,
            "put_off": deferred_on(reliefs, acting.day),
            "relieved": {one.party_id: one for one in reliefs if one.kind == "relieved"},
            "analysis": analysed(everybody, reliefs, acting.day) if everybody else None,
            "queries": queries,
            "sheets": _sheets(acting, row, everybody),
            "may_query": may_query(acting, own, standing["stage"].stage),
            "may_change": is_granted(acting, ChargeRun.TYPE, "u"),
            "percent": percent,
            "pounds": pounds,
            **standing,
        }
        return render(request, "assessments/charge.html", shown)


@require_safe
def as_csv(request: Request, code: str, reference: str) -> HttpResponse:
    """Give the lines of a run as a file: those that its page shows."""
    acting, row = request.acting, found_charges(request, reference)
    lines = seen.charge_lines(acting, row)
    note(request, ChargeRun.TYPE, [row, *lines], timezone.now())
    put_off = deferred_on(_reliefs(acting, row), acting.day)
    written = io.StringIO()
    safe = (
        [cell if is_number(cell) else safe_cell(cell) for cell in _cells(row, one, put_off.get(one.party_id))]
        for one in lines
    )
    csv.writer(written, lineterminator="\r\n").writerows([COLUMNS, *safe])
    return as_file(written.getvalue(), "text/csv; charset=utf-8", f"{row.reference}.csv")


def pounds(pence: int) -> str:
    """Return pence as pounds with thin groups, a minus before what is below nothing."""
    sign = "\N{MINUS SIGN}" if pence < 0 else ""
    return f"{sign}£{abs(pence) // HUNDRED:,}.{abs(pence) % HUNDRED:02}"


def _plain(pence: int) -> str:
    sign = "-" if pence < 0 else ""
    return f"{sign}{abs(pence) // HUNDRED}.{abs(pence) % HUNDRED:02}"


def _cells(row: ChargeRun, one: ChargeLine, put_off: Relief | None) -> list[str]:
    share = percent(one.numerator, one.denominator).rstrip("%") if one.denominator else ""
    return [
        *(row.reference, row.scheme, row.status, row.period, str(one.version), one.party.name),
        *(str(one.numerator), str(one.denominator), share, f"{one.shortfall.normalize():f}"),
        *(_plain(one.computed), _plain(one.cap) if one.cap is not None else ""),
        *("yes" if one.is_cap_bound else "no", "yes" if one.is_relieved else "no"),
        str(put_off.until_on) if put_off else "",
        *(_plain(one.payable), _plain(one.received), _plain(one.net)),
    ]


def _value(code: str, scheme: str, day: Any) -> ChargeValue | None:
    found = rulebook_of(code).charges.get(scheme)
    return found.value_on(day) if found else None


def _totals(lines: Sequence[ChargeLine]) -> dict[str, int]:
    return {name: sum(getattr(one, name) for one in lines) for name in ("computed", "payable", "received")}


def _is_own(line: ChargeLine, acting: Acting) -> bool:
    return acting.organisation is not None and line.party_id == acting.organisation.pk


def _sees_all(lines: Iterable[ChargeLine], acting: Acting) -> bool:
    """Tell whether there are lines of others among those that somebody may see."""
    return any(not _is_own(one, acting) for one in lines)


def _latest_lines(acting: Acting, rows: Iterable[ChargeRun]) -> list[ChargeLine]:
    versions = {one.pk: one.version for one in rows}
    found = ChargeLine.objects.visible_to(acting).filter(charge_run__in=list(versions))
    return [one for one in found.order_by("pk") if one.version == versions[one.charge_run_id]]


def _sum_of(lines: Iterable[ChargeLine], row: ChargeRun) -> dict[str, int]:
    return _totals([one for one in lines if one.charge_run_id == row.pk])


def _reliefs(acting: Acting, row: ChargeRun) -> list[Relief]:
    found = Relief.objects.visible_to(acting).filter(charge_run=row).select_related("party")
    return list(found.order_by("pk"))


def _sheets(acting: Acting, row: ChargeRun, lines: Sequence[ChargeLine]) -> list[ChargeSheet]:
    """Return the sheets of a run to whom sees every line of the latest, that one first."""
    if row.version == 1 or not lines:
        return [one.sheet for one in lines[:1]]
    return list(ChargeSheet.objects.visible_to(acting).filter(charge_run=row).order_by("-number"))
