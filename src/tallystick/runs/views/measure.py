"""The doors of measures: which there are, and one of them in a month."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tallystick.month.assessment import Assessment, Figure
from tallystick.month.breakdown import adds_up, by_category, by_provider
from tallystick.month.outline import TAKERS
from tallystick.month.sections import SOURCE, Parts, Section, section
from tallystick.month.wording import short_period
from tallystick.parties.acting import Acting
from tallystick.parties.request import Request
from tallystick.runs import excluded, of_party, queries
from tallystick.runs.installation import rulebook_of
from tallystick.runs.models import Exclusion, Run
from tallystick.runs.views import second_checks
from tallystick.runs.views.asked import PAGE, Asked, outlined, written
from tallystick.runs.views.exclusions import named
from tallystick.runs.views.month import note_named, steps


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
    """Lead to the measure in the latest month that has a figure to show; else tell what will be measured."""
    stated = rulebook_of(code).measures.get(measure)
    period = queries.latest_with(request.acting, measure)
    if period is None and stated is None:
        raise Http404
    if period is None:
        return render(request, "runs/measure_stated.html", {"code": code, "stated": stated})
    return redirect("measure_month", code, measure, period)


@require_safe
def measure_month(request: Request, code: str, measure: str, period: str, form: str = PAGE) -> HttpResponse:
    """Show one measure in a month: trend, verdict, parts, proof; or give its figures as a file."""
    asked, acting = Asked.of(request), request.acting
    run, graded = queries.run_near(acting, period, asked.at)
    if run is None:
        raise Http404
    assessment = _broken_down(acting, run, measure, with_lines=form != PAGE)
    outline = outlined(assessment, asked)
    if measure not in outline.figures:
        raise Http404
    shown = section(outline, outline.figures[measure])
    parts = _chosen(shown, asked.by)
    note_named(request, assessment, run)
    if form != PAGE:
        name = "-".join(filter(None, (code, measure, period, asked.by)))
        return written(_only(assessment, measure, asked.by), form, name)
    told: dict[str, Any] = {
        "a": assessment,
        "asked": asked,
        "here": reverse("measure_month", args=[code, measure, period]),
        "s": shown,
        "parts": parts,
        "month": short_period(period),
    }
    if request.htmx.target == "breakdown":
        return render(request, "runs/_breakdown.html", told)
    beside = {
        "outline": outline,
        "run": run,
        "restated": queries.restatements(acting, measure, period),
        **_left_out(request, measure, period),
        **steps(period, graded, "measure_month", code, measure),
    }
    return render(request, "runs/measure.html", {**told, **beside})


def _left_out(request: Request, measure: str, period: str) -> dict[str, Any]:
    """Return the rows that were asked to be left out, and those that wait for whoever is acting to check."""
    acting = request.acting
    rows = excluded.exclusions_of(acting, measure, period)
    waiting: list[Exclusion] = []
    if any(row.state == row.ENTERED for row in rows):
        to_check = {one.pk for one in excluded.exclusions_to_check(acting)}
        waiting = [row for row in rows if row.pk in to_check]
    return {
        "exclusions": rows,
        "named": named(acting, rows),
        **second_checks.block(request, waiting),
    }


def _broken_down(acting: Acting, run: Run, measure: str, *, with_lines: bool) -> Assessment:
    """Return the month as somebody may see it, one of its measures with all that it is broken down into."""
    assessment = queries.assessment_for(acting, run, finer_of=measure, with_lines=with_lines)
    whole = next((one for one in assessment.figures if one.measure == measure and not one.group), None)
    if whole is None:
        return assessment
    made_of = [one for one in assessment.figures if one.into == measure and not one.group]
    parts = [*by_provider(whole, made_of)]
    own = [one for one in assessment.figures if one.measure == measure]
    of_parties = [one for one in own if set(one.group) & set(TAKERS)]
    # What somebody sees is all there is of a category only where it is all there is.
    if of_parties and adds_up(whole, of_parties):
        parts += by_category(whole, of_parties, of_party.categories_of(run))
    return replace(assessment, figures=(*assessment.figures, *parts))


def _chosen(shown: Section, by: str) -> Parts | None:
    """Return the parts by the column that was asked for, or the first there are.

    :raises Http404: if there are none by it, or none that somebody may see
    """
    found = [one for one in shown.parts if by in ("", one.key)]
    if by and not found:
        raise Http404
    return found[0] if found else None


def _only(assessment: Assessment, measure: str, by: str) -> Assessment:
    """Return the month with nothing of it but one measure, with its parts by one column, or with all."""

    def is_wanted(one: Figure) -> bool:
        if by == SOURCE and one.into == measure:
            return not one.group
        return one.measure == measure and (not by or not one.group or "-".join(one.group) == by)

    return replace(
        assessment,
        figures=tuple(one for one in assessment.figures if is_wanted(one)),
        findings=tuple(one for one in assessment.findings if one.measure == measure),
        history={measure: assessment.history.get(measure, ())},
    )
