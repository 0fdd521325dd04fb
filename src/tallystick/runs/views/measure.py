"""The doors of measures: which there are, and one of them in a month."""

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from tallystick.month.assessment import Assessment
from tallystick.month.sections import section
from tallystick.month.wording import short_period
from tallystick.parties.request import Request
from tallystick.runs import queries
from tallystick.runs.views.asked import PAGE, Asked, outlined, written
from tallystick.runs.views.exclusions import named
from tallystick.runs.views.month import note_named, stepped


@require_safe
def measures(request: Request, code: str) -> HttpResponse:
    """List every measure of the code with its latest figure."""
    periods = queries.periods(request.acting)
    run = queries.current_run(request.acting, periods[0]) if periods else None
    assessment = queries.assessment_for(request.acting, run) if run else None
    outline = outlined(assessment, Asked()) if assessment else None
    rows = sorted(outline.wholes, key=lambda one: one.measure) if outline else []
    return render(
        request, "runs/measures.html", {"code": code, "outline": outline, "a": assessment, "rows": rows}
    )


@require_safe
def measure(request: Request, code: str, measure: str) -> HttpResponse:
    """Lead to the measure in the latest month that was graded."""
    periods = queries.periods(request.acting)
    if not periods:
        raise Http404
    return redirect("measure_month", code, measure, periods[0])


@require_safe
def measure_month(request: Request, code: str, measure: str, period: str, form: str = PAGE) -> HttpResponse:
    """Show one measure in a month: trend, verdict, parts, proof; or give its figures as a file."""
    asked, acting = Asked.of(request), request.acting
    run = queries.current_run(acting, period, asked.at)
    if run is None:
        raise Http404
    assessment = queries.assessment_for(acting, run)
    outline = outlined(assessment, asked)
    if measure not in outline.figures:
        raise Http404
    note_named(request, assessment, run)
    if form != PAGE:
        return written(_only(assessment, measure), form, f"{code}-{measure}-{period}")
    excluded = queries.exclusions_of(acting, measure, period)
    return render(
        request,
        "runs/measure.html",
        {
            "a": assessment,
            "asked": asked,
            "outline": outline,
            "s": section(outline, outline.figures[measure]),
            "month": short_period(period),
            "run": run,
            "restated": queries.restatements(acting, measure, period),
            "exclusions": excluded,
            "named": named(acting, excluded),
            **stepped(acting, run, "measure_month", code, measure),
        },
    )


def _only(assessment: Assessment, measure: str) -> Assessment:
    """Return the month with nothing of it but one measure."""
    return replace(
        assessment,
        figures=tuple(one for one in assessment.figures if one.measure == measure),
        findings=tuple(one for one in assessment.findings if one.measure == measure),
        history={measure: assessment.history.get(measure, ())},
    )
