"""Intervals of one key that run at the same time."""

import ibis
from ibis import Table

from tallystick.measures.counted import atoms
from tallystick.measures.source import Source, marked
from tallystick.rulebook.measures import NoOverlap


def no_overlap(rows: Source, measure: NoOverlap) -> Table:
    """Return the rows with what each adds: an interval fails that starts while another one runs.

    The other interval has the same key and another holder, started earlier (or at the same instant with
    a smaller row key) and has not ended; touching ends do not count, and an interval without an end runs
    on. Rows without the whole key cannot cross and are not counted.
    """
    keyed = rows.table[measure.key_columns[0]].notnull()
    for column in measure.key_columns[1:]:
        keyed = keyed & rows.table[column].notnull()
    here = rows.over(rows.table.filter(rows.meets(measure.where) & keyed & rows.has(measure.from_)))
    numbered = here.over(
        here.table.mutate(
            begins__=here.instant(measure.from_),
            ends__=here.instant(measure.until),
            order__=here.table.row,
        )
    )
    mine, other = numbered.table, numbered.table.view()
    same = [mine[column] == other[column] for column in measure.key_columns]
    earlier = (other.begins__ < mine.begins__) | (
        (other.begins__ == mine.begins__) & (other.order__ < mine.order__)
    )
    running = other.ends__.isnull() | (other.ends__ > mine.begins__)
    holder = measure.holder or "order__"
    crossing = [*same, mine[holder] != other[holder], earlier, running]
    crossed = mine.semi_join(other, crossing).select(*rows.place).mutate(crossed__=True)
    crossings = marked(mine, crossed, rows.place)
    return atoms(
        numbered.over(crossings),
        measure.at,
        numerator=~crossings.crossed__.fill_null(False),
        denominator=ibis.literal(True),
    )
