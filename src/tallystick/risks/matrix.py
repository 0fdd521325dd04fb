"""The risks of a register on the grid of its method: likelihood down, impact across."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from tallystick.risks.listed import Listed
from tallystick.rulebook.scoring import Grid

SHADES = {"accept": "a0", "checks": "a1", "watch": "a2", "above": "a3"}
PLANNED = "planned"
SIDES = ("inherent", "net", PLANNED)
NOTHING: Mapping[str, Decimal] = {}


@dataclass(frozen=True)
class Cell:
    """A field of the grid: its score, the shade of its band, the risks in it."""

    score: int
    shade: str
    risks: tuple[Listed, ...]


@dataclass(frozen=True)
class Row:
    """A step of likelihood with its fields, the least impact first."""

    step: int
    title: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Key:
    """What a shade means: its bounds and its name in words."""

    shade: str
    words: str


def rows(
    method: Grid, listed: Iterable[Listed], side: str, planned: Mapping[str, Decimal] = NOTHING
) -> list[Row]:
    """Return the grid, the likeliest first, with each risk where its score of a side lies.

    :param planned: by reference what the plan leaves of the net score: it makes a risk less likely
    """
    there: dict[tuple[int, int], list[Listed]] = {}
    for one in listed:
        place = _place(one, side) if side != PLANNED else _planned(one, planned)
        if place is not None:
            there.setdefault(place, []).append(one)
    return [
        Row(
            likelihood,
            step.title,
            tuple(
                Cell(
                    likelihood * impact,
                    SHADES[method.band_of(likelihood * impact).position],
                    tuple(there.get((likelihood, impact), ())),
                )
                for impact in range(1, len(method.impact) + 1)
            ),
        )
        for likelihood, step in reversed(list(enumerate(method.likelihood, start=1)))
    ]


def keys(method: Grid) -> list[Key]:
    """Return what the shades mean, the worst first."""
    found, above = [], None
    for band in reversed(method.bands):
        low = f"{band.from_:f}"
        if above is None:
            bounds = f"{low} and over"
        elif band is method.bands[0]:
            bounds = f"under {above:f}"
        else:
            bounds = f"{low} to {above - 1:f}"
        found.append(Key(SHADES[band.position], f"{bounds}: {band.title.lower()}"))
        above = band.from_
    return found


def _place(one: Listed, side: str) -> tuple[int, int] | None:
    if one.score is None:
        return None
    inputs = one.score.inputs
    told = inputs.get(f"{side}_likelihood"), inputs.get(f"{side}_impact")
    return (int(told[0]), int(told[1])) if told[0] and told[1] else None


def _planned(one: Listed, planned: Mapping[str, Decimal]) -> tuple[int, int] | None:
    net, left = _place(one, "net"), planned.get(one.risk.reference)
    if net is None or left is None:
        return None
    likelihood, impact = net
    steps = int((left / impact).to_integral_value(ROUND_CEILING))
    return max(1, min(likelihood, steps)), impact
