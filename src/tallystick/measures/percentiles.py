"""Percentiles of how long events took: exact, from the rows, by nearest rank."""

from tallystick.measures import dialect
from tallystick.measures.source import Source
from tallystick.rulebook.measures import ShareWithin
from tallystick.rulebook.periods import Span

HUNDRED = 100


def percentiles(rows: Source, measure: ShareWithin, span: Span) -> dict[int, int]:
    """Return microseconds from start to finish at each percentile the measure names, of finished events.

    Every value is one that was measured, so that a percentile can be set against a limit without an
    error of its own. Nothing finished gives nothing.
    """
    day = rows.day(measure.at)
    done = rows.meets(measure.where) & rows.has(measure.from_) & rows.has(measure.to)
    inside = (day >= span.first) & (day <= span.last) & ~rows.excluded(measure.at)
    here = rows.over(rows.table.filter(done & inside))
    took = here.elapsed(measure.from_, measure.to)
    wanted = {f"p{part}": dialect.quantile(took, part / HUNDRED) for part in measure.percentiles}
    (found,) = here.table.aggregate(**wanted).to_pyarrow().to_pylist()
    return {part: found[f"p{part}"] for part in measure.percentiles if found[f"p{part}"] is not None}
