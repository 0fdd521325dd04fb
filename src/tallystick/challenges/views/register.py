"""The register of challenges and disputes: where each stands, who has to act, and by when."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tallystick.challenges import queries
from tallystick.challenges.listed import Listed, listed
from tallystick.challenges.models import Challenge, Dispute
from tallystick.parties.once import one_page
from tallystick.parties.policy.decision import is_granted
from tallystick.parties.readings import note
from tallystick.parties.request import Request

SHOWS = (("open", "Open"), ("closed", "Ended"))
KINDS = (("challenge", "Challenges"), ("dispute", "Disputes"))


@require_safe
def challenges(request: Request, code: str) -> HttpResponse:
    """List the challenges and the disputes that whoever is acting may see."""
    with one_page():
        acting = request.acting
        chosen = {name: request.GET.get(name, "")[:60] for name in ("show", "kind", "party")}
        rows = listed(queries.challenges_of(acting), acting.day)
        disputed = listed(queries.disputes_of(acting), acting.day)
        note(request, Challenge.TYPE, [one.row for one in rows], timezone.now())
        note(request, Dispute.TYPE, [one.row for one in disputed], timezone.now())
        parties = {one.row.party.slug: one.row.party.name for one in (*rows, *disputed)}
        groups = [
            (title, [one for one in some if _is_chosen(one, chosen)])
            for (_, title), some in zip(KINDS, (rows, disputed), strict=True)
        ]
        is_open = [one for one in (*rows, *disputed) if one.row.closed_at is None]
        shown = {
            "code": code,
            "chosen": chosen,
            "groups": [(title, some) for title, some in groups if some],
            "open": len(is_open),
            "ended": len(rows) + len(disputed) - len(is_open),
            "suspending": sum(one.suspends for one in is_open),
            "parties": sorted(parties.items(), key=lambda one: one[1]) if len(parties) > 1 else [],
            "shows": SHOWS,
            "kinds": KINDS,
            "may_dispute": acting.organisation is not None and is_granted(acting, Dispute.TYPE, "c"),
            "may_read_rules": is_granted(acting, "clause", "r"),
        }
        return render(request, "challenges/challenges.html", shown)


def _is_chosen(one: Listed, chosen: dict[str, str]) -> bool:
    shows = {"open": one.row.closed_at is None, "closed": one.row.closed_at is not None}
    return (
        shows.get(chosen["show"], True)
        and chosen["kind"] in ("", one.row.TYPE)
        and chosen["party"] in ("", one.row.party.slug)
    )
