"""The share of events finished within a limit."""

import ibis
from ibis import Table

from tallystick.measures.counted import atoms
from tallystick.measures.limits import clock
from tallystick.measures.source import Asked, Source
from tallystick.rulebook.measures import ShareWithin
from tallystick.rulebook.rulebook import Rulebook


def share_within(rows: Source, measure: ShareWithin, rulebook: Rulebook, asked: Asked) -> Table:
    """Return the rows with what each adds to either side.

    An event counts once it is settled: finished, or past its limit at the end of what is known. One that
    is neither is `open`; one without a start, or without an entry in the limit's table, is `held`.
    """
    counts = rows.over(rows.table.filter(rows.meets(measure.where)))
    clocked = clock(counts, measure.limit, measure.from_, measure.at, "limit__", rulebook)
    here = clocked.source
    known = clocked.limit.notnull()
    if measure.from_ != here.stream.partition:
        known = known & here.has(measure.from_)
    # Nothing where either end or the limit is absent, and so not in time.
    in_time = clocked.within(measure.from_, measure.to)
    if clocked.is_settled(measure.from_, asked):
        return atoms(here, measure.at, numerator=in_time, denominator=known, held=~known)
    finished = here.has(measure.to)
    passed = clocked.passed(measure.from_, asked).fill_null(False)
    open_ = known & ~finished & ~passed
    return atoms(
        here,
        measure.at,
        numerator=in_time,
        denominator=known & (finished | passed),
        open_=open_,
        held=~known,
        doubtful=open_ & clocked.doubtful(measure.from_, asked).fill_null(False),
        changes_on=ibis.cases((open_, clocked.passes_on(measure.from_)), else_=ibis.null("date")),
        depends=known & ~finished,
    )
