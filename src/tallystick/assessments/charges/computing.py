"""Charges for shortfall: computed, capped, and redistributed so that no penny is lost or made.

Money is whole pence. What is computed is kept beside what is payable: a cap or a deferral changes what is
paid, and never what was reckoned.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


class UnableToCharge(Exception):
    """A charge is asked of numbers that cannot be."""


@dataclass(frozen=True, slots=True)
class Charge:
    """What one party is charged, in pence: as computed, and payable under a cap if there is one."""

    party: str
    computed: int
    cap: int | None = None

    def __post_init__(self) -> None:
        if self.computed < 0 or (self.cap is not None and self.cap < 0):
            raise UnableToCharge("A charge and its cap are not below nothing.")

    @property
    def payable(self) -> int:
        return self.computed if self.cap is None else min(self.computed, self.cap)

    @property
    def is_cap_bound(self) -> bool:
        """Tell whether the cap takes something off: who stands at it has nothing to lose by doing worse."""
        return self.cap is not None and self.computed > self.cap


def shortfall(actual: Decimal, standard: Decimal, places: int) -> Decimal:
    """Return by how many points a share falls short of its standard, rounded half up to so many places.

    The difference is rounded, not the share: rounded first, a share of 96.96 against 97 would be short by
    nothing at one place, and so it is; at two places it is short by 0.04.
    """
    short = max(Decimal(0), standard - actual)
    return short.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def parts(pence: int, shares: Mapping[str, Fraction | int]) -> dict[str, int]:
    """Return what each gets of an amount by its share, to the penny: together it is the whole amount.

    Pennies left over by rounding down go to those who lost most by it, by name where they lost alike.

    :raises UnableToCharge: if there is an amount and nobody has a share of it
    """
    whole = sum(map(Fraction, shares.values()))
    if pence < 0 or any(share < 0 for share in shares.values()):
        raise UnableToCharge("An amount and its shares are not below nothing.")
    if not pence:
        return dict.fromkeys(shares, 0)
    if not whole:
        raise UnableToCharge("There is something to redistribute, and nobody has a share of it.")
    exact = {name: pence * Fraction(share) / whole for name, share in shares.items()}
    found = {name: int(one) for name, one in exact.items()}
    lost = sorted(shares, key=lambda name: (found[name] - exact[name], name))
    for name in lost[: pence - sum(found.values())]:
        found[name] += 1
    return found


@dataclass(frozen=True, slots=True)
class Pot:
    """A share of what was collected, and the shares in which it goes to whom."""

    share: Fraction
    shares: Mapping[str, Fraction | int]


def redistributed(pence: int, pots: Mapping[str, Pot]) -> dict[str, dict[str, int]]:
    """Return what each gets out of each pot, in pence: together it is what was collected.

    :raises UnableToCharge: if the pots are not of one whole
    """
    if sum(pot.share for pot in pots.values()) != 1:
        raise UnableToCharge("The pots sum to the whole of what was collected, and no more.")
    amounts = parts(pence, {name: pot.share for name, pot in pots.items()})
    return {name: parts(amounts[name], pot.shares) for name, pot in pots.items()}


@dataclass(frozen=True, slots=True)
class Settled:
    """What one party is charged and gets back, in pence; `net` above nothing is what it gains."""

    party: str
    charged: int
    received: int

    @property
    def net(self) -> int:
        return self.received - self.charged


def settled(limited: Mapping[str, int], accurate: Mapping[str, int], rate: Decimal) -> list[Settled]:
    """Return the charges on volumes that are limited, given back in proportion to those that are accurate.

    Every limited volume above nothing is charged at the rate, pounds for one; who has an accurate volume gets
    its share of all that was charged. A party gains exactly where its share of what is accurate exceeds its
    share of what is limited, but for the rounding of pennies.

    :raises UnableToCharge: if something was charged and nothing is accurate
    """
    if any(volume < 0 for volume in (*limited.values(), *accurate.values())) or rate < 0:
        raise UnableToCharge("Volumes and the rate are not below nothing.")
    whole = sum(limited.values())
    collected = int((whole * rate * 100).quantize(Decimal(1), ROUND_HALF_UP))
    charged = parts(collected, limited) if collected else dict.fromkeys(limited, 0)
    received = parts(collected, accurate) if collected else dict.fromkeys(accurate, 0)
    names = sorted({*limited, *accurate})
    return [Settled(name, charged.get(name, 0), received.get(name, 0)) for name in names]


def margin(at_risk: int, weights: Mapping[str, int], lost: Mapping[str, Fraction]) -> dict[str, int]:
    """Return what of a margin at risk is lost under each head, in pence, by weight and the share lost.

    :param weights: percentages, which sum to 100
    """
    if sum(weights.values()) != 100 or not all(0 <= share <= 1 for share in lost.values()):  # noqa: PLR2004 - per cent
        raise UnableToCharge("The weights sum to 100, and what is lost is a share between 0 and 1.")
    staked = parts(at_risk, weights)
    return {name: int(staked[name] * lost.get(name, Fraction(0))) for name in weights}
