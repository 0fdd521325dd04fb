"""The register of cases: those that somebody may see, and what is told to many of the others."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from tallystick.cases import queries
from tallystick.cases.analysis import BANDS
from tallystick.cases.listed import ASIDE, Listed, listed, standing
from tallystick.cases.models import Case
from tallystick.parties.models import Role
from tallystick.parties.once import one_page
from tallystick.parties.policy.decision import is_granted
from tallystick.parties.readings import note
from tallystick.parties.request import Request
from tallystick.parties.rulebooks import rulebook_of

A_PAGE = 100
CHOICES = ("stage", "party", "show")


@require_safe
def cases(request: Request, code: str) -> HttpResponse:
    """List the cases that whoever is acting may see, and those of which many are told without names."""
    with one_page():
        acting = request.acting
        chosen = {name: request.GET.get(name, "")[:60] for name in (*CHOICES, "age")}
        may_read = is_granted(acting, Case.TYPE, "r")
        seen = listed(list(standing(queries.cases_of(acting))), acting.day) if may_read else []
        note(request, Case.TYPE, [one.case for one in seen], timezone.now())
        found = [one for one in seen if _is_chosen(one, chosen)]
        references = {one.case.reference for one in seen}
        many = (
            [] if acting.name in Role.OFFICE else queries.closed_register(acting)
        )  # the office sees them all
        told = [one for one in many if one.reference not in references]
        # Of the open ones whoever reads cases is told by the cases themselves.
        others = [one for one in told if one.is_closed or not may_read]
        page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
        kept = {name: value for name, value in chosen.items() if value}
        shown = {
            "code": code,
            "chosen": chosen,
            "page": page,
            "groups": _groups(list(page.object_list)),
            "total": len(seen),
            "open": sum(not one.is_closed for one in seen),
            "late": sum(one.next is not None and one.next.chip.kind == "late" for one in seen),
            "others": others,
            "may_read": may_read,
            "may_read_rules": is_granted(acting, "clause", "r"),
            "may_open": is_granted(acting, Case.TYPE, "c"),
            "query": f"?{urlencode(kept)}" if kept else "",
            "ages": [(key, words) for key, words, _, _ in BANDS],
            **_choices(code, seen),
        }
        return render(request, "cases/cases.html", shown)


def _choices(code: str, seen: Sequence[Listed]) -> dict[str, Any]:
    tracks = rulebook_of(code).processes
    value = tracks["case"].starts() if "case" in tracks else {}
    stages = list(value.values())[-1].tracks["case"].stages if value else {}
    parties = {one.case.party.slug: one.case.party.name for one in seen}
    return {
        "stages": [(name, stage.title) for name, stage in stages.items() if name != ASIDE],
        "parties": sorted(parties.items(), key=lambda one: one[1]) if len(parties) > 1 else [],
    }


def _groups(found: Sequence[Listed]) -> list[tuple[str, list[Listed]]]:
    groups = (
        ("Open", [one for one in found if not one.is_closed]),
        ("Closed", [one for one in found if one.is_closed]),
    )
    return [(title, rows) for title, rows in groups if rows]


def _is_chosen(one: Listed, chosen: dict[str, str]) -> bool:
    shows = {"": True, "open": not one.is_closed, "closed": one.is_closed}
    ages = {key: least <= one.age <= most for key, _, least, most in BANDS}
    return (
        chosen["stage"] in ("", one.stage)
        and chosen["party"] in ("", one.case.party.slug)
        and shows.get(chosen["show"], True)
        and ages.get(chosen["age"], True)
    )
