"""How parties compare: leagues by the number, age and severity of what is open, and ratings of a year.

A league is made within one category: who does another thing is no peer.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

DAYS_A_YEAR = Fraction(1461, 4)


class UnableToCompare(Exception):
    """What is compared has no weight, no bound or no place that the method knows."""


@dataclass(frozen=True, slots=True)
class OpenIssue:
    """An issue that is open: whose, how severe it is, and since when."""

    party: str
    severity: str
    since: dt.date


@dataclass(frozen=True, slots=True)
class Tally:
    """How many issues of a severity are open, and the days that they have been open together."""

    count: int
    days: int

    @property
    def age(self) -> Fraction:
        """Return their average age in years."""
        return Fraction(self.days, self.count) / DAYS_A_YEAR if self.count else Fraction(0)


Tallies = Mapping[str, Tally]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A party's place: its issues by severity, the weighted sum of their ages, and the rank.

    Who has the same sum has the same rank, and the next rank counts them all.
    """

    party: str
    tallies: Tallies
    points: Fraction
    rank: int


def tallied(
    parties: Iterable[str], issues: Iterable[OpenIssue], weights: Mapping[str, Decimal], on: dt.date
) -> dict[str, dict[str, Tally]]:
    """Return what each party has open on a day, by severity; who has nothing open is among them.

    :raises UnableToCompare: if an issue has a severity without a weight, a party that is not asked about, or
        a day that lies ahead
    """
    found: dict[str, dict[str, Tally]] = {party: {} for party in parties}
    for one in issues:
        if one.severity not in weights or one.party not in found or one.since > on:
            raise UnableToCompare(
                f"An issue of {one.party}, {one.severity!r} since {one.since}, has no place here."
            )
        before = found[one.party].get(one.severity, Tally(0, 0))
        days = before.days + (on - one.since).days
        found[one.party][one.severity] = Tally(before.count + 1, days)
    return found


def points(tallies: Tallies, weights: Mapping[str, Decimal]) -> Fraction:
    """Return the sum over all severities of weight times count times average age in years.

    :raises UnableToCompare: if a severity has no weight
    """
    unknown = sorted(set(tallies) - set(weights))
    if unknown:
        raise UnableToCompare(f"The severity {unknown[0]!r} has no weight.")
    return sum(
        (Fraction(weights[name]) * one.count * one.age for name, one in tallies.items()), start=Fraction(0)
    )


def league(open_of: Mapping[str, Tallies], weights: Mapping[str, Decimal]) -> list[Ranked]:
    """Return the parties of one category from the best to the worst; who has nothing open is first.

    :raises UnableToCompare: if a severity has no weight
    """
    sums = {party: points(tallies, weights) for party, tallies in open_of.items()}
    order = sorted(sums, key=lambda party: (sums[party], party))
    return [
        Ranked(one, open_of[one], sums[one], 1 + sum(other < sums[one] for other in sums.values()))
        for one in order
    ]


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
