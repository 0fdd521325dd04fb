"""Likelihood times impact, and where a score stands against appetite."""

from decimal import Decimal
from typing import Literal

from tallystick.rulebook.scoring import Banded, Grid

Stands = Literal["above", "watch", "within"]


class UnableToScore(Exception):
    """An answer is none that the method knows."""


def score(method: Grid, likelihood: int, impact: int) -> int:
    """Return likelihood times impact, both steps counted from 1.

    :raises UnableToScore: if the method has no such step
    """
    for word, step, most in (
        ("likelihood", likelihood, len(method.likelihood)),
        ("impact", impact, len(method.impact)),
    ):
        if not 1 <= step <= most:
            raise UnableToScore(f"There is no step {step} of {word}. Take one from 1 to {most}.")
    return likelihood * impact


def stands(method: Banded, net: Decimal | int, appetite: Decimal | int) -> Stands:
    """Return where a net score stands: above appetite, to watch, or within.

    Above appetite is what the method's highest bands say and exceeds the appetite of its own risk too. What
    only one of the two says is to watch, and so is what lies in a band to watch.
    """
    position = method.band_of(net).position
    if position == "above" and net > appetite:
        return "above"
    return "watch" if net > appetite or position in ("above", "watch") else "within"
