"""A likelihood proposed from findings, by Beta-binomial: a prior, what was seen, and what follows from both.

What is seen are months of parties, with a finding or without. The prior is so many of them as if seen
before, `found` with and `clear` without. It is shown with the proposal, which a person accepts or declines.
"""

from dataclasses import dataclass
from fractions import Fraction

from scipy.special import betaincinv

MONTHS_A_YEAR = 12
CREDIBLE = 0.9
PLACES = 6


class UnableToPropose(Exception):
    """The counts are none that can be."""


@dataclass(frozen=True, slots=True)
class Prior:
    """Months of parties as if seen before: with a finding, and without. Both lie above nothing."""

    found: Fraction = Fraction(1, 2)
    clear: Fraction = Fraction(1, 2)

    def __post_init__(self) -> None:
        if self.found <= 0 or self.clear <= 0:
            raise UnableToPropose("A prior has something on both sides. State two numbers above 0.")


@dataclass(frozen=True, slots=True)
class Seen:
    """So many months of parties, and in how many of them there was a finding."""

    months: int
    found: int

    def __post_init__(self) -> None:
        if not 0 <= self.found <= self.months:
            raise UnableToPropose(f"{self.found} of {self.months} months cannot have had a finding.")


@dataclass(frozen=True, slots=True)
class Proposed:
    """The chance that a party has a finding in a month, with a credible interval, and in a year at all.

    `month` and `year` are exact; `low` and `high` are rounded to six places.
    """

    month: Fraction
    low: float
    high: float
    year: Fraction


def propose(prior: Prior, seen: Seen, credible: float = CREDIBLE) -> Proposed:
    """Return what follows from a prior and what was seen.

    The chance of none in twelve months is the mean of the twelfth power under what is then believed, which is
    a product of twelve fractions: no power of the mean, which would be too low.
    """
    found, clear = prior.found + seen.found, prior.clear + seen.months - seen.found
    none = Fraction(1)
    for month in range(MONTHS_A_YEAR):
        none *= (clear + month) / (found + clear + month)
    outside = (1 - credible) / 2
    believed = (betaincinv(float(found), float(clear), share) for share in (outside, 1 - outside))
    low, high = (round(float(share), PLACES) for share in believed)
    return Proposed(found / (found + clear), low, high, 1 - none)
