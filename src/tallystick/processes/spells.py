"""Which holds a matter comes under by a day, and what they make of where it stands.

A hold covers from its first day until the first day on which it does not. It takes effect on each matter as a
spell. What has come to pass and was not yet written down is found here, and folded in: who reads and who
writes see the same on the same day, whether or not an errand has run.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from tallystick.processes.clocks import Calendars
from tallystick.processes.engine import hold, resume
from tallystick.processes.standing import Standing
from tallystick.rulebook.processes import ProcessValue


class Covering(NamedTuple):
    """A hold that covers a matter, by its number; `ends_on` is the first day it does not, where known."""

    hold: int
    from_on: dt.date
    ends_on: dt.date | None


class Turn(NamedTuple):
    """That a hold begins to hold a matter, or ends to, on a day."""

    day: dt.date
    is_end: bool
    hold: int


def turns(
    coverings: Iterable[Covering], spells: Mapping[int, bool], begun_on: dt.date, on: dt.date
) -> list[Turn]:
    """Return what has come to pass by the day and is not written down, in its order.

    :param spells: the holds that took effect, each with whether it still does
    """
    found = [turn for one in coverings for turn in _turns(one, spells, begun_on, on)]
    return sorted(found)


def _turns(one: Covering, spells: Mapping[int, bool], begun_on: dt.date, on: dt.date) -> Iterator[Turn]:
    is_open = spells.get(one.hold)
    begins = max(one.from_on, begun_on)
    if is_open is None:
        if begins > on or (one.ends_on is not None and one.ends_on <= begins):
            return
        yield Turn(begins, is_end=False, hold=one.hold)
    if is_open is not False and one.ends_on is not None and one.ends_on <= on:
        yield Turn(max(one.ends_on, begins), is_end=True, hold=one.hold)


def folded(
    value: ProcessValue,
    standing: Standing,
    ahead: Iterable[Turn],
    spells: Collection[bool],
    calendars: Calendars,
) -> Standing:
    """Return where the matter stands after the turns: on hold as long as any of its holds holds it."""
    holding = sum(spells)
    for turn in ahead:
        day = max(turn.day, standing.since)
        holding += -1 if turn.is_end else 1
        if holding and not standing.on_hold:
            standing = hold(value, standing, day, calendars)
        elif not holding:
            standing = resume(value, standing, day, calendars)
    return standing
