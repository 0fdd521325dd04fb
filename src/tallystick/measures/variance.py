"""What happened against what was forecast, by the same groups."""

import ibis
import pyarrow as pa
from ibis import Table

from tallystick.measures import counted
from tallystick.measures.source import Source
from tallystick.rulebook.measures import Side, Variance
from tallystick.rulebook.periods import Span


def variance(actual: Source, forecast: Source, measure: Variance, span: Span) -> pa.Table:
    """Return one row a group under the span's first day: `numerator` happened, `denominator` forecast."""
    happened = _total(actual, measure.actual, measure.groups, span, counted.NUMERATOR)
    expected = _total(forecast, measure.forecast, measure.groups, span, counted.DENOMINATOR)
    none = ibis.literal(0, type="int64")
    both = happened.mutate(denominator=none).union(
        expected.mutate(numerator=none).select(*measure.groups, "numerator", "denominator")
    )
    summed = both.group_by(*measure.groups).aggregate(
        numerator=both.numerator.sum().cast("int64"), denominator=both.denominator.sum().cast("int64")
    )
    others = (counted.OPEN, counted.HELD, counted.LEFT_OUT, counted.DOUBTFUL, counted.DEPENDS)
    shaped = summed.mutate(day=ibis.literal(span.first), changes_on=ibis.null("date"))
    shaped = shaped.mutate(**dict.fromkeys(others, none))
    schema = counted.empty(measure.groups).schema
    return shaped.select(*schema.names).to_pyarrow().cast(schema)


def _total(rows: Source, side: Side, groups: tuple[str, ...], span: Span, name: str) -> Table:
    day = rows.day(side.at)
    within = (day >= ibis.literal(span.first)) & (day <= ibis.literal(span.last))
    here = rows.over(rows.table.filter(rows.meets(side.where) & within & ~rows.excluded(side.at)))
    counts = here.table[side.sum].sum() if side.sum else here.table.count()
    grouped = here.table.group_by(*groups) if groups else here.table
    return grouped.aggregate(**{name: counts.fill_null(0).cast("int64")}).select(*groups, name)
