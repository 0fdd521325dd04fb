"""The register of derogations and of forbearance, and what waits or ends soon among them."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tallystick.derogations.listed import Listed, derogations, forbearances
from tallystick.derogations.models import Derogation
from tallystick.parties.models import Role
from tallystick.parties.once import one_page
from tallystick.parties.policy.decision import is_granted
from tallystick.parties.readings import note
from tallystick.parties.request import Request
from tallystick.parties.rulebooks import rulebook_of

SOON = 20  # working days before the last, as the clock of a term first reminds
SHOWS = (
    ("waiting", "Waiting to be decided"),
    ("in_force", "In force"),
    ("soon", f"Ending within {SOON} working days"),
    ("over", "Over"),
)
WAITING = ("submitted", "assessed", "proposed", "under_review")
IN_FORCE = ("active", "in_force")
CHOICES = ("show", "party", "obligation")


@require_safe
def register(request: Request, code: str) -> HttpResponse:
    """List the derogations and the forbearance that whoever is acting may see."""
    with one_page():
        acting = request.acting
        chosen = {name: request.GET.get(name, "")[:60] for name in CHOICES}
        leave, forborne = derogations(acting), forbearances(acting)
        note(request, Derogation.TYPE, [one.row for one in leave], timezone.now())
        last = _soon(code, acting.day)
        shown = {
            "code": code,
            "chosen": chosen,
            "leave": [one for one in leave if _is_chosen(one, chosen, last)],
            "forborne": [one for one in forborne if _is_chosen(one, chosen, last)],
            "counts": _counts((*leave, *forborne), last),
            "may_read": is_granted(acting, Derogation.TYPE, "r"),
            "may_draft": acting.name == Role.PARTY_DELEGATE or acting.name in Role.OFFICE,
            "may_propose": acting.name in Role.OFFICE,
            "may_read_rules": is_granted(acting, "clause", "r"),
            "shows": SHOWS,
            "parties": _parties(leave),
            "obligations": sorted({one.row.obligation for one in (*leave, *forborne)}),
            "titles": {key: one.title for key, one in rulebook_of(code).obligations.items()},
            "total": len(leave) + len(forborne),
        }
        return render(request, "derogations/derogations.html", shown)


def is_soon(one: Listed, last: dt.date) -> bool:
    """Tell whether what stands ends, or is looked at again, by a day."""
    return one.stage in IN_FORCE and one.due is not None and one.due.on <= last


def _soon(code: str, on: dt.date) -> dt.date:
    return rulebook_of(code).calendar().after(on, SOON)


def _counts(rows: Iterable[Listed], last: dt.date) -> dict[str, int]:
    several = list(rows)
    return {name: sum(_is_shown(one, name, last) for one in several) for name, _ in SHOWS}


def _is_shown(one: Listed, show: str, last: dt.date) -> bool:
    told: dict[str, Any] = {
        "waiting": one.stage in WAITING,
        "in_force": one.stage in IN_FORCE,
        "soon": is_soon(one, last),
        "over": one.is_over or one.stage in ("expired", "revoked"),
    }
    return bool(told.get(show, True))


def _is_chosen(one: Listed, chosen: dict[str, str], last: dt.date) -> bool:
    slug = one.row.party.slug if one.row.party else ""
    return (
        _is_shown(one, chosen["show"], last)
        and chosen["party"] in ("", slug)
        and chosen["obligation"] in ("", one.row.obligation)
    )


def _parties(rows: Iterable[Listed]) -> list[tuple[str, str]]:
    found = {one.row.party.slug: one.row.party.name for one in rows}
    return sorted(found.items(), key=lambda one: one[1]) if len(found) > 1 else []
