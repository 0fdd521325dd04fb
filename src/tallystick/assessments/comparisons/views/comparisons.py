"""Pages of comparisons: the register, one comparison as far as somebody may see it, its lines as a file."""

import csv
import io
from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tallystick.assessments.comparisons.exported import cells_of_lines, cells_of_printed, columns
from tallystick.assessments.comparisons.issues import in_words, weights_on
from tallystick.assessments.comparisons.operations.sheets import points_shown
from tallystick.assessments.matters import seen
from tallystick.assessments.matters.counts import Window
from tallystick.assessments.matters.standing import facts_from
from tallystick.assessments.matters.sums import percent
from tallystick.assessments.matters.views import about, found_publication, may_query, stands, title_of
from tallystick.assessments.models import ComparedLine, Publication, Sheet
from tallystick.decisions.views.asked import as_file
from tallystick.month.export import safe_cell
from tallystick.parties.acting import Acting
from tallystick.parties.once import one_page
from tallystick.parties.policy.decision import is_granted
from tallystick.parties.readings import note
from tallystick.parties.request import Request
from tallystick.parties.rulebooks import rulebook_of

SHOWS = (
    ("window", "In the query window"),
    ("deciding", "Before a body"),
    ("published", "Published"),
    ("over", "Over"),
)
STAGES = {"window": ("window",), "deciding": ("checked", "recommended"), "published": ("published",)}


@require_safe
def register(request: Request, code: str) -> HttpResponse:
    """List the comparisons that whoever is acting may see."""
    with one_page():
        acting = request.acting
        rows = seen.publications(acting)
        note(request, Publication.TYPE, [one.row for one in rows], timezone.now())
        show = request.GET.get("show", "")[:20]
        shown = {
            "code": code,
            "show": show,
            "shows": SHOWS,
            "counts": {name: sum(_is_shown(one, name) for one in rows) for name, _ in SHOWS},
            "rows": [(one, title_of(one.row), of_whom(one.row)) for one in rows if _is_shown(one, show)],
            "total": len(rows),
            "may_draft": is_granted(acting, Publication.TYPE, "c"),
            "may_read_rules": is_granted(acting, "clause", "r"),
        }
        return render(request, "assessments/comparisons.html", shown)


@require_safe
def publication(request: Request, code: str, reference: str) -> HttpResponse:
    """Show a comparison: to readers what is printed, to a party its own line, to whom it is before all."""
    with one_page():
        acting, row = request.acting, found_publication(request, reference)
        lines = seen.compared_lines(acting, row)
        note(request, Publication.TYPE, [row, *lines], timezone.now())
        queries = seen.publication_queries(acting, row)
        facts = facts_from(row, acting.day, queries)
        standing = stands(acting, row, "take_publication_step", facts)
        own = next((one for one in lines if _is_own(one, acting)), None)
        all_of_them = [one for one in lines if not _is_own(one, acting)] and lines
        rulebook = rulebook_of(code)
        shown = {
            "code": code,
            "row": row,
            "about": about(row),
            "whom": of_whom(row),
            "months": "" if row.is_league else Window(row.first, row.last).words,
            "level": None if row.is_league else rulebook.level_on(row.measure, row.day),
            "league": rulebook.league_on(row.day) if row.is_league else None,
            "fewest": rulebook.handling.fewest_on(row.day),
            "in_words": lambda one: in_words(one.issues, weights_on(code, row.day)),
            "points": points_shown,
            "lines": all_of_them,
            "own": own,
            "own_versions": seen.own_versions(acting, row) if own and row.version > 1 else [],
            "printed": seen.printed_lines(acting, row) if row.published_on else [],
            "queries": queries,
            "sheets": _sheets(acting, row, all_of_them),
            "corrections": [one for one, _ in standing["steps"] if one.move == "correct"],
            "before": seen.printed_before(acting, row) if row.published_on and row.version > 1 else [],
            "may_query": may_query(acting, own, standing["stage"].stage),
            "may_correct": is_granted(acting, Publication.TYPE, "u"),
            "percent": percent,
            **standing,
        }
        return render(request, "assessments/comparison.html", shown)


@require_safe
def as_csv(request: Request, code: str, reference: str) -> HttpResponse:
    """Give the lines of a comparison as a file: those that its page shows, and no more of any of them."""
    acting, row = request.acting, found_publication(request, reference)
    lines = seen.compared_lines(acting, row)
    note(request, Publication.TYPE, [row, *lines], timezone.now())
    printed = seen.printed_lines(acting, row) if row.published_on else []
    others = any(not _is_own(one, acting) for one in lines)
    has_places = others or row.published_on is not None
    cells = (
        cells_of_lines(row, lines, has_places=has_places)
        if others or not printed
        else cells_of_printed(row, printed)
    )
    written = io.StringIO()
    safe = ([safe_cell(cell) for cell in one] for one in cells)
    csv.writer(written, lineterminator="\r\n").writerows([columns(row), *safe])
    return as_file(written.getvalue(), "text/csv; charset=utf-8", f"{row.reference}.csv")


def of_whom(row: Publication) -> str:
    categories = rulebook_of(row.code).code.categories
    return categories.get(row.category, row.category) if row.category else "All Parties with figures"


def _is_shown(one: seen.Listed, show: str) -> bool:
    if show == "over":
        return one.is_over
    return one.stage in STAGES[show] if show in STAGES else True


def _is_own(line: ComparedLine, acting: Acting) -> bool:
    return acting.organisation is not None and line.party_id == acting.organisation.pk


def _sheets(acting: Acting, row: Publication, lines: Sequence[ComparedLine]) -> list[Sheet]:
    """Return the sheets of a comparison to whom sees every line of the latest, that one first."""
    if row.version == 1 or not lines:
        return [one.sheet for one in lines[:1]]
    return list(Sheet.objects.visible_to(acting).filter(publication=row).order_by("-number"))
