"""The pages of one derogation and of forbearance: what is asked, what was granted, what follows from it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tallystick.derogations import queries
from tallystick.derogations.beside import Under, figures_under
from tallystick.derogations.facts import done_on
from tallystick.derogations.models import Derogation, Forbearance
from tallystick.derogations.suspensions import SUSPENDED, counting, running, stays_seen
from tallystick.derogations.views.asked import (
    about,
    about_forbearance,
    found,
    found_forbearance,
    title_of,
)
from tallystick.parties.acting import Acting
from tallystick.parties.once import one_page
from tallystick.parties.policy.decision import facts_of, needs_factor
from tallystick.parties.policy.guard import unscoped
from tallystick.parties.readings import note
from tallystick.parties.request import Request
from tallystick.parties.rulebooks import rulebook_of
from tallystick.parties.waiting import DueChip, due_chip
from tallystick.processes.guards import PREDICATES
from tallystick.processes.models import Step
from tallystick.processes.queries import process_of, rows_of
from tallystick.processes.rungs import Asked, rungs
from tallystick.processes.times import Shown, clocks

OF_ONE_SEEN = "Shows the steps of a matter that was found through what somebody may see."
# Ways that end a matter aside: no marks of it unless it stands there.
ASIDE = frozenset({"revoked", "refused", "refusal_stands", "withdrawn"})
ICONS = {"submit": "arrow-right", "assess": "check", "close": "lock", "let_refusal_stand": "lock"}
# What changes, ends or takes back what stands is nothing that waits to be done.
QUIET = ("vary", "extend", "revoke", "lapse", "withdraw", "look_again", "end")


@dataclass(frozen=True)
class Way:
    """A next step: its words, the address that asks what it needs, whose decision it carries out."""

    move: str
    title: str
    href: str
    body: str
    opens_once: tuple[str, ...]

    @property
    def is_solid(self) -> bool:
        """Tell whether it is what is waited for: what changes or ends leave that stands is not."""
        return self.move not in QUIET

    @property
    def icon(self) -> str:
        return ICONS.get(self.move, "gavel" if self.body else "arrow-right")


@require_safe
def derogation(request: Request, code: str, reference: str) -> HttpResponse:
    """Show a derogation."""
    with one_page():
        row = found(request, reference)
        note(request, Derogation.TYPE, [row], timezone.now())
        acting = request.acting
        rule = rulebook_of(code).measures.get(row.measure)
        level = rulebook_of(code).level_on(row.measure, row.from_on) if rule else None
        terms = queries.terms_of(acting, row)
        under: list[Under] = figures_under(acting, row, terms)
        stays = stays_seen(acting).get(row.course_id, [])
        standing = counting(terms, stays)
        shown = {
            "d": row,
            "about": about(row),
            "owed_title": title_of(code, row.obligation),
            "rule": rule,
            "asked_level": level,
            "terms": terms,
            "last_on": queries.last_day(row, standing[-1].until_on if standing else None, stays),
            "without_effect": {one.step: one for one in stays},
            "suspended": running(stays),
            "what": SUSPENDED,
            "done_on": done_on(row),
            "under": under,
            **_stands(acting, row, "take_derogation_step"),
        }
        return render(request, "derogations/derogation.html", {"code": code, **shown})


@require_safe
def forbearance(request: Request, code: str, reference: str) -> HttpResponse:
    """Show forbearance."""
    with one_page():
        row = found_forbearance(request, reference)
        note(request, Forbearance.TYPE, [row], timezone.now())
        rulebook = rulebook_of(code)
        shown = {
            "f": row,
            "about": about_forbearance(row),
            "owed_title": title_of(code, row.obligation),
            "measures": [one for one in rulebook.measures.values() if one.obligation == row.obligation],
            **_stands(request.acting, row, "take_forbearance_step"),
        }
        return render(request, "derogations/forbearance.html", {"code": code, **shown})


def _stands(acting: Acting, row: Derogation | Forbearance, door: str) -> dict[str, Any]:
    """Return where a matter stands, its clocks and steps, and what may be done next."""
    rows = rows_of([row.course], whole=True)[row.course_id]
    value = process_of(row.course)
    known = queries.known_of(acting, row, rows, rows.standing(row.course, value, acting.day))
    now, later = queries.offers_for(acting, row, rows, known)
    ways = [_way(row, one, door) for one in now]
    found_ones = rungs(Asked(row.course, rows, known, PREDICATES), value.main, acting.day)
    stages = [one for one in found_ones if one.stage not in ASIDE or one.state in ("now", "done")]
    steps = _steps(row)
    return {
        "stages": stages,
        "stage": next(one for one in stages if one.state == "now"),
        "clocks": [
            (one, _chip(one, row, acting)) for one in clocks([row.course], {row.course_id: rows}, acting.day)
        ],
        "ways": ways,
        "later": [_way(row, one, door) for one in later],
        "steps": [(one, value.moves[one.move]) for one in steps],
        "wants_factor": bool(ways) and needs_factor(acting, "t", facts_of(acting, row), now=timezone.now()),
    }


@unscoped(OF_ONE_SEEN)
def _steps(row: Derogation | Forbearance) -> list[Step]:
    return list(row.course.steps.select_related("by").order_by("pk"))


def _way(row: Derogation | Forbearance, offer: Any, door: str) -> Way:
    href = reverse(door, args=[row.code, row.reference, offer.move])
    return Way(offer.move, offer.title, href, offer.body or "", offer.opens_once)


def _chip(clock: Shown, row: Derogation | Forbearance, acting: Acting) -> DueChip:
    if clock.ended_on is not None:
        kind = "late" if clock.how == "passed" else "ok"
        word = {"met": "used", "stopped": "over", "passed": "passed"}[clock.how or "stopped"]
        return DueChip(kind, "", f"{word}, {clock.ended_on.day} {clock.ended_on:%b}")
    return due_chip(clock.due_on, acting.day, rulebook_of(row.code).calendar())
