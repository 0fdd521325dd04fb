"""A month's figures broken down by every column that a rule names, and by day: finer than the month tells.

A party's own figures are in the month. What is here names no party; but where parties add to it
(`is_of_parties`), each could take its own part away: it is for those who may see the figure of every party.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tallystick.findings.sums import Group, Sums
from tallystick.measures.known import Known
from tallystick.month import figures
from tallystick.month.assessment import Figure
from tallystick.month.ledger import Ledger
from tallystick.month.outline import TAKERS
from tallystick.rulebook.measures import RollForward, RollUp
from tallystick.rulebook.periods import Span
from tallystick.rulebook.rulebook import Rulebook

DAY = "day"
FEWEST_PARTS = 2


@dataclass(frozen=True)
class Drilled:
    """One measure of a month broken down by one column, in the labels' order, or by day."""

    measure: str
    column: str
    figures: tuple[Figure, ...]


def drilled(known: Known, month: Span) -> tuple[Drilled, ...]:
    """Return every measure by each column of its rule that names no party, where that makes two or more."""
    ledger = Ledger(known, month, months_back=1)
    every = known.rulebook.measures.values()
    return tuple(found for measure in every for found in _of_measure(ledger, measure))


def _of_measure(ledger: Ledger, measure: Any) -> Iterable[Drilled]:
    for column in columns(ledger.known.rulebook, measure):
        counted = _counted(ledger, measure, column)
        if len(counted) >= FEWEST_PARTS:
            parts = tuple(figures.part(ledger, measure, group, sums) for group, sums in counted.items())
            yield Drilled(measure.key, column, parts)


def _counted(ledger: Ledger, measure: Any, column: str) -> dict[Group, Sums]:
    if column != DAY:
        return ledger.grouped(measure, ledger.month, (column,))
    return {((DAY, str(day)),): sums for day, sums in ledger.daily(measure, ledger.month).items()}


def columns(rulebook: Rulebook, measure: Any) -> tuple[str, ...]:
    """Return what a measure can be broken down by besides parties; a roll-up by what all its parts can.

    Days are those of a month: a measure of a quarter before has none in it.
    """
    if isinstance(measure, RollForward):
        return ()
    if isinstance(measure, RollUp):
        parts = [columns(rulebook, part) for part in rulebook.parts_of(measure.key)]
        return tuple(name for name in parts[0] if all(name in part for part in parts)) if parts else ()
    lags = measure.activity.period != "month" or measure.activity.lag
    return tuple(name for name in measure.by if name not in TAKERS and not (name == DAY and lags))


def is_of_parties(rulebook: Rulebook, measure: Any) -> bool:
    """Tell whether any row that a measure counts may be a party's: what it reads names one on each row."""
    if isinstance(measure, RollUp):
        return any(is_of_parties(rulebook, part) for part in rulebook.parts_of(measure.key))
    own = {*rulebook.code.providers, *rulebook.code.roles}
    where = getattr(measure, "where", {})
    return any(
        taker in rulebook.streams[stream].columns and not _is_among(where.get(taker), own)
        for stream in measure.streams
        for taker in TAKERS
    )


def _is_among(condition: Any, names: set[str]) -> bool:
    """Tell whether a condition lets through nothing but rows of these names."""
    return isinstance(condition, tuple | list) and set(condition) <= names
