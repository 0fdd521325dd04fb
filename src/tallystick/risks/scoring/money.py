"""The loss of a year in pounds: so many events, each with a loss between low and high, drawn at random.

The draws come from a seed through PCG64, whose stream of bits is fixed, and through inverse distributions,
not through a library's own way of sampling, which may change. Results are whole pounds: the same inputs give
the same bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import numpy.typing as npt
from scipy.special import betaincinv

from tallystick.rulebook.scoring import Money

# A PERT distribution counts its central value four times.
CENTRAL = 4
BITS = 53
MOST_EVENTS = 10_000
Numbers = npt.NDArray[np.float64]


class UnableToDraw(Exception):
    """The case is none that can be: its order, or its size."""


@dataclass(frozen=True, slots=True)
class Case:
    """Events a year, and the loss of one in pounds: in a low, a central and a high case."""

    events: Decimal
    low: Decimal
    central: Decimal
    high: Decimal

    def __post_init__(self) -> None:
        if not 0 <= self.events <= MOST_EVENTS:
            raise UnableToDraw(f"Events a year lie between 0 and {MOST_EVENTS:,}.")
        if not 0 <= self.low <= self.central <= self.high:
            raise UnableToDraw("A loss is not below nothing; low, central and high do not fall.")


@dataclass(frozen=True, slots=True)
class Drawn:
    """The mean loss of a year and its quantiles, in whole pounds, and the share of years without any."""

    mean: int
    quantiles: dict[Decimal, int]
    without: Decimal


def draw(method: Money, case: Case, of: str = "") -> Drawn:
    """Return the losses of as many years as the method draws.

    :param of: what is drawn for, such as a risk's reference: risks are drawn apart from one another
    """
    stream = np.random.PCG64([method.seed, *of.encode()])
    years = _counts(_uniform(stream, method.draws), float(case.events))
    losses = _losses(method, case, _uniform(stream, int(years.sum())))
    ends = np.cumsum(years)
    sums = np.concatenate([[0.0], np.cumsum(losses)])
    of_years = np.sort(sums[ends] - sums[ends - years])
    return Drawn(
        mean=round(float(of_years.mean())),
        quantiles={share: _at(of_years, share) for share in method.quantiles},
        without=Decimal(int((years == 0).sum())) / method.draws,
    )


def _at(of_years: Sequence[float] | Numbers, share: Decimal) -> int:
    """Return the least loss that a share of the years stays at or below."""
    count = len(of_years)
    place = -(-share * count // 1)
    return round(float(of_years[min(count, max(1, int(place))) - 1]))


def _uniform(stream: np.random.PCG64, count: int) -> Numbers:
    """Return numbers above 0 and below 1, each from 53 bits of the stream."""
    bits = stream.random_raw(count) >> (64 - BITS)
    return (bits.astype(np.float64) + 0.5) / 2.0**BITS


def _counts(uniform: Numbers, events: float) -> npt.NDArray[np.int64]:
    from scipy.stats import poisson  # noqa: PLC0415 - half a second, which no other page waits for

    return np.asarray(poisson.ppf(uniform, events) if events else np.zeros(len(uniform))).astype(np.int64)


def _losses(method: Money, case: Case, uniform: Numbers) -> Numbers:
    low, central, high = float(case.low), float(case.central), float(case.high)
    width = high - low
    if not width:
        return np.full(len(uniform), low)
    at = (central - low) / width
    if method.shape == "triangular":
        from scipy.stats import triang  # noqa: PLC0415 - as above

        return np.asarray(triang.ppf(uniform, at, low, width), dtype=np.float64)
    share = betaincinv(1 + CENTRAL * at, 1 + CENTRAL * (1 - at), uniform)
    return np.asarray(share * width + low, dtype=np.float64)
