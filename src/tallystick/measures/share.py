"""A part of a whole: rows that meet conditions, or count columns added up."""

import ibis
from ibis import Table
from ibis.expr.types import BooleanValue, IntegerValue

from tallystick.measures.counted import atoms
from tallystick.measures.source import Source
from tallystick.rulebook.measures import Part, Share


def share(rows: Source, measure: Share) -> Table:
    """Return the rows with what each adds to either side.

    Counting rows, the numerator is always a part of the denominator. Adding columns, a row with an
    absent count on either side is held.
    """
    here = rows.over(rows.table.filter(rows.meets(measure.where)))
    if not measure.numerator.sum:
        whole = here.meets(measure.denominator.where)
        return atoms(
            here, measure.at, numerator=whole & here.meets(measure.numerator.where), denominator=whole
        )
    known = _known(here, measure.numerator) & _known(here, measure.denominator)
    return atoms(
        here,
        measure.at,
        numerator=known.ifelse(_added(here, measure.numerator), 0),
        denominator=known.ifelse(_added(here, measure.denominator), 0),
        held=~known,
    )


def _added(rows: Source, part: Part) -> IntegerValue:
    total: IntegerValue = ibis.literal(0, type="int64")
    for column in part.sum:
        total = total + rows.table[column]
    for column in part.less:
        total = total - rows.table[column]
    return rows.meets(part.where).ifelse(total, 0)


def _known(rows: Source, part: Part) -> BooleanValue:
    known: BooleanValue = ibis.literal(True)
    for column in (*part.sum, *part.less):
        known = known & rows.table[column].notnull()
    return known
