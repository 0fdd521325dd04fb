"""How parties compare: leagues by the age of what is open, ratings of a year, who is chosen to be audited.

A league is made within one role: who does another thing is no peer.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

DAYS_A_YEAR = Fraction(1461, 4)


class UnableToCompare(Exception):
    """What is compared has no weight, no bound or no role that the method knows."""


@dataclass(frozen=True, slots=True)
class OpenIssue:
    """An issue of an audit that is open: whose, how it was rated, and since when."""

    party: str
    rating: str
    since: dt.date


@dataclass(frozen=True, slots=True)
class Ranked:
    """A party's place: issues open by rating, their average age in years, the weighted sum and the rank.

    Who has the same sum has the same rank, and the next rank counts them all.
    """

    party: str
    count: Mapping[str, int]
    age: Mapping[str, Fraction]
    points: Fraction
    rank: int


def league(
    parties: Iterable[str], issues: Sequence[OpenIssue], weights: Mapping[str, Decimal], on: dt.date
) -> list[Ranked]:
    """Return the parties of one role from the best to the worst on a day; who has nothing open is first.

    The points of a rating are its weight times the count times the average age.

    :raises UnableToCompare: if an issue has a rating without a weight, a party that is not asked about, or a
        day that lies ahead
    """
    asked = sorted(set(parties))
    for one in issues:
        if one.rating not in weights or one.party not in asked or one.since > on:
            raise UnableToCompare(
                f"An issue of {one.party} rated {one.rating!r} since {one.since} has no place here."
            )
    told = [_points(party, [one for one in issues if one.party == party], weights, on) for party in asked]
    told.sort(key=lambda one: (one.points, one.party))
    return [
        Ranked(one.party, one.count, one.age, one.points, 1 + sum(two.points < one.points for two in told))
        for one in told
    ]


def _points(party: str, own: list[OpenIssue], weights: Mapping[str, Decimal], on: dt.date) -> Ranked:
    ages: dict[str, list[Fraction]] = {rating: [] for rating in weights}
    for one in own:
        ages[one.rating].append((on - one.since).days / DAYS_A_YEAR)
    age = {rating: sum(several, Fraction(0)) / len(several) for rating, several in ages.items() if several}
    count = {rating: len(several) for rating, several in ages.items() if several}
    points = sum((Fraction(weights[rating]) * count[rating] * age[rating] for rating in count), Fraction(0))
    return Ranked(party, count, age, points, rank=0)


@dataclass(frozen=True, slots=True)
class Bound:
    """A rating and the least share, as a percentage, that earns it."""

    rating: str
    least: Decimal


def rating(share: Decimal, bounds: Sequence[Bound]) -> str:
    """Return the rating that a share earns: that of the highest bound at or under it.

    :raises UnableToCompare: if it lies under all of them, so that the method says nothing of it
    """
    earned = [one for one in bounds if one.least <= share]
    if not earned:
        raise UnableToCompare(f"No rating is for {share}%. Give the lowest a bound of 0.")
    return max(earned, key=lambda one: one.least).rating


@dataclass(frozen=True, slots=True)
class Selection:
    """Who is audited: more than so many of a kind of site, a role of higher risk, or another's flag."""

    more_than: Mapping[str, int]
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A party by the counts of its sites, the roles it has and the techniques that flagged it."""

    party: str
    sites: Mapping[str, int]
    roles: frozenset[str] = frozenset()
    flagged_by: tuple[str, ...] = ()


def selected(selection: Selection, candidates: Iterable[Candidate]) -> dict[str, tuple[str, ...]]:
    """Return those who are audited, each with every reason in words."""
    found = {one.party: tuple(_why(selection, one)) for one in candidates}
    return {party: why for party, why in found.items() if why}


def _why(selection: Selection, one: Candidate) -> Iterable[str]:
    for kind, most in sorted(selection.more_than.items()):
        if one.sites.get(kind, 0) > most:
            yield f"{one.sites[kind]:,} {kind}, more than {most:,}"
    for role in sorted(selection.roles & one.roles):
        yield f"in the role of {role}"
    for technique in one.flagged_by:
        yield f"flagged by {technique}"
