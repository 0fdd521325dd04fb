"""What was answered for a score, and what its method tells beside it, in words."""

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from tallystick.risks.methods import Method, amount
from tallystick.risks.models import Score
from tallystick.risks.scoring.reckoned import ASKS, FAILING, SIDES, WITHOUT
from tallystick.risks.scoring.tail import borne
from tallystick.rulebook.scoring import Grid, Money, Tail

SAYS = {"inherent": "As if nothing held it", "net": "As it is held"}
SHAPES = {"pert": "a PERT distribution", "triangular": "a triangular distribution"}
TENTH = Decimal("0.1")


def told(score: Score, method: Method | None, names: Mapping[str, str]) -> list[str]:
    """Return the sentences of a score; of one whose method the rulebook has no more, none.

    :param names: what those are called who bear a loss, by their keys
    """
    if method is None:
        return []
    sides = [f"{SAYS[side]}: {one}." for side in SIDES if (one := _side(score, method, side))]
    return [*sides, *_of_method(score, method, names)]


def _side(score: Score, method: Method, side: str) -> str:
    said = {name: score.inputs.get(f"{side}_{name}", "") for name in ASKS[method.kind]}
    if not all(said.values()):
        return ""
    drawn = score.drawn.get(side, {})
    if isinstance(method, Grid):
        return _steps(method, int(said["likelihood"]), int(said["impact"]))
    if isinstance(method, Money):
        low, central, high = (amount(method, Decimal(said[name])) for name in ("low", "central", "high"))
        losses = f"{_plain(said['events'])} events a year of {low} to {high} each, most often {central}"
        return "; ".join([losses, *_spread(method, drawn)])
    counted = f"{said['trials']} occasions a year, each failing with a chance of {_plain(said['chance'])}"
    loss = f"{amount(method, Decimal(said['loss']))} each"
    share = _percent(method.quantile)
    fails = f"at most {drawn[FAILING]} fail in {share} of years" if FAILING in drawn else ""
    return ", ".join(one for one in (counted, loss, fails) if one)


def _steps(method: Grid, likelihood: int, impact: int) -> str:
    likely, harm = method.likelihood[likelihood - 1].title, method.impact[impact - 1].title
    return f"likelihood {likelihood} ({likely.lower()}) times impact {impact} ({harm.lower()})"


def _spread(method: Money, drawn: Mapping[str, str]) -> Iterator[str]:
    """Yield how far the losses of the drawn years lie apart."""
    for share in method.quantiles:
        if str(share) in drawn:
            yield f"{_percent(share)} of years lose {amount(method, Decimal(drawn[str(share)]))} at most"
    if WITHOUT in drawn:
        yield f"{_percent(Decimal(drawn[WITHOUT]))} lose nothing"


def _of_method(score: Score, method: Method, names: Mapping[str, str]) -> Iterator[str]:
    if isinstance(method, Money):
        shape = SHAPES[method.shape]
        drawn = f"{method.draws:,} years drawn from seed {method.seed}, with {shape} of losses"
        yield f"The score is the mean of {drawn}: whoever draws again gets the same."
    if isinstance(method, Tail) and method.borne:
        shares = {key: Fraction(share) for key, share in method.borne.items()}
        parts = borne(score.net, shares).items()
        bears = ", ".join(f"{names.get(key, key)} {amount(method, part)}" for key, part in parts)
        yield f"The net loss is borne by {bears}."


def _percent(share: Decimal) -> str:
    return f"{(share * 100).quantize(TENTH, ROUND_HALF_UP)}%".replace(".0%", "%")


def _plain(number: str) -> str:
    told = Decimal(number).normalize()
    return f"{told:,f}"
