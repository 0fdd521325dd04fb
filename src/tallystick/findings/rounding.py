"""Exact rounding of what two whole numbers come to.

Levels are compared before any rounding; what is here is shown, or used where the code itself says that a
rounded figure is used. Nothing passes through a float. `up` is away from zero and `down` towards it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

Mode = Literal["half_up", "half_even", "up", "down"]
HUNDRED = 100


def rounded(value: Fraction, places: int, mode: Mode = "half_up") -> Decimal:
    """Return the number at so many decimal places."""
    scaled = abs(value) * 10**places
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    twice = 2 * rest
    more = {
        "half_up": twice >= scaled.denominator,
        "half_even": twice > scaled.denominator or (twice == scaled.denominator and whole % 2 == 1),
        "up": rest > 0,
        "down": False,
    }[mode]
    digits = whole + more
    sign = 1 if value < 0 and digits else 0
    return Decimal((sign, tuple(int(digit) for digit in str(digits)), -places))


def share(numerator: int, denominator: int, places: int = 2, mode: Mode = "half_up") -> Decimal | None:
    """Return the percentage, or nothing where there was no event: 0 of 0 is no share of 0."""
    exact = _percentage(numerator, denominator)
    return None if exact is None else rounded(exact, places, mode)


def points_to(
    numerator: int, denominator: int, level: Decimal, places: int = 2, mode: Mode = "half_up"
) -> Decimal | None:
    """Return how many percentage points the share lies above the level; below it, a negative number.

    The difference is taken first and rounded then.
    """
    exact = _percentage(numerator, denominator)
    return None if exact is None else rounded(exact - Fraction(level), places, mode)


def shortfall(
    numerator: int, denominator: int, standard: Decimal, places: int, mode: Mode = "half_up"
) -> Decimal | None:
    """Return by how many percentage points the share misses the standard, at the places it is used at."""
    exact = _percentage(numerator, denominator)
    return None if exact is None else rounded(max(Fraction(0), Fraction(standard) - exact), places, mode)


@dataclass(frozen=True, slots=True)
class Rounding:
    """To how many places, and which way."""

    places: int
    mode: Mode = "half_up"


def limit_of_averages(
    counts: Iterable[tuple[int, int]], factor: Decimal, *, averages: Rounding | None, limit: Rounding
) -> Decimal | None:
    """Return a limit that is the greatest daily average times a factor.

    `counts` gives each month's total and its days. A code that states such a limit often leaves open
    whether the averages are rounded before they are multiplied, and the answers differ: `averages` says how
    they are rounded first, or None that they are kept exact; `limit` says how the product is.
    """
    exact = [Fraction(total, days) for total, days in counts if days]
    if averages is not None:
        exact = [Fraction(rounded(average, averages.places, averages.mode)) for average in exact]
    return rounded(max(exact) * Fraction(factor), limit.places, limit.mode) if exact else None


def _percentage(numerator: int, denominator: int) -> Fraction | None:
    return Fraction(numerator * HUNDRED, denominator) if denominator else None
