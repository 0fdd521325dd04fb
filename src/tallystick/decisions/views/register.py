"""The register of decisions: votes under way first, then what was decided, by day."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from tallystick.decisions import queries
from tallystick.decisions.models import Decision, Motion
from tallystick.decisions.saved import KINDS, Line, lines_as
from tallystick.decisions.views.asked import as_file, moment
from tallystick.parties.policy.decision import is_granted
from tallystick.parties.readings import note
from tallystick.parties.request import Request
from tallystick.parties.rulebooks import rulebook_of
from tallystick.parties.waiting import DueChip, due_chip

A_PAGE = 100
CHOICES = ("body", "verb", "outcome")
OUTCOMES = (*Motion.OUTCOMES_OF_ONE, (Motion.WITHDRAWN, "Withdrawn"))


@require_safe
def decisions(request: Request, code: str, form: str = "html") -> HttpResponse:
    """List the votes that are open, and what was decided."""
    acting = request.acting
    chosen = {name: request.GET.get(name, "")[:60] for name in CHOICES}
    motions = list(queries.motions(acting))
    taken = queries.decisions(acting)
    note(request, "motion", [*motions, *taken], timezone.now())
    every = _lines(motions, taken)
    found = [one for one in every if _is_chosen(one, chosen)]
    if form != "html":
        return as_file(lines_as(form, found), KINDS[form], f"{code}-decisions.{form}")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    kept = {name: value for name, value in chosen.items() if value}
    shown = {
        "code": code,
        "chosen": chosen,
        "page": page,
        "days": [(day, list(lines)) for day, lines in groupby(page, key=lambda one: one.on)],
        "total": len(found),
        "bodies": sorted({(one.body_key, one.body) for one in every}, key=lambda one: one[1]),
        "verbs": Decision.VERBS,
        "outcomes": OUTCOMES,
        "query": f"?{urlencode(kept)}" if kept else "",
        "may_put": is_granted(acting, "motion", "c"),
        "may_record": is_granted(acting, "decision", "c"),
        **_under_way(request, motions),
    }
    return render(request, "decisions/decisions.html", shown)


def due_of(request: Request, one: Motion) -> DueChip:
    """Return how the end of a vote stands to today, in the working days of the code's calendar."""
    closes = timezone.localtime(one.closes_at).date() if one.closes_at else None
    return due_chip(closes, request.acting.day, rulebook_of(request.acting.code).calendar())


def _under_way(request: Request, motions: Iterable[Motion]) -> dict[str, Any]:
    now = moment()
    of = list(motions)
    votes = sorted((one for one in of if one.state == Motion.OPEN), key=lambda one: (one.closes_at, one.pk))
    return {
        "votes": [
            {
                "m": one,
                "due": due_of(request, one),
                "is_over": bool(one.closes_at and one.closes_at <= now),
            }
            for one in votes
        ],
        "drafts": [one for one in of if one.state == Motion.DRAFT],
    }


def _lines(motions: Iterable[Motion], taken: Sequence[Decision]) -> list[Line]:
    ended = [
        Line.of_motion(one, timezone.localtime(one.closed_at).date())
        for one in motions
        if one.state in Motion.ENDED and one.closed_at is not None
    ]
    return sorted(
        [*ended, *map(Line.of_decision, taken)], key=lambda one: (one.on, one.reference), reverse=True
    )


def _is_chosen(one: Line, chosen: dict[str, str]) -> bool:
    told = {"body": one.body_key, "verb": one.verb, "outcome": one.outcome}
    return all(not want or told[name] == want for name, want in chosen.items())
