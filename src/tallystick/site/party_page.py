"""The page of a party: what registers know it by, how it does, and where it stands among its peers.

A delegate is told of the others what may be told of them all; who may see every figure has them by name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tallystick.journal.subjects import Subject
from tallystick.month import drawing, peer_chart, wording
from tallystick.month.assessment import Point
from tallystick.month.figures import change
from tallystick.month.peer_chart import Standing
from tallystick.parties import register
from tallystick.parties.acting import Acting
from tallystick.parties.classified import Classified
from tallystick.parties.models import Organisation
from tallystick.parties.policy.decision import own_party
from tallystick.parties.readings import note_class
from tallystick.parties.request import Request
from tallystick.runs import of_party, queries
from tallystick.runs.installation import rulebook_of
from tallystick.runs.of_party import Done
from tallystick.runs.peers import Peers, all_among_peers

FEWEST_NAMED = 2
FEWEST_JUDGED = 10


@require_safe
def party(request: Request, code: str, slug: str) -> HttpResponse:
    """Show one organisation, with its figures for those who may see them."""
    acting: Acting = request.acting
    found = register.organisation(code, slug)
    if found is None:
        raise Http404
    is_own = found.pk == own_party(acting)
    done = sorted(of_party.done_by(acting, found, rulebook_of(code)), key=_worst)
    if done:
        note_class(request, Subject(code, "party", found.handle, Classified.AMBER), timezone.now())
    told: dict[str, Any] = {"code": code, "party": found, "day": acting.day, "done": done, "is_own": is_own}
    if request.htmx.target == "peers":
        return render(request, "site/_peers.html", {**told, **_among(acting, found, done)})
    rows = [] if is_own or not done else _named(acting, found, done)
    shown = [{"what": one, "change": _change(one), "spark": drawing.spark(one.points)} for one in done]
    return render(request, "site/party.html", {**told, "rows": rows, "shown": shown})


def _worst(one: Done) -> int:
    return wording.rank(one.now.state)


def _change(one: Done) -> str:
    points = change(one.points)
    return "" if points is None else wording.signed(Decimal(points))


@dataclass(frozen=True)
class Beside:
    """One duty and what may be told of the peers under it."""

    title: str
    own: str
    middle: str


def _among(acting: Acting, found: Organisation, done: Sequence[Done]) -> dict[str, Any]:
    """Return where the party of a delegate stands among its peers, under each duty where that may be told."""
    run = queries.latest_run(acting)
    told = all_among_peers(acting, run) if run and found.pk == own_party(acting) else {}
    standing = {
        one.measure: _standing(one.now, told[one.measure])
        for one in done
        if run and one.measure in told and one.now.period == run.period
    }
    drawn = next((one for one in done if one.measure in standing), None)
    return {
        "chart": peer_chart.chart(standing[drawn.measure], "peers", drawn.title, "peers") if drawn else None,
        "beside": [
            Beside(one.title, wording.figure_shown(one.now), peer_chart.span(standing[one.measure]))
            for one in done
            if one.measure in standing
        ],
        "untold": sum(one.measure not in standing for one in done),
    }


def _standing(now: Point, peers: Peers) -> Standing:
    target = None if now.target is None else Fraction(now.target)
    return Standing(peers.middle.low, peers.middle.high, peers.at_least, wording.share_of(now), target)


@dataclass(frozen=True)
class Cell:
    """A share in its colour; `spoken` says the state to those who cannot see it."""

    written: str
    state: str
    spoken: str


def _named(acting: Acting, found: Organisation, done: Sequence[Done]) -> list[tuple[str, bool, list[Cell]]]:
    """Return every organisation of the category under each duty, and whether it is the one of the page."""
    beside = of_party.done_beside(acting, found, done[0].now.period)
    if len(beside) < FEWEST_NAMED:
        return []
    return [
        (name, name == found.name, [_cell(points.get(one.measure)) for one in done])
        for name, points in beside.items()
    ]


def _cell(point: Point | None) -> Cell:
    if point is None or point.denominator == 0:
        return Cell("", "nev", "No events")
    if point.denominator is None:
        return Cell("", "nrp", "Not reported")
    if point.denominator < FEWEST_JUDGED:
        return Cell(f"<{FEWEST_JUDGED}", "few", "events, too few to judge")
    return Cell(
        wording.short_share(point), wording.CLASSES[point.state], f"%, {wording.state(point.state).lower()}"
    )
