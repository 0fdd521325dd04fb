"""Whom the rule of a technique proposes, from what has landed and what other techniques found."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tallystick.assessments.models import Part
from tallystick.assessments.techniques.facts import technique_of
from tallystick.assessments.techniques.outcomes import ADVERSE, outcomes_of
from tallystick.assessments.techniques.selecting import Candidate, selected
from tallystick.parties.acting import Acting
from tallystick.parties.models import Category, Organisation, in_force
from tallystick.parties.rulebooks import rulebook_of
from tallystick.rulebook.periods import Span
from tallystick.rulebook.techniques import Selects, Technique
from tallystick.runs.models import Figure, Run
from tallystick.runs.queries import latest_run


@dataclass(frozen=True)
class Proposed:
    """The parties that a rule proposes, by slug, each with its reasons, by the counts of a month."""

    reasons: Mapping[str, tuple[str, ...]]
    month: str = ""
    verified: bool = False


def proposed(acting: Acting, technique: Technique, parties: Iterable[Organisation]) -> Proposed | None:
    """Return whom the rule of a technique proposes, as far as somebody may see why; None without a rule."""
    rule = technique.selects
    if rule is None:
        return None
    run = latest_run(acting) if rule.more_than else None
    counts, flags, categories = _counts(acting, rule, run), _flags(acting, rule), _categories(acting)
    candidates = (
        Candidate(one.slug, counts[one.pk], categories[one.pk], tuple(flags[one.pk])) for one in parties
    )
    month = Span.parse(run.period).words if run else ""
    return Proposed(selected(rule, candidates), month, rule.verified)


def _counts(acting: Acting, rule: Selects, run: Run | None) -> Mapping[int, dict[str, int]]:
    """Return of how many events each measure told of each party in a run."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    measures = [one.measure for one in rule.more_than]
    for one in Figure.objects.visible_to(acting).filter(
        run=run, measure__in=measures, party__isnull=False, denominator__isnull=False
    ):
        if list(one.group) == ["party"] and one.party_id is not None:
            found[one.party_id][one.measure] = one.denominator or 0
    return found


def _flags(acting: Acting, rule: Selects) -> Mapping[int, list[str]]:
    """Return what flagged each party, in words: what came of another technique the last time it was tried."""
    parts = (
        Part.objects.visible_to(acting)
        .filter(application__technique__in=rule.flagged_by, concluded_at__isnull=False)
        .select_related("application")
        .order_by("concluded_at", "pk")
    )
    last = {(one.party_id, one.application.technique): one for one in parts}
    found: dict[int, list[str]] = defaultdict(list)
    for (party, _), part in sorted(last.items()):
        if part.outcome in ADVERSE:
            technique = technique_of(part.application)
            outcome = outcomes_of(technique.form).get(part.outcome, part.outcome)
            found[party].append(f"{technique.title} ({outcome.lower()}, {part.application.reference})")
    return found


def _categories(acting: Acting) -> Mapping[int, dict[str, str]]:
    """Return the categories of each party today, by key and title."""
    titles = rulebook_of(acting.code).code.categories
    found: dict[int, dict[str, str]] = defaultdict(dict)
    held = Category.objects.filter(in_force(acting.day), code=acting.code)
    for party, category in held.values_list("organisation_id", "category"):
        found[party][category] = titles.get(category, category)
    return found
