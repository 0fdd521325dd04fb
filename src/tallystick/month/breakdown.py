"""Parts that are added up from others: of a roll-up by provider, of what parties owe by their category.

Counts are added, never percentages averaged. Nothing is added up where a part is missing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from tallystick.findings.grades import grade
from tallystick.findings.rounding import rounded
from tallystick.month import wording
from tallystick.month.assessment import Figure, State
from tallystick.month.outline import TAKERS
from tallystick.rulebook.measures import Level

PROVIDER, CATEGORY = "provider", "party_category"
FEWEST_PARTS = 2
PLACES = 2


def by_provider(whole: Figure, parts: Iterable[Figure]) -> tuple[Figure, ...]:
    """Return what each provider adds to a roll-up, from the measures it is made of."""
    return _added(whole, PROVIDER, [(one.provider or "", one) for one in parts])


def by_category(whole: Figure, parts: Iterable[Figure], categories: Mapping[str, str]) -> tuple[Figure, ...]:
    """Return what parties of each category add, from the figures of all of them; a category by its title."""
    named = [(one.group[taker], one) for one in parts for taker in TAKERS if set(one.group) == {taker}]
    return _added(whole, CATEGORY, [(categories.get(name, ""), one) for name, one in named])


def adds_up(whole: Figure, parts: Sequence[Figure]) -> bool:
    """Tell whether the counts of the parts come to those of the whole, so that none of them is missing."""
    if any(one.numerator is None or one.denominator is None for one in (whole, *parts)):
        return False
    sums = (sum(one.numerator or 0 for one in parts), sum(one.denominator or 0 for one in parts))
    return sums == (whole.numerator, whole.denominator)


def _added(whole: Figure, column: str, labelled: Sequence[tuple[str, Figure]]) -> tuple[Figure, ...]:
    several: dict[str, list[Figure]] = defaultdict(list)
    for label, figure in labelled:
        several[label].append(figure)
    if len(several) < FEWEST_PARTS or not adds_up(whole, [figure for _, figure in labelled]):
        return ()
    return tuple(_sum(whole, {column: label}, several[label]) for label in sorted(several))


def _sum(whole: Figure, group: dict[str, str], parts: Sequence[Figure]) -> Figure:
    numerator, denominator = (
        sum(getattr(one, side) or 0 for one in parts) for side in ("numerator", "denominator")
    )
    share = rounded(Fraction(numerator * 100, denominator), PLACES) if denominator else None
    return replace(
        bare(whole),
        group=group,
        provider=group.get(PROVIDER, whole.provider),
        numerator=numerator,
        denominator=denominator,
        share=None if share is None else str(share),
        state=_state(whole, numerator, denominator),
        open=sum(one.open for one in parts),
        held=sum(one.held for one in parts),
        excluded=sum(one.excluded for one in parts),
    )


def bare(figure: Figure) -> Figure:
    """Return a figure without its past, and without what was said of it as a whole."""
    alone = replace(figure, flags=(), run=None, above_minimum=None, spc=None, change=None)
    return replace(alone, commentary=None, reported=None, detail={}, percentiles={})


def _state(whole: Figure, numerator: int, denominator: int) -> State:
    if whole.target is None and whole.band is None:
        return grade(numerator, denominator, None)
    level = Level(target=whole.target, minimum=whole.minimum, band=whole.band, source="assumed")
    return grade(numerator, denominator, level, "down" if wording.lower_is_better(whole) else "up")
