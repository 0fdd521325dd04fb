"""Methods to score by, as a rulebook has them."""

from typing import Any

from pydantic import TypeAdapter

from tallystick.rulebook.scoring import Grid, Money, ScoringValue, Tail

SAID = {"version": "version 1", "source": "assumed"}
BANDS = [
    {"from": "1", "position": "accept", "title": "Accept"},
    {"from": "5", "position": "checks", "title": "Accept with checks"},
    {"from": "10", "position": "watch", "title": "Watch"},
    {"from": "15", "position": "above", "title": "Above appetite"},
]


def _read(**said: Any) -> Any:
    return TypeAdapter(ScoringValue).validate_python({**SAID, "bands": BANDS, "appetite": "9", **said})


def five_by_five() -> Grid:
    chances = ("0.02", "0.10", "0.35", "0.75", "1")
    steps = [{"title": f"Step {number}", "up_to": chance} for number, chance in enumerate(chances, start=1)]
    impacts = [{"title": f"Impact {number}"} for number in range(1, 6)]
    found: Grid = _read(kind="grid", top="12", likelihood=steps, impact=impacts)
    return found


def money(shape: str = "pert", draws: int = 20_000, seed: int = 1) -> Money:
    said = {"shape": shape, "draws": str(draws), "seed": str(seed), "quantiles": ["0.05", "0.5", "0.95"]}
    found: Money = _read(kind="money", **said)
    return found


def tail(quantile: str = "0.95") -> Tail:
    found: Tail = _read(kind="tail", quantile=quantile)
    return found
