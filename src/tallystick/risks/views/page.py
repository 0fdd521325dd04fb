"""The page of one risk: its words, scores, indicators, findings, techniques, lineage, proposals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tallystick.parties.acting import Acting
from tallystick.parties.once import one_page
from tallystick.parties.policy.decision import is_granted
from tallystick.parties.readings import note, strictest
from tallystick.parties.request import Request
from tallystick.parties.rulebooks import rulebook_of
from tallystick.risks import queries
from tallystick.risks.listed import PILLS, before_of, short
from tallystick.risks.methods import TITLES, position_of, title_of, value_of
from tallystick.risks.models import OperatingPeriod, Proposal, Risk, Score
from tallystick.risks.views.asked import found
from tallystick.rulebook.rulebook import Rulebook
from tallystick.rulebook.techniques import ALL

MOST_FINDINGS = 12


@dataclass(frozen=True)
class Told:
    """A score with where it stands by its own method, and that method in words."""

    score: Score
    title: str
    pill: str
    method: str


@dataclass(frozen=True)
class Taken:
    """A technique of the catalogue with what it takes off the risk, in words."""

    title: str
    classes: str
    says: str
    effects: str
    is_checked: bool


@require_safe
def risk(request: Request, code: str, reference: str) -> HttpResponse:
    """Show a risk."""
    with one_page():
        row, words = found(request, reference)
        acting, rulebook = request.acting, rulebook_of(code)
        scores = queries.scores_by_risk(acting, [row])[row.pk]
        proposals = queries.proposals(acting, [row])
        there = [row, *scores, *proposals]
        note(request, Risk.TYPE, there, timezone.now())
        cls = strictest(there)
        lines = queries.lineage(acting, row)
        shown = {
            "code": code,
            "r": row,
            "cls": cls,
            "handling": rulebook.handling.sentence(cls, acting.day).says,
            "is_draft": any(one.publicity == Score.DRAFT for one in scores),
            "words": words,
            "proposals": proposals,
            "short": short,
            "came_from": [one for one in lines if one.after_id == row.pk],
            "went_into": [one for one in lines if one.before_id == row.pk],
            "findings": queries.findings_on(acting, words[0].indicators, MOST_FINDINGS),
            "indicators": queries.indicators(acting, words[0].indicators),
            "techniques": list(_techniques(rulebook, reference)),
            "rules": rulebook,
            "see_history": is_granted(acting, "history", "r"),
            **_scored(acting, row, scores),
            **_ways(acting, row, queries.periods(acting), scores, proposals),
        }
        return render(request, "risks/risk.html", shown)


def _scored(acting: Acting, row: Risk, scores: list[Score]) -> dict[str, Any]:
    told = [_told(one) for one in scores]
    there = list({one.period_id: one.period for one in scores}.values())
    latest = queries.standing(scores, there[0]) if there else None
    before = before_of(latest, scores, there[1]) if len(there) > 1 else None
    return {
        "scores": told,
        "standing": next((one for one in told if one.score is latest), None) if latest else None,
        "before": before,
    }


def _told(score: Score) -> Told:
    position = position_of(score)
    value = value_of(score.code, score.method, score.method_on)
    return Told(
        score,
        TITLES[position] if position else "No score",
        PILLS[position],
        title_of(score.code, score.method, value[1] if value else None),
    )


def _ways(
    acting: Acting,
    row: Risk,
    periods: list[OperatingPeriod],
    scores: Iterable[Score],
    proposals: Iterable[Proposal],
) -> dict[str, Any]:
    """Return what the office may do with a risk that is in the register."""
    may_write = is_granted(acting, Risk.TYPE, "c") and row.ended_on is None and bool(periods)
    known = rulebook_of(acting.code).scoring
    scored = {one.period_id: one.period for one in scores}
    begun = [one for one in known.values() if min(one.values) <= acting.day]
    return {
        "may_write": may_write,
        "period": periods[0] if periods else None,
        "older": [one for one in periods[1:] if may_write],
        "again": [
            (period, method.key, method.title)
            for period in scored.values()
            for method in begun
            if may_write and method.key != period.method
        ],
        "is_open": any(not hasattr(one, "answer") for one in proposals),
    }


def _techniques(rulebook: Rulebook, reference: str) -> Iterable[Taken]:
    for one in rulebook.techniques.values():
        effects: Mapping[str, Any] = one.effects.get(reference, {})
        if effects:
            yield Taken(
                one.title,
                ", ".join(rulebook.code.technique_classes.get(key, key) for key in one.classes),
                one.says,
                ", ".join(_effect(rulebook, name, share) for name, share in effects.items()),
                bool(one.verified),
            )


def _effect(rulebook: Rulebook, name: str, share: Any) -> str:
    percent = f"{share * 100:.0f}%"
    return percent if name == ALL else f"{percent} ({name.replace('_', ' ')})"
