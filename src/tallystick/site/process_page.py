"""The page of a process: its stages and moves as a drawing, each move and clock in words."""

from collections.abc import Collection

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from tallystick.cases import queries as of_cases
from tallystick.cases.models import Case
from tallystick.parties.policy.decision import is_granted
from tallystick.parties.readings import note
from tallystick.parties.request import Request
from tallystick.processes.drawing import svg_of
from tallystick.processes.queries import standing_of
from tallystick.rulebook.due import Due
from tallystick.rulebook.processes import Clock, ProcessValue
from tallystick.runs.installation import UnableToFind, rulebook_of

UNITS = {"working_day": "working day", "day": "day", "month": "month"}


@require_safe
def process(request: Request, code: str, key: str) -> HttpResponse:
    """Show how matters of a kind go; `?case=` marks where one case stands, for whoever may see it.

    :raises Http404: if the code has no such process, or none of its rules is in force yet
    """
    try:
        rulebook = rulebook_of(code)
    except UnableToFind:
        raise Http404 from None
    told = rulebook.processes.get(key)
    days = [] if told is None else [day for day in told.starts() if day <= request.acting.day]
    if told is None or not days:
        raise Http404
    case = _case(request, key)
    value = told.value_on(case.course.value_day if case else request.acting.day)
    at: Collection[str] = standing_of(case.course, request.acting.day).at.values() if case else ()
    shown = {
        "code": code,
        "process": told,
        "others": [one for one in rulebook.processes.values() if one.key != key],
        "value": value,
        "since": max(days),
        "case": case,
        # It is drawn from the rulebook, and every word in it is escaped there.
        "drawing": mark_safe(svg_of(value, f"way-{key}", told.title, at)),  # noqa: S308 - as above
        "tracks": [(track, _moves(value, track.stages)) for track in value.tracks.values()],
        "clocks": [(clock, due_of(clock)) for clock in value.clocks.values()],
        "sources": rulebook.code.sources,
    }
    return render(request, "site/process.html", shown)


def due_of(clock: Clock) -> str:
    """Return how a clock is counted: 10 working days after the step that starts it."""
    if not isinstance(clock.due, Due):
        return "a day that the step states"
    many = "" if clock.due.count == 1 else "s"
    return f"{clock.due.count} {UNITS[clock.due.unit]}{many} after the step that starts it"


def _moves(value: ProcessValue, stages: Collection[str]) -> list[tuple[object, str, list[str]]]:
    """Return the moves along a track: each with where it leads and from where."""
    return [
        (move, value.stage(move.to).title, [value.stage(one).title for one in move.from_])
        for move in value.moves.values()
        if move.to in stages
    ]


def _case(request: Request, key: str) -> Case | None:
    """Return the case to mark, where one is asked for, it goes this way, and it may be seen."""
    asked = request.GET.get("case", "")[:20]
    if not asked or not is_granted(request.acting, Case.TYPE, "r"):
        return None
    found = of_cases.case(request.acting, asked)
    if found is None or found.course.process != key:
        return None
    note(request, Case.TYPE, [found], timezone.now())
    return found
