"""The pages of a challenge and of a dispute: where it stands, what was said, and what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tallystick.challenges import queries
from tallystick.challenges.facts import facts_of
from tallystick.challenges.hearing import hearing_of
from tallystick.challenges.listed import title_of
from tallystick.challenges.matter import Matter, Row
from tallystick.challenges.models import Challenge, Dispute
from tallystick.challenges.operations.disputing import CORRECT
from tallystick.challenges.restated import restated
from tallystick.challenges.said import said_in
from tallystick.challenges.suspending import EFFECT, LIFTED, RUNS
from tallystick.challenges.views.asked import about, found_challenge, found_dispute
from tallystick.parties.acting import Acting
from tallystick.parties.once import one_page
from tallystick.parties.policy.decision import Facts, may, needs_factor
from tallystick.parties.policy.decision import facts_of as policy_facts
from tallystick.parties.readings import note
from tallystick.parties.request import Request
from tallystick.parties.rulebooks import rulebook_of
from tallystick.parties.waiting import due_chip
from tallystick.processes.carriers import carrier_of
from tallystick.processes.engine import Offer
from tallystick.processes.guards import PREDICATES
from tallystick.processes.queries import process_of
from tallystick.processes.rungs import Asked, rungs
from tallystick.processes.times import Shown, clocks

# What a course has of its matter, by which it is told who may read that.
OF_A_MATTER = ("code", "classification", "party_id", "body_id", "publicity")
MOST = 2
# What leads on comes before what takes a matter back.
LAST = ("withdraw", "accept")


@dataclass(frozen=True)
class Way:
    """A next step: its words and the address that asks what it needs; `body` decided it."""

    move: str
    title: str
    href: str
    body: str = ""
    opens_once: tuple[str, ...] = ()

    @property
    def takes_back(self) -> bool:
        return self.move in LAST

    @property
    def icon(self) -> str:
        return "gavel" if self.body else "arrow-right"


@dataclass(frozen=True)
class Reached:
    """A matter in which what is challenged was carried out, and the stages that this led from and to."""

    reference: str
    href: str
    from_stage: str
    to_stage: str


@require_safe
def challenge(request: Request, code: str, reference: str) -> HttpResponse:
    """Show a challenge."""
    with one_page():
        row = found_challenge(request, reference)
        matter, acting = Matter(row), request.acting
        facts = facts_of(matter, acting.day)
        shown = {
            **_shown(request, matter, facts),
            "effect": _effect(matter, acting),
            "reached": _reached(acting, matter),
            "hears": hearing_of(matter, facts, acting.day),
            "decided_href": _href(acting, row.decided),
        }
        return render(request, "challenges/challenge.html", shown)


@require_safe
def dispute(request: Request, code: str, reference: str) -> HttpResponse:
    """Show a dispute."""
    with one_page():
        row = found_dispute(request, reference)
        matter = Matter(row)
        shown = {
            **_shown(request, matter, facts_of(matter, request.acting.day)),
            "figures": restated(request.acting, row),
            "finding_href": _href(request.acting, row.finding),
        }
        return render(request, "challenges/dispute.html", shown)


def motion_facts(acting: Acting, row: Row) -> Facts:
    """Return the policy's facts of a motion about a matter, put to the body that has it."""
    return Facts(
        "motion", row.classification, "none", on_body=policy_facts(acting, row).on_body, state="draft"
    )


def _shown(request: Request, matter: Matter, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return what both pages show."""
    row, acting, day = matter.row, request.acting, request.acting.day
    note(request, row.TYPE, [row], timezone.now())
    now, later = queries.offers_for(acting, matter, facts)
    value, asked = process_of(row.course), Asked(row.course, matter.rows, facts, PREDICATES, noun=row.TYPE)
    ways = sorted((_way(row, one) for one in now), key=lambda one: one.move in LAST)
    told = clocks([row.course], {row.course_id: matter.rows}, day)
    may_put = matter.before(day) is not None and may(
        acting, "c", motion_facts(acting, row), now=timezone.now()
    )
    return {
        "code": row.code,
        "m": row,
        "title": title_of(row),
        "handling": about(row).handling,
        "process": row.course.process,
        "stages": rungs(asked, value.main, day),
        "on_hold": matter.standing(day).on_hold,
        "clocks": [(one, _chip(one, row, acting)) for one in told],
        "ways": ways,
        "later": [_way(row, one) for one in later],
        "buttons": list(reversed(ways[:MOST])),
        "put_href": reverse(f"put_{row.TYPE}", args=[row.code, row.reference]) if may_put else "",
        "said": list(said_in(matter, lambda one: _href(acting, one))),
        "wants_factor": bool(ways)
        and needs_factor(acting, "t", policy_facts(acting, row), now=timezone.now()),
    }


def _way(row: Row, offer: Offer) -> Way:
    args = [row.code, row.reference]
    if isinstance(row, Dispute) and offer.move == CORRECT:
        href = reverse("correct_dispute", args=args)
    else:
        href = reverse(f"take_{row.TYPE}_step", args=[*args, offer.move])
    return Way(offer.move, offer.title, href, offer.body or "", offer.opens_once)


def _effect(matter: Matter, acting: Acting) -> str:
    """Return what a challenge does to what was decided, in a word: none where it has ended."""
    row, at = matter.row, matter.standing(acting.day).at
    if not isinstance(row, Challenge) or row.closed_at is not None:
        return ""
    if at[EFFECT] == LIFTED:
        return LIFTED
    return "suspends" if matter.stage(acting.day) in RUNS else ""


def _reached(acting: Acting, matter: Matter) -> list[Reached]:
    """Return what carried out what is challenged: each by its reference, with a link for who may read it."""
    found = []
    for one in matter.reached:
        carrier, value = carrier_of(one.course), process_of(one.course)
        if carrier is not None:
            told = {name: getattr(one.course, name) for name in OF_A_MATTER}
            href = _href(acting, carrier.model(reference=one.matter, **told))
            led = value.stage(one.from_stage).title, value.stage(one.to_stage).title
            found.append(Reached(one.matter, href, *led))
    return found


def _href(acting: Acting, row: Any) -> str:
    """Return the address of a record, where somebody may read it."""
    if row is None or not may(acting, "r", row):
        return ""
    return reverse(row.TYPE, args=[row.code, str(row)])


def _chip(clock: Shown, row: Row, acting: Acting) -> tuple[str, str, str]:
    """Return how a clock is shown: the kind of its chip, what is bold, and the words."""
    if clock.ended_on is not None:
        kind, word = ("late", "passed") if clock.how == "passed" else ("ok", "used")
        return kind, "", f"{word}, {clock.ended_on.day} {clock.ended_on:%b}"
    if clock.due_on is None:
        return "paused", f"{clock.left} {'WD' if clock.unit == 'working_day' else 'days'} left", "on hold"
    chip = due_chip(clock.due_on, acting.day, rulebook_of(row.code).calendar())
    return chip.kind, chip.bold, chip.words
