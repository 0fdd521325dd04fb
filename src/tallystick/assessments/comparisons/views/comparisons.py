"""Pages of comparisons: the register, one comparison as far as somebody may see it, its lines as a file."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tallystick.assessments.matters import seen
from tallystick.assessments.matters.counts import Window
from tallystick.assessments.matters.standing import facts_from
from tallystick.assessments.matters.sums import percent
from tallystick.assessments.matters.views import about, found_publication, may_query, stands, title_of
from tallystick.assessments.models import ComparedLine, PrintedLine, Publication, Sheet
from tallystick.assessments.models.publication import COUNTED
from tallystick.decisions.views.asked import as_file
from tallystick.month.export import safe_cell
from tallystick.parties.acting import Acting
from tallystick.parties.once import one_page
from tallystick.parties.policy.decision import is_granted
from tallystick.parties.readings import note
from tallystick.parties.request import Request
from tallystick.parties.rulebooks import rulebook_of
from tallystick.rulebook.periods import Span

SHOWS = (
    ("window", "In the query window"),
    ("deciding", "Before a body"),
    ("published", "Published"),
    ("over", "Over"),
)
STAGES = {"window": ("window",), "deciding": ("checked", "recommended"), "published": ("published",)}
COLUMNS = (
    *("reference", "measure", "first", "last", "sheet", "place", "name", "alias", "followed", "of"),
    *("percent", "level", "shown_to_readers"),
)
WITHHELD = "not shown"


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
        level = rulebook_of(code).level_on(row.measure, Span.parse(row.last).last)
        shown = {
            "code": code,
            "row": row,
            "about": about(row),
            "whom": of_whom(row),
            "months": Window(row.first, row.last).words,
            "level": level,
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
        _cells_of_lines(row, lines, has_places=has_places)
        if others or not printed
        else _cells_of_printed(row, printed)
    )
    written = io.StringIO()
    safe = ([safe_cell(cell) for cell in one] for one in cells)
    csv.writer(written, lineterminator="\r\n").writerows([COLUMNS, *safe])
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


def _cells_of_lines(
    row: Publication, lines: Iterable[ComparedLine], *, has_places: bool
) -> Iterable[list[str]]:
    """Yield the lines of the sheet as it is frozen, one's own or all: they are not withheld from these.

    A party is told its place once it is published: before, that would tell of the others.
    """
    for one in lines:
        share = percent(one.numerator, one.denominator) if one.denominator else ""
        rank = str(one.rank or "") if has_places else ""
        yield [
            *_heading(row),
            *(rank, one.party.name, one.alias, str(one.numerator), str(one.denominator), share.rstrip("%")),
            *(one.rating, "yes" if one.state == COUNTED else "no"),
        ]


def _cells_of_printed(row: Publication, lines: Iterable[PrintedLine]) -> Iterable[list[str]]:
    for one in lines:
        told = [str(value) if value is not None else "" for value in (one.numerator, one.denominator)]
        name = [one.name, ""] if row.names else ["", one.name]
        share = one.share.rstrip("%") or WITHHELD
        shown = "yes" if one.state == COUNTED else "no"
        yield [*_heading(row), str(one.rank or ""), *name, *told, share, one.rating, shown]


def _heading(row: Publication) -> list[str]:
    return [row.reference, row.measure, row.first, row.last, str(row.version)]
