"""A month told to somebody who may not know all of it: nothing left in what follows from what was taken out.

A whole that a reader may not see leaves its traces in other months: in their trends, in how long a run has
lasted, in the change on the month before, in the limits of a chart. Each is reckoned anew here from what the
reader may know, so that nothing else can be had from it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from tallystick.findings.history_runs import current_run, run_on
from tallystick.month import wording
from tallystick.month.assessment import Assessment, Figure, Finding, Flag, Point
from tallystick.month.figures import change, variation
from tallystick.month.sentence import notes, sentence
from tallystick.rulebook.periods import Span

WITHHELD: Literal["withheld"] = "withheld"
# What is known of a measure from its rules alone.
OF_THE_RULES: frozenset[Flag] = frozenset({"unverified", "lagged", "outside_report", "suspended"})


def withheld(figure: Figure, share: str | None) -> Figure:
    """Return what may be told instead of a whole: what it is, perhaps a rounded share; no count, no grade."""
    return Figure(
        measure=figure.measure,
        title=figure.title,
        kind=figure.kind,
        provider=figure.provider,
        clause=figure.clause,
        obligation=figure.obligation,
        group={},
        period=figure.period,
        numerator=None,
        denominator=None,
        share=share,
        target=figure.target,
        minimum=figure.minimum,
        state=WITHHELD,
        flags=tuple(flag for flag in figure.flags if flag in OF_THE_RULES),
        verified=figure.verified,
        reportable=figure.reportable,
        into=figure.into,
        band=figure.band,
    )


def past_of(history: Sequence[Point], known: Mapping[str, Point]) -> tuple[Point, ...]:
    """Return a history with the months that are known as they were told, and the others not shown.

    The last month is the one that is read: it stays as it is.
    """
    past = (
        replace(known[one.period], target=one.target, minimum=one.minimum)
        if one.period in known
        else _not_shown(one)
        for one in history[:-1]
    )
    return (*past, *history[-1:])


def _not_shown(point: Point) -> Point:
    if point.state == "not_reported":
        return point
    return Point(point.period, None, None, None, WITHHELD, point.target, point.minimum)


def with_past(figure: Figure, history: Sequence[Point]) -> Figure:
    """Return a figure with all that follows from its past reckoned from the months that are shown."""
    shown = [one for one in history if one.state != WITHHELD]
    series = [(one.period, one.state) for one in shown]
    run = current_run(series)
    flags: set[Flag] = {flag for flag in figure.flags if flag != "at_least"}
    if run is not None and run.at_least:
        flags.add("at_least")
    is_changed = len(history) > 1 and history[-2].state != WITHHELD
    return replace(
        figure,
        flags=tuple(sorted(flags)),
        run=run,
        above_minimum=run_on(series, "above_minimum"),
        change=change(shown) if is_changed else None,
        spc=variation(shown, figure.target, "down" if wording.lower_is_better(figure) else "up"),
    )


def summed_up(assessment: Assessment) -> Assessment:
    """Return a month whose sentence and notes say nothing but what follows from the figures that it has."""
    wholes = [one for one in assessment.figures if not one.group]
    return replace(
        assessment,
        sentence=sentence(Span.parse(assessment.period), wholes),
        notes=notes(assessment.known_on, wholes),
    )


def since(period: str, states: Mapping[str, str]) -> str:
    """Return since when a figure has fallen short without a break, as far as its states are known."""
    series = [
        *sorted((one, state) for one, state in states.items() if one < period),
        (period, "below_target"),
    ]
    run = run_on(series, "below_target")
    return run.since if run else period


def first_seen(found: Finding, history: Sequence[Point], of_parties: Collection[str]) -> Finding:
    """Return a finding on a whole that parties add to, first seen where the history that is shown has it."""
    if found.measure not in of_parties or found.first_seen == found.period:
        return found
    states = {one.period: one.state for one in history if one.state != WITHHELD}
    return replace(found, first_seen=max(found.first_seen, since(found.period, states)))
