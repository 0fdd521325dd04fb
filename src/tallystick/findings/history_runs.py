"""How long a figure has stood on one side of a level.

A series is what is known, oldest first: the period and the state of the figure in it. A period with no
events says nothing about the level and is passed over, neither counted nor breaking the run. A period that
was not reported, or that the series leaves out, may have been either: the run is counted up to it and is
`at_least` so long. So is a run that reaches back to the first period known. Before a measure had a level
it stood on no side of it, so `no_level` ends a run.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tallystick.rulebook.periods import Span

Side = Literal["met", "below_target", "below_minimum", "above_minimum"]
Series = Sequence[tuple[str, str]]

# Below minimum is below target as well: CPM1 counts every month since it last met its target.
STATES: dict[Side, frozenset[str]] = {
    "met": frozenset({"met"}),
    "below_target": frozenset({"below_target", "below_minimum"}),
    "below_minimum": frozenset({"below_minimum"}),
    "above_minimum": frozenset({"met", "below_target"}),
}


@dataclass(frozen=True)
class Run:
    """How many consecutive periods the figure has stood on one side of a level, this one included.

    `at_least` says that history is missing before `since`.
    """

    side: Side
    periods: int
    since: str
    at_least: bool = False


def run_on(series: Series, side: Side) -> Run | None:
    """Return the run on the side that ends with the series, or nothing if its last period is not on it."""
    counted: list[str] = []
    at_least = True
    after: Span | None = None
    for period, state in reversed(series):
        span = Span.parse(period)
        if after is not None and span.shifted(span.months) != after:
            break
        if state in STATES[side]:
            counted.append(period)
        elif state != "no_events" or not counted:
            at_least = state == "not_reported"
            break
        after = span
    return Run(side, len(counted), counted[-1], at_least) if counted else None


def current_run(series: Series) -> Run | None:
    """Return the run of the state that the last period is in, or nothing if it is in none."""
    side: dict[str, Side] = {
        "met": "met",
        "below_target": "below_target",
        "below_minimum": "below_minimum",
    }
    last = series[-1][1] if series else ""
    return run_on(series, side[last]) if last in side else None


def last_before(series: Series, run: Run) -> str | None:
    """Return the latest period before the run that was on its side, or nothing if none is known."""
    earlier = [period for period, state in series if state in STATES[run.side] and _is_before(period, run)]
    return earlier[-1] if earlier else None


def _is_before(period: str, run: Run) -> bool:
    return Span.parse(period).first < Span.parse(run.since).first
