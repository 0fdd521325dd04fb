"""The charges of a month as a scheme of the rulebook has them, from what each party did."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from tallystick.assessments.charges import computing as charges
from tallystick.rulebook.charges import ChargeValue
from tallystick.rulebook.charges import Pot as PotOfScheme

HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Did:
    """What a party did in the month: so many of so many events."""

    party: str
    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What a party is charged and gets, in pence; `shortfall` is in percentage points.

    `computed` is what the figures come to, `payable` what is left under the cap, and nothing where relieved.
    """

    did: Did
    shortfall: Decimal
    computed: int
    cap: int | None
    is_relieved: bool
    payable: int
    received: int


def reckoned(
    value: ChargeValue, direction: str, did: Sequence[Did], relieved: Collection[str] = ()
) -> list[Reckoned]:
    """Return the charges of a month and what each party gets of them: together it is what is payable.

    :param direction: `up` where a higher share is better, `down` where a lower one is
    :param relieved: the parties that pay nothing of what was computed
    """
    shorts = {one.party: _shortfall(value, direction, one) for one in did}
    charged = {one.party: _charge(value, one, shorts[one.party]) for one in did}
    payable = {party: 0 if party in relieved else charge.payable for party, charge in charged.items()}
    received = _given_back(value, did, shorts, sum(payable.values()))
    return [
        Reckoned(
            did=one,
            shortfall=shorts[one.party],
            computed=charged[one.party].computed,
            cap=charged[one.party].cap,
            is_relieved=one.party in relieved,
            payable=payable[one.party],
            received=received.get(one.party, 0),
        )
        for one in did
    ]


def _shortfall(value: ChargeValue, direction: str, one: Did) -> Decimal:
    if not one.denominator:
        return Decimal(0)
    actual = Decimal(one.numerator * HUNDRED) / one.denominator
    pair = (actual, value.target) if direction == "up" else (value.target, actual)
    return charges.shortfall(*pair, value.rounding.places)


def _charge(value: ChargeValue, one: Did, short: Decimal) -> charges.Charge:
    pounds = short * value.rate.amount * one.denominator / value.rate.events
    computed = _pence(pounds) if one.denominator >= value.least_events else 0
    return charges.Charge(one.party, computed, _cap(value, one))


def _cap(value: ChargeValue, one: Did) -> int | None:
    if value.cap is None:
        return None
    return _pence(value.cap.amount * (one.denominator if value.cap.basis == "event" else 1))


def _given_back(
    value: ChargeValue, did: Sequence[Did], shorts: dict[str, Decimal], collected: int
) -> dict[str, int]:
    """Return what each party gets of what is collected, out of all pots."""
    if not collected:
        return {}
    pots = {
        name: charges.Pot(Fraction(pot.share), _shares(pot, did, shorts)) for name, pot in value.pots.items()
    }
    given: dict[str, int] = {}
    for pot in charges.redistributed(collected, pots).values():
        for party, pence in pot.items():
            given[party] = given.get(party, 0) + pence
    return given


def _shares(pot: PotOfScheme, did: Sequence[Did], shorts: dict[str, Decimal]) -> dict[str, int]:
    """Return in which proportion a pot goes to whom; to all with an event where nobody met the target."""
    all_of_them = [one for one in did if one.denominator]
    met = [one for one in all_of_them if not shorts[one.party]]
    to = (met if pot.to == "met" else all_of_them) or all_of_them
    return {one.party: one.denominator if pot.by == "events" else 1 for one in to}


def _pence(pounds: Decimal) -> int:
    return int((pounds * HUNDRED).quantize(Decimal(1), ROUND_HALF_UP))
