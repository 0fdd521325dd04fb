"""How many rows there are, or what a count column adds up to."""

import ibis
from ibis import Table

from tallystick.measures.counted import atoms
from tallystick.measures.source import Source
from tallystick.rulebook.measures import Count


def count(rows: Source, measure: Count) -> Table:
    """Return the rows with what each adds: to the numerator only, for a count is no share."""
    here = rows.over(rows.table.filter(rows.meets(measure.where)))
    none = ibis.literal(0, type="int64")
    if measure.sum is None:
        return atoms(here, measure.at, numerator=ibis.literal(1, type="int64"), denominator=none)
    counted = here.table[measure.sum]
    return atoms(here, measure.at, numerator=counted.fill_null(0), denominator=none, held=counted.isnull())
