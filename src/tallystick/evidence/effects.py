"""What one submission does to each day it acts on: what stands afterwards, and what it took the place of."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa

from tallystick.evidence.civil_days import Day
from tallystick.evidence.contents import Kept
from tallystick.evidence.folding import compared, origins
from tallystick.evidence.history import History
from tallystick.evidence.layout import Layout
from tallystick.evidence.pairs import Pair
from tallystick.evidence.submissions import Submission, Summary
from tallystick.evidence.turns import at_once

LARGE_DAY = 1_500_000


@dataclass(frozen=True)
class Effect:
    """What happened to a day. `met` names the submissions whose rows gave way.

    `before` and `brought` are the rows that gave way and those that came, kept for a correction, whose
    rows may move from one day to another and are compared all together.
    """

    day: Day
    pair: Pair | None
    summary: Summary
    met: frozenset[str] = frozenset()
    before: pa.Table | None = None
    brought: pa.Table | None = None


def effects(history: History, submission: Submission, kept: Kept) -> list[Effect]:
    """Return what the newest submission does to every day it acts on, in the order of days."""
    days = [day for day in {**kept.days, **submission.parts} if submission.acts_on(day)]
    days.sort(key=lambda day: day or dt.date.min)

    def on(day: Day) -> Effect:
        return _on(day, history, submission, kept.days.get(day))

    return at_once(
        on, days, [_rows(kept.days.get(day), submission.parts.get(day)) for day in days], LARGE_DAY
    )


def summed(found: Iterable[Effect], layout: Layout) -> Summary:
    """Return the effects on all days, a correction's rows being compared across days."""
    found = list(found)
    total = sum((one.summary for one in found), Summary())
    before = [one.before for one in found if one.before is not None]
    brought = [one.brought for one in found if one.brought is not None]
    return total + compared(pa.concat_tables(before), pa.concat_tables(brought), layout) if before else total


def after(kept: Kept, submission: Submission, found: Iterable[Effect]) -> Kept:
    """Return what is kept once the effects are in force."""
    days = {**kept.days, **{one.day: one.pair for one in found}}
    return Kept(
        (*kept.submissions, submission.id),
        (*kept.fingerprints, submission.fingerprint()),
        {day: pair for day, pair in days.items() if pair is not None},
    )


def _on(day: Day, history: History, submission: Submission, standing: Pair | None) -> Effect:
    acting = history.acting(day)
    brought = submission.parts.get(day)
    order = [one.id for one in acting]
    is_correction = submission.correction_of is not None
    if submission.id not in order:
        return Effect(day, standing, Summary())
    if order == [submission.id] and not is_correction:
        return Effect(day, brought, Summary(added=brought.rows if brought else 0))
    is_last = order[-1] == submission.id
    rows, dropped = history.fold(day, standing, [submission]) if is_last else history.fold(day, None, acting)
    before, mine = dropped[submission.id], history.rows(day, brought)
    return Effect(
        day,
        history.pair_of(day, rows),
        (Summary() if is_correction else compared(before, mine, history.layout))
        + Summary(overtaken=0 if is_last else len(mine) - len(origins(rows).get(submission.id, ()))),
        frozenset(origins(before)),
        before if is_correction else None,
        mine if is_correction else None,
    )


def _rows(*pairs: Pair | None) -> int:
    return sum(pair.rows for pair in pairs if pair)
