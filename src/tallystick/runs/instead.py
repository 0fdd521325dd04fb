"""What is told of a whole that is not published: its share to a whole percent, where that tells on nobody.

A rounded share of five others or more, none of whom has 85 % of the events, is nobody's own; and without a
count beside it, a part of one's own takes nothing away from it. So a whole that is held back for its
numerator alone may still be told so. The sums of measures may not: from a share of the sum and the counts of
the rest, the counts of the one that is held back could be had. Nor may a later version of a month: beside a
whole that was published, that one version is told and another is not says how near a party is to the limit.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from tallystick.findings.rounding import HUNDRED, rounded
from tallystick.month.assessment import Figure as Counted
from tallystick.month.drilling import is_of_parties
from tallystick.rulebook.handling import UNWRITTEN_FEWEST, Fewest
from tallystick.rulebook.periods import Span
from tallystick.rulebook.rulebook import Rulebook
from tallystick.runs.models import Figure
from tallystick.runs.peers import DOMINANT, Part, Parts, owned

ADDED_UP = "roll_up"


def share_instead(parts: Parts, fewest: Fewest = UNWRITTEN_FEWEST) -> int | None:
    """Return the share of all parts to a whole percent; nothing where it would be that of fewer than five.

    Give parties of one owner as one, as for `peers.is_safe_to_publish`.
    """
    adding = [part for part in owned(parts) if part.numerator or part.denominator]
    if not adding or not all(0 <= part.numerator <= part.denominator for part in adding):
        return None
    if not all(_are_many([part for part in adding if part is not own], fewest) for own in adding):
        return None
    numerator, denominator = sum(one.numerator for one in adding), sum(one.denominator for one in adding)
    return int(rounded(Fraction(HUNDRED * numerator, denominator), 0))


def _are_many(others: list[Part], fewest: Fewest) -> bool:
    events = [part.denominator for part in others]
    return len(others) >= fewest.owners and max(events) < DOMINANT * sum(events)


def shares_instead(
    figures: Iterable[Counted], withheld: Collection[str], parts: Mapping[str, Parts], fewest: Fewest
) -> dict[str, str | None]:
    """Return what may be told instead of each whole that is withheld: a share, or nothing."""
    told = {}
    for figure in figures:
        if not figure.group and figure.measure in withheld:
            is_sum = figure.kind == ADDED_UP
            share = None if is_sum else share_instead(parts.get(figure.measure, ()), fewest)
            told[figure.measure] = None if share is None else str(share)
    return told


def keyed(told: Counted) -> Counted:
    """Return what is told as its row keeps it: beside the whole, in the same run."""
    return replace(told, group={Figure.INSTEAD.rstrip("="): ""})


def unkeyed(told: Counted) -> Counted:
    """Return what a row keeps as it is told: in the place of the whole."""
    return replace(told, group={})


def measures_of_parties(rulebook: Rulebook) -> frozenset[str]:
    """Return the measures that parties add to, so that a whole of theirs may have to be withheld."""
    return frozenset(key for key, one in rulebook.measures.items() if is_of_parties(rulebook, one))


def periods_alike(rulebook: Rulebook, period: Span) -> dict[str, frozenset[str]]:
    """Return, by measure, the months that report the same days: a quarter that lags is told three times."""
    if period.months != 1:
        return {}
    quarter = Span.quarter_of(period.first)
    months = frozenset(str(Span(quarter.first, 1).shifted(later)) for later in range(quarter.months))
    lagging = (one for one in rulebook.measures.values() if one.activity.period == "quarter")
    return {one.key: months for one in lagging}
