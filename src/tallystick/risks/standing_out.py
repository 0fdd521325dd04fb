"""What stands out in a register, in sentences that follow from its rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from tallystick.risks.listed import Listed

NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


@dataclass(frozen=True)
class Said:
    """A sentence of a risk: what leads it, and what goes on."""

    reference: str
    lead: str
    rest: str


def verdict(rows: Sequence[Listed]) -> tuple[str, list[Listed]]:
    """Return how many risks stand above appetite, in words, and which."""
    above = [one for one in rows if one.position == "above"]
    if not above:
        return "No risk stands above appetite.", []
    count = NUMBERS[len(above)] if len(above) < len(NUMBERS) else str(len(above))
    return f"{count} risk{' stands' if len(above) == 1 else 's stand'} above appetite:", above


def sentences(rows: Sequence[Listed]) -> list[Said]:
    """Return what else is worth a look: what moved, what is on watch, what is not scored."""
    return [*_moved(rows), *_watched(rows), *_unscored(rows)]


def _moved(rows: Sequence[Listed]) -> list[Said]:
    return [
        Said(
            one.risk.reference,
            f"{one.trend} from {one.told(one.before.net)} to {one.told(one.score.net)}.",
            one.score.reason,
        )
        for one in rows
        if one.score is not None and one.before is not None and one.trend in ("rose", "fell")
    ]


def _watched(rows: Sequence[Listed]) -> list[Said]:
    return [
        Said(one.risk.reference, f"is on watch at {one.told(one.score.net)}.", _indicated(one))
        for one in rows
        if one.score is not None and one.position == "watch" and one.trend != "rose"
    ]


def _indicated(one: Listed) -> str:
    if not one.indicators:
        return "No indicator of it has landed a figure."
    told = [f"{figure.measure} is at {figure.percent}%" for figure in one.indicators]
    return f"{'; '.join(told)}."


def _unscored(rows: Sequence[Listed]) -> list[Said]:
    return [
        Said(one.risk.reference, "has no score to show.", one.words.title)
        for one in rows
        if one.score is None
    ]
