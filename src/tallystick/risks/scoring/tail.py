"""The loss that one year in so many exceeds, as a value at risk, and who bears it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import comb
from statistics import NormalDist

# So far sums of whole fractions are quick; further on, floating point agrees with them to many places.
EXACT = 400
PENNY = Decimal("0.01")


class UnableToValue(Exception):
    """A value at risk is asked of numbers that cannot be."""


@dataclass(frozen=True, slots=True)
class Counted:
    """So many trials in a year, each failing with a chance, and the loss of each that fails, in pounds."""

    trials: int
    chance: Fraction
    loss: Decimal

    def __post_init__(self) -> None:
        if self.trials < 0 or not 0 <= self.chance <= 1 or self.loss < 0:
            raise UnableToValue("Trials and losses are not below nothing, and a chance lies between 0 and 1.")


@dataclass(frozen=True, slots=True)
class Moving:
    """A movement that goes either way: its mean and standard deviation over a year, in pounds."""

    mean: Decimal
    deviation: Decimal

    def __post_init__(self) -> None:
        if self.deviation < 0:
            raise UnableToValue("A standard deviation is not below nothing.")


def failing(counted: Counted, quantile: Fraction) -> int:
    """Return the fewest failures that a year stays at or below with at least the chance of the quantile."""
    if counted.trials > EXACT:
        from scipy.stats import binom  # noqa: PLC0415 - half a second, which no other page waits for

        return int(binom.ppf(float(quantile), counted.trials, float(counted.chance)))
    reached = Fraction(0)
    for failures in range(counted.trials + 1):
        ways = comb(counted.trials, failures)
        reached += ways * counted.chance**failures * (1 - counted.chance) ** (counted.trials - failures)
        if reached >= quantile:
            return failures
    return counted.trials


def at_risk(risk: Counted | Moving, quantile: Fraction) -> Decimal:
    """Return the value at risk, in pounds and pence.

    Of a movement whose mean is below nothing it is the value at the other end, which is below nothing too.
    """
    if isinstance(risk, Counted):
        return _pence(failing(risk, quantile) * risk.loss)
    share = float(1 - quantile if risk.mean < 0 else quantile)
    if not risk.deviation:
        return _pence(risk.mean)
    return _pence(Decimal(NormalDist(float(risk.mean), float(risk.deviation)).inv_cdf(share)))


def borne(value: Decimal, shares: Mapping[str, Fraction]) -> dict[str, Decimal]:
    """Return what of a value each of those who bear it bears, to the penny: the parts sum to the whole.

    Pennies that are left over go to those who lost most by rounding down, by name where they lost alike.

    :raises UnableToValue: if the shares are not of one whole
    """
    if sum(shares.values()) != 1 or any(share < 0 for share in shares.values()):
        raise UnableToValue("The shares of those who bear it sum to 1, and none is below nothing.")
    sign, pence = (-1 if value < 0 else 1), abs(int(value / PENNY))
    whole = {name: int(pence * share) for name, share in shares.items()}
    lost = sorted(shares, key=lambda name: (whole[name] - pence * shares[name], name))
    for name in lost[: pence - sum(whole.values())]:
        whole[name] += 1
    return {name: sign * count * PENNY for name, count in whole.items()}


def _pence(value: Decimal) -> Decimal:
    return value.quantize(PENNY, ROUND_HALF_UP)
