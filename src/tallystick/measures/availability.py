"""Minutes of service: the period's minutes less those unavailable and not agreed."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

import ibis
from ibis import Table
from ibis.expr.types import BooleanValue

from tallystick.measures.civil import midnights
from tallystick.measures.counted import CHANGES_ON, DEPENDS, DOUBTFUL, HELD, LEFT_OUT
from tallystick.measures.source import Asked, Source
from tallystick.rulebook.measures import Availability

ONE_MINUTE_US = 60_000_000


def availability(
    rows: Source, measure: Availability, days: Sequence[date], zone: ZoneInfo, asked: Asked
) -> Table:
    """Return one row a civil day: `numerator` minutes available of `denominator` minutes of the day.

    Intervals are united, then cut at civil midnight, so that an overlap counts once; whole minutes of
    each day count (`(RT - UD) / RT`, PMM 2.1). Agreed intervals are rows too, so what is neither is all
    intervals less the agreed ones. An interval without an end runs to the end of what is known, and its
    days are `open`.
    """
    here = rows.over(rows.table.filter(rows.meets(measure.where) & rows.has(measure.from_)))
    named = measure.less.named
    agreed = here.meets(measure.less.where) if measure.less.where or named else ibis.literal(False)
    if named:
        agreed = agreed & here.table[named].notnull()
    spans = here.table.select(
        starts=here.instant(measure.from_),
        ends=here.instant(measure.to).fill_null(asked.until),
        running=~here.has(measure.to),
        # An exception takes the interval out as an agreement does.
        agreed=agreed | here.excluded(measure.at),
    )
    calendar = midnights(days, zone)
    lost = _minutes(spans, calendar, None)
    forgiven = _minutes(spans, calendar, spans.agreed)
    open_days = _touched(spans.filter(spans.running & ~spans.agreed), calendar)
    joined = calendar.left_join(lost.rename(lost="minutes"), "day").select("day", "starts", "ends", "lost")
    joined = joined.left_join(forgiven.rename(forgiven="minutes"), "day")
    joined = joined.select("day", "starts", "ends", "lost", "forgiven").left_join(open_days, "day")
    whole = ((joined.ends - joined.starts) // ONE_MINUTE_US).cast("int64")
    unavailable = joined.lost.fill_null(0) - joined.forgiven.fill_null(0)
    nothing = ibis.literal(0, type="int64")
    return joined.select(
        day=joined.day,
        numerator=(whole - unavailable).cast("int64"),
        denominator=whole,
        open=joined.running.fill_null(0).cast("int64"),
        **{HELD: nothing, LEFT_OUT: nothing, DOUBTFUL: nothing},
        **{DEPENDS: joined.running.fill_null(0).cast("int64"), CHANGES_ON: ibis.null("date")},
    )


def _minutes(spans: Table, calendar: Table, only: BooleanValue | None) -> Table:
    """Return the united minutes of each day that any of the intervals covers."""
    chosen = spans if only is None else spans.filter(only)
    before = ibis.window(order_by=[chosen.starts, chosen.ends], rows=(None, -1))
    reached = chosen.ends.max().over(before)
    begun = chosen.mutate(first=(reached.isnull() | (chosen.starts > reached)).cast("int64"))
    island = begun.mutate(
        island=begun.first.sum().over(ibis.window(order_by=[begun.starts, begun.ends], rows=(None, 0)))
    )
    united = island.group_by("island").aggregate(begins=island.starts.min(), finishes=island.ends.max())
    cut = calendar.inner_join(united, [united.begins < calendar.ends, united.finishes > calendar.starts])
    covered = ibis.least(cut.finishes, cut.ends) - ibis.greatest(cut.begins, cut.starts)
    return cut.group_by("day").aggregate(minutes=(covered.sum() // ONE_MINUTE_US).cast("int64"))


def _touched(running: Table, calendar: Table) -> Table:
    """Return the days that an interval without an end reaches into, up to what is known."""
    cut = calendar.inner_join(running, [running.starts < calendar.ends, running.ends > calendar.starts])
    return cut.group_by("day").aggregate(running=cut.count())
