"""The rate of failures in a sample, and the exact interval that it tells the true rate by."""

import math
from dataclasses import dataclass
from fractions import Fraction

from scipy.special import betaincinv

CONFIDENCE = 0.95
PLACES = 6


class UnableToEstimate(Exception):
    """More failed than were looked at, or none was looked at."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many failed of so many, and the bounds of the true rate, rounded outwards to six places."""

    failed: int
    of: int
    low: float
    high: float
    confidence: float

    @property
    def share(self) -> Fraction:
        return Fraction(self.failed, self.of)


def rate(failed: int, of: int, confidence: float = CONFIDENCE) -> Rate:
    """Return the rate with its Clopper-Pearson interval, which holds the true one at least so often.

    It does so for drawing with putting back, and more than so for drawing without.

    :raises UnableToEstimate: if the counts cannot be
    """
    if not 0 <= failed <= of or not of:
        raise UnableToEstimate(f"{failed} of {of} cannot have failed.")
    outside = (1 - confidence) / 2
    low = float(betaincinv(failed, of - failed + 1, outside)) if failed else 0.0
    high = float(betaincinv(failed + 1, of - failed, 1 - outside)) if failed < of else 1.0
    return Rate(failed, of, _down(low), -_down(-high), confidence)


def _down(value: float) -> float:
    scale = 10**PLACES
    return float(math.floor(value * scale) / scale)
