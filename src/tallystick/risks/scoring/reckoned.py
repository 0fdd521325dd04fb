"""A score by whichever method a code has: what each asks, as if nothing held the risk and as it is held."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction

from tallystick.risks.scoring import grid, money, tail
from tallystick.rulebook.scoring import Grid, Money, Tail

ASKS: Mapping[str, tuple[str, ...]] = {
    "grid": ("likelihood", "impact"),
    "money": ("events", "low", "central", "high"),
    "tail": ("trials", "chance", "loss"),
}
SIDES = ("inherent", "net")
WORDS: Mapping[str, str] = {
    "likelihood": "Likelihood",
    "impact": "Impact",
    "events": "Events a year",
    "low": "Loss of one, low, in pounds",
    "central": "Loss of one, central, in pounds",
    "high": "Loss of one, high, in pounds",
    "trials": "Occasions a year",
    "chance": "Chance that one fails, from 0 to 1",
    "loss": "Loss of one that fails, in pounds",
}
PENNY = Decimal("0.01")
MOST = Decimal(10) ** 13  # what a column of scores can hold


class UnableToReckon(Exception):
    """An answer is missing, is no number, or is none that the method takes."""


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A score as if nothing held the risk, and as it is held: steps multiplied, or pounds and pence."""

    inherent: Decimal
    net: Decimal


def asked(method: Grid | Money | Tail) -> list[str]:
    """Return the names of the answers that a method asks for, such as inherent_likelihood."""
    return [f"{side}_{name}" for side in SIDES for name in ASKS[method.kind]]


def reckon(method: Grid | Money | Tail, inputs: Mapping[str, str], of: str) -> Reckoned:
    """Return what the answers come to.

    :param of: the risk's reference; losses are drawn for each risk apart
    :raises UnableToReckon: if an answer is missing or is none that the method takes
    """
    try:
        told = {name: Decimal(inputs[name]) for name in asked(method)}
    except KeyError as missing:
        raise UnableToReckon(f"The method asks for {str(missing.args[0]).replace('_', ' ')}.") from None
    except InvalidOperation:
        raise UnableToReckon("Every answer is a number, such as 4 or 0.25.") from None
    if not all(one.is_finite() for one in told.values()):
        raise UnableToReckon("Every answer is a number, such as 4 or 0.25.")
    inherent, net = (
        _one(method, {name: told[f"{side}_{name}"] for name in ASKS[method.kind]}, of) for side in SIDES
    )
    if net > inherent:
        raise UnableToReckon("A control takes off a risk: the net score does not lie above the inherent one.")
    return Reckoned(inherent, net)


def _one(method: Grid | Money | Tail, told: Mapping[str, Decimal], of: str) -> Decimal:
    try:
        found = _reckoned(method, told, of)
    except (grid.UnableToScore, money.UnableToDraw, tail.UnableToValue) as refusal:
        raise UnableToReckon(str(refusal)) from None
    if found >= MOST:
        raise UnableToReckon("That is more than any code loses in a year.")
    return found.quantize(PENNY, ROUND_HALF_UP)


def _reckoned(method: Grid | Money | Tail, told: Mapping[str, Decimal], of: str) -> Decimal:
    if isinstance(method, Grid):
        return Decimal(grid.score(method, _whole(told["likelihood"]), _whole(told["impact"])))
    if isinstance(method, Money):
        case = money.Case(told["events"], told["low"], told["central"], told["high"])
        return Decimal(money.draw(method, case, of).mean)
    counted = tail.Counted(_whole(told["trials"]), Fraction(told["chance"]), told["loss"])
    return tail.at_risk(counted, Fraction(method.quantile))


def _whole(number: Decimal) -> int:
    if number != int(number):
        raise UnableToReckon(f"{number} is no whole number.")
    return int(number)
