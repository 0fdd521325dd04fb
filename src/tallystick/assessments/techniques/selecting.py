"""Whom the rule of a technique proposes to reach, such as who is audited, and every reason in words.

It proposes and decides nothing: a person keeps the choice or changes it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tallystick.rulebook.techniques import Selects


@dataclass(frozen=True, slots=True)
class Candidate:
    """A party by what it had of each measure in the month, its categories, and what flagged it, in words."""

    party: str
    counts: Mapping[str, int] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)
    flagged_by: tuple[str, ...] = ()


def selected(rule: Selects, candidates: Iterable[Candidate]) -> dict[str, tuple[str, ...]]:
    """Return those who are proposed, each with every reason in words."""
    found = {one.party: tuple(_why(rule, one)) for one in candidates}
    return {party: why for party, why in found.items() if why}


def _why(rule: Selects, one: Candidate) -> Iterable[str]:
    for bound in rule.more_than:
        count = one.counts.get(bound.measure, 0)
        if count > bound.than:
            yield f"{count:,} {bound.of}, more than {bound.than:,}"
    for category in rule.categories:
        if category in one.categories:
            yield f"{one.categories[category]}, a category of higher risk"
    for flag in one.flagged_by:
        yield f"flagged by {flag}"
