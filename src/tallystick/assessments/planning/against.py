"""Two drafts of a plan beside each other: what came in, what went, what that does to money and cover."""

from dataclasses import dataclass

from tallystick.assessments.models import Draft
from tallystick.assessments.planning.content import Changed, changes, lines_of, of_draft
from tallystick.assessments.planning.drawn import Drawn, drawn_of
from tallystick.assessments.planning.names import title_of
from tallystick.rulebook.rulebook import Rulebook

# What stands beside the two drafts anyway.
TOLD = frozenset({"Draft", "Budget", "Spent", "Exposure covered", "Gap"})


@dataclass(frozen=True)
class Compared:
    """The earlier and the later draft; techniques by title."""

    before: Draft
    after: Draft
    was: Drawn
    now: Drawn
    comes: tuple[str, ...]
    goes: tuple[str, ...]
    stays: int
    lines: tuple[Changed, ...]


def compared(one: Draft, other: Draft, rules: Rulebook) -> Compared:
    """Return two drafts of a period beside each other, the earlier first."""
    before, after = sorted((one, other), key=lambda draft: draft.number)
    was, now = drawn_of(before.result), drawn_of(after.result)
    had, has = {*was.techniques}, {*now.techniques}
    told = [lines_of("plan", of.figures, of.words, rules) for of in (of_draft(before), of_draft(after))]
    return Compared(
        before,
        after,
        was,
        now,
        _titles(has - had, rules),
        _titles(had - has, rules),
        len(had & has),
        tuple(one for one in changes(*told) if one.part != "Techniques" and one.label not in TOLD),
    )


def _titles(keys: set[str], rules: Rulebook) -> tuple[str, ...]:
    return tuple(sorted(title_of(rules, key) for key in keys))
