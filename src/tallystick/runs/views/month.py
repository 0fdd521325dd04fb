"""The door of a month: its figures, graded, with what they rest on."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tallystick.journal.subjects import Subject
from tallystick.month import blocks, listing, wording
from tallystick.month.assessment import Assessment
from tallystick.month.outline import TAKERS, Outline
from tallystick.parties.acting import Acting
from tallystick.parties.classified import Classified
from tallystick.parties.policy.decision import is_granted
from tallystick.parties.readings import note, note_class
from tallystick.parties.request import Request
from tallystick.rulebook.periods import Span
from tallystick.runs import excluded, queries
from tallystick.runs.installation import rulebook_of
from tallystick.runs.models import Run
from tallystick.runs.views.asked import PAGE, Asked, outlined, written


@require_safe
def performance(request: Request, code: str) -> HttpResponse:
    """Lead to the latest month that was graded."""
    periods = queries.periods(request.acting)
    if not periods:
        return render(request, "runs/no_month.html", {"code": code, "period": ""})
    return redirect("month", code, periods[0])


@require_safe
def month(request: Request, code: str, period: str, form: str = PAGE) -> HttpResponse:
    """Show a month as known now, or as known on a day; or give its figures as a file."""
    asked, acting = Asked.of(request), request.acting
    run = queries.current_run(acting, period, asked.at)
    if run is None:
        return _not_graded(request, code, period)
    assessment = queries.assessment_for(acting, run)
    note_named(request, assessment, run)
    if form != PAGE:
        return written(assessment, form, f"{code}-{period}")
    outline = outlined(assessment, asked)
    if request.htmx.target == "measures":
        return render(request, "runs/_measures_card.html", _listed(outline, asked))
    return render(
        request,
        "runs/month.html",
        {
            **_listed(outline, asked),
            **_shown(outline),
            **_changed(request, run),
            **stepped(acting, run, "month", code),
            "run": run,
        },
    )


def _not_graded(request: Request, code: str, period: str) -> HttpResponse:
    """Tell that a month is still to be graded; one beside no other month does not exist."""
    near = [str(Span.parse(period).shifted(step)) for step in (-1, 1)]
    if not set(near) & set(queries.periods(request.acting)):
        raise Http404
    return render(request, "runs/no_month.html", {"code": code, "period": period, "near": near})


def _listed(outline: Outline, asked: Asked) -> dict[str, Any]:
    """Return what the table of measures needs: it is also swapped in alone."""
    a = outline.assessment
    return {
        "a": a,
        "month": wording.short_period(a.period),
        "before": wording.before(a.period),
        "asked": asked,
        "outline": outline,
        "tables": listing.tables(outline, asked.show, asked.state),
        "graded": len(outline.graded),
        "unchecked": blocks.unchecked(outline.wholes),
        "wholes": len(outline.wholes),
        "here": reverse("month", args=[a.code, a.period]),
        "counts": blocks.counts(outline),
        "outside": [listing.row(outline, figure) for figure in outline.outside],
    }


def _shown(outline: Outline) -> dict[str, Any]:
    """Return what the rest of the page shows."""
    worst = outline.worst
    return {
        "sentence": blocks.sentence(outline),
        "head_report": blocks.head_report(outline),
        "trend": blocks.trend(outline, worst) if worst else None,
        "late": blocks.late_parts(outline, worst) if worst else None,
        "parties": blocks.parties(outline),
        "duties": blocks.findings(outline),
        "notes": blocks.notes(outline),
        "amber": _amber(outline.assessment),
    }


def _changed(request: Request, run: Run) -> dict[str, Any]:
    """Return what was left out of the month's figures by hand, and which of them were others before."""
    acting = request.acting
    # A party reads of its own rows on the register; what others' rows did to a month is the office's.
    reads = acting.organisation is None and is_granted(acting, "exclusion", "r")
    left_out = excluded.exclusions_of(acting, period=run.period) if reads else []
    note(request, "exclusion", left_out, timezone.now())
    return {
        "may_read": is_granted(acting, "submission", "r"),
        "excluded": left_out,
        "to_check": sum(one.state == one.ENTERED for one in left_out),
        "restated": queries.restated_in(acting, run),
    }


def _amber(assessment: Assessment) -> str:
    """Return the sentence under which the part that names parties may be read, as of the month known."""
    handling = rulebook_of(assessment.code).handling
    return handling.sentence(Classified.AMBER, dt.date.fromisoformat(assessment.known_on)).says


def stepped(acting: Acting, run: Run, name: str, *args: str) -> dict[str, Any]:
    """Return the addresses of the months before and after, where they were graded."""
    return steps(run.period, queries.periods(acting), name, *args)


def steps(period: str, graded: Collection[str], name: str, *args: str) -> dict[str, Any]:
    """Return the addresses of the periods before and after one, where they are among the graded ones."""
    before, after = (str(Span.parse(period).shifted(step)) for step in (-1, 1))
    return {
        "earlier": (before, reverse(name, args=[*args, before])) if before in graded else None,
        "later": (after, reverse(name, args=[*args, after])) if after in graded else None,
    }


def note_named(request: Request, assessment: Assessment, run: Run) -> None:
    """Note that a month was read that is not open, or with what is not: parties' figures, files, wholes."""
    names_parties = any(set(TAKERS) & set(one.group) for one in assessment.figures) or assessment.received
    is_amber = names_parties or queries.shows_a_closed_whole(request.acting, run)
    if run.classification == Classified.RED or not is_amber:
        note(request, "run", [run], timezone.now())
    else:
        note_class(request, Subject(run.code, "run", run.handle, Classified.AMBER), timezone.now())
