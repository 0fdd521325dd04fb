"""The page of holds: which stand and stood, of one matter or of the whole market, for which days and why."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tallystick.cases.beside import Door, of_courses
from tallystick.parties.acting import Acting
from tallystick.parties.policy.decision import facts_of, needs_factor
from tallystick.parties.readings import note
from tallystick.parties.request import Request
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.holding import OVER, processes_held_by, scope_of, state_of
from tallystick.processes.models import Hold

A_PAGE = 100
TITLES = (("now", "In force"), ("ahead", "To come"), ("over", "Over"))
# Who names the matters of which courses, as far as somebody may see them: one for each room.
MATTERS: Sequence[Callable[[Acting, Collection[int]], Mapping[int, Door]]] = (of_courses,)


@dataclass(frozen=True)
class Listed:
    """A hold in the list: what it holds in words, the matter it is of, if any; whether one may lift it."""

    hold: Hold
    state: str
    scope: str
    matter: Door | None
    may_lift: bool


@require_safe
def holds(request: Request, code: str) -> HttpResponse:
    """List the holds that whoever is acting may see."""
    acting = request.acting
    found = Hold.objects.visible_to(acting).select_related("course", "party", "placed_by", "lifted_by")
    page = Paginator(found.order_by("-from_on", "-pk"), A_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    note(request, Hold.TYPE, rows, timezone.now())
    held_by, named = processes_held_by(acting), _matters(acting, rows)
    listed = [_listed(one, acting, held_by, named) for one in rows]
    fresh = facts_of(acting, Hold(code=code, classification=Hold.GREEN, publicity=Hold.ISSUED))
    shown = {
        "code": code,
        "groups": [(title, [one for one in listed if one.state == key]) for key, title in TITLES],
        "page": page,
        "query": "",
        "may_place": bool(held_by),
        "wants_factor": bool(held_by) and needs_factor(acting, "c", fresh, now=timezone.now()),
    }
    return render(request, "site/holds.html", shown)


def _matters(acting: Acting, rows: Sequence[Hold]) -> dict[int, Door]:
    courses = {one.course_id for one in rows if one.course_id is not None}
    return {key: door for name in MATTERS for key, door in name(acting, courses).items()} if courses else {}


def _listed(hold: Hold, acting: Acting, held_by: Collection[str], named: Mapping[int, Door]) -> Listed:
    state, course = state_of(hold, acting.day), hold.course
    if course is None:
        may_lift = state != OVER and set(hold.keys) <= set(held_by)
        return Listed(hold, state, scope_of(hold), None, may_lift)
    title = rulebook_of(hold.code).processes[course.process].title
    return Listed(hold, state, title, named.get(course.pk), may_lift=False)
