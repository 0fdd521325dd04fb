"""The page of one risk: its words, scores, indicators, findings, techniques, lineage, proposals."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
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
from tallystick.risks import answers, queries
from tallystick.risks.drafts import SAYS, WAITING, draft_of
from tallystick.risks.listed import PILLS, before_of
from tallystick.risks.methods import (
    TITLES,
    Method,
    amount,
    method_of,
    position_of,
    title_of,
    value_of,
    value_of_period,
)
from tallystick.risks.models import OperatingPeriod, Proposal, Risk, Score
from tallystick.risks.views.asked import found
from tallystick.rulebook.rulebook import Rulebook
from tallystick.rulebook.techniques import ALL

MOST_FINDINGS = 12


@dataclass(frozen=True)
class Told:
    """A score with where it stands by its own method, that method in words, and how far it is approved.

    `says` are the sentences of what was answered and drawn.
    """

    score: Score
    title: str
    pill: str
    method: str
    value: Method | None
    draft: str
    says: list[str]

    def told(self, score: Decimal) -> str:
        """Return a score of its method as people write it."""
        return amount(self.value, score)

    @property
    def is_top(self) -> bool:
        """Whether it is a top risk, by its method's own threshold."""
        return self.value is not None and self.value.is_top(self.score.net)


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
            "is_draft": any(draft_of(one, scores) in WAITING for one in scores),
            "words": words,
            "proposals": proposals,
            "seen_findings": queries.seen_findings(acting, proposals),
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
    told = [_told(one, scores) for one in scores]
    there = list({one.period_id: one.period for one in scores}.values())
    latest = next((one for one in (queries.standing(scores, period) for period in there) if one), None)
    return {
        "scores": told,
        "standing": next((one for one in told if one.score is latest), None) if latest else None,
        "across": _across(latest, told, there),
    }


def _across(latest: Score | None, told: Sequence[Told], there: Sequence[OperatingPeriod]) -> list[Told]:
    """Return the scores that stand beside the latest by the same value of its method, the earliest first."""
    if latest is None:
        return []
    scores = [one.score for one in told]
    alike = {latest.pk}
    for period in there:
        one = before_of(latest, scores, period) if period.from_on < latest.period.from_on else None
        alike |= {one.pk} if one is not None else set()
    return [one for one in reversed(told) if one.score.pk in alike]


def _told(score: Score, beside: Sequence[Score]) -> Told:
    position, value = position_of(score), method_of(score)
    code = rulebook_of(score.code).code
    return Told(
        score,
        TITLES[position] if position else "No score",
        PILLS[position],
        title_of(score.code, score.method, value),
        value,
        SAYS[draft_of(score, beside)],
        answers.told(score, value, {**code.roles, **code.categories, **code.providers}),
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
    scored = {one.period_id: one.period for one in scores}
    return {
        "may_write": may_write,
        "period": periods[0] if periods else None,
        "older": [one for one in periods[1:] if may_write],
        "again": [one for period in scored.values() if may_write for one in _again(acting, period)],
        "is_open": any(not hasattr(one, "answer") for one in proposals),
    }


def _again(acting: Acting, period: OperatingPeriod) -> Iterable[tuple[OperatingPeriod, str, str]]:
    """Yield by which methods of today a period may be scored again: by all but its own value."""
    own = value_of_period(period)
    for key in rulebook_of(acting.code).scoring:
        value = value_of(acting.code, key, acting.day)
        if value is not None and (key != period.method or own is None or value[0] != own[0]):
            yield period, key, title_of(acting.code, key, value[1])


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
