"""Sums of months, and shares as they are shown."""

from collections.abc import Mapping
from fractions import Fraction

HUNDRED = 100


def rolling(months: Mapping[str, tuple[int, int]], last: str, count: int) -> tuple[int, int] | None:
    """Return numerator and denominator over so many months up to the last, such as 13 up to 2021-07.

    Sums are rolled on and never shares; None where a month of them is missing.
    """
    year, month = map(int, last.split("-"))
    first = year * 12 + month - count
    window = [f"{one // 12:04}-{one % 12 + 1:02}" for one in range(first, first + count)]
    if any(one not in months for one in window):
        return None
    return sum(months[one][0] for one in window), sum(months[one][1] for one in window)


def percent(numerator: int, denominator: int, places: int = 2) -> str:
    """Return a share in percent as it is shown, rounded half up."""
    scale = 10**places
    whole = int(Fraction(numerator * HUNDRED * scale, denominator) + Fraction(1, 2))
    return f"{whole // scale}.{whole % scale:0{places}}%" if places else f"{whole}%"
