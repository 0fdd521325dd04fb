"""A score by whichever method a code has: what each asks, as if nothing held the risk and as it is held."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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
WITHOUT = "without"
FAILING = "failing"
Drawn = Mapping[str, str]


class UnableToReckon(Exception):
    """An answer is missing, is no number, or is none that the method takes."""


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A score as if nothing held the risk, and as it is held: steps multiplied, or pounds and pence.

    `drawn` has by side what is told beside the score: of money its quantiles in whole pounds by their share
    and the share of years `without` a loss, of a tail how many are `failing`; of a grid nothing.
    """

    inherent: Decimal
    net: Decimal
    drawn: Mapping[str, Drawn] = field(default_factory=dict)


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
    if not all(one.is_finite() and abs(one) < MOST for one in told.values()):
        raise UnableToReckon("Every answer is a number, such as 4 or 0.25.")
    found = [_one(method, {name: told[f"{side}_{name}"] for name in ASKS[method.kind]}, of) for side in SIDES]
    inherent, net = (score for score, _ in found)
    if net > inherent:
        raise UnableToReckon("A control takes off a risk: the net score does not lie above the inherent one.")
    drawn = {side: one for side, (_, one) in zip(SIDES, found, strict=True) if one}
    return Reckoned(inherent, net, drawn)


def _one(method: Grid | Money | Tail, told: Mapping[str, Decimal], of: str) -> tuple[Decimal, Drawn]:
    try:
        found, drawn = _reckoned(method, told, of)
    except (grid.UnableToScore, money.UnableToDraw, tail.UnableToValue) as refusal:
        raise UnableToReckon(str(refusal)) from None
    if found >= MOST:
        raise UnableToReckon("That is more than any code loses in a year.")
    return found.quantize(PENNY, ROUND_HALF_UP), drawn


def _reckoned(method: Grid | Money | Tail, told: Mapping[str, Decimal], of: str) -> tuple[Decimal, Drawn]:
    if isinstance(method, Grid):
        return Decimal(grid.score(method, _whole(told["likelihood"]), _whole(told["impact"]))), {}
    if isinstance(method, Money):
        case = money.Case(told["events"], told["low"], told["central"], told["high"])
        drawn = money.draw(method, case, of)
        shown = {str(share): str(loss) for share, loss in drawn.quantiles.items()}
        return Decimal(drawn.mean), {**shown, WITHOUT: str(drawn.without)}
    counted = tail.Counted(_whole(told["trials"]), Fraction(told["chance"]), told["loss"])
    quantile = Fraction(method.quantile)
    return tail.at_risk(counted, quantile), {FAILING: str(tail.failing(counted, quantile))}


def _whole(number: Decimal) -> int:
    if number != int(number):
        raise UnableToReckon(f"{number} is no whole number.")
    return int(number)
