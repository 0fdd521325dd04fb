"""July 2021 broken down: hubs returned by region, firmware and the on-demand services by day."""

from dataclasses import replace

from tallystick.findings.sums import Sums
from tallystick.month.assessment import Assessment, Figure
from tallystick.month.breakdown import bare
from tallystick.month.drilling import Drilled
from tallystick.month.outline import TAKERS

DAYS = ("2021-07-14", "2021-07-15", "2021-07-16")


def part(whole: Figure, column: str, label: str, counted: Sums) -> Figure:
    alone = replace(bare(whole), group={column: label}, share=None, state="below_target")
    return replace(alone, numerator=counted.numerator, denominator=counted.denominator)


def split(month: Assessment, measure: str, column: str, labels: tuple[str, ...]) -> Drilled:
    """Break a whole down into parts of one event each, and a last one with the rest."""
    whole = next(one for one in month.figures if one.measure == measure and not one.group)
    assert whole.numerator is not None
    assert whole.denominator is not None
    *first, last = labels
    rest = Sums(whole.numerator - len(first), whole.denominator - len(first))
    parts = [part(whole, column, label, Sums(1, 1)) for label in first]
    return Drilled(measure, column, (*parts, part(whole, column, last, rest)))


def finer(month: Assessment, measure: str) -> tuple[Figure, ...]:
    """Return the figures of one measure that are neither the whole nor a party's, in their order."""
    own = (one for one in month.figures if one.measure == measure)
    return tuple(one for one in own if one.group and not set(one.group) & set(TAKERS))


def drilled(month: Assessment) -> tuple[Drilled, ...]:
    """Return some measures broken down, those of them that the month has."""
    broken = (
        ("AREA-G", "region", ("central", "north", "south")),
        ("AREA-G", "day", DAYS),
        ("CSPN-PM2", "day", DAYS),
        ("CPM1", "day", DAYS),
    )
    wholes = {one.measure for one in month.figures if not one.group}
    return tuple(split(month, *one) for one in broken if one[0] in wholes)
