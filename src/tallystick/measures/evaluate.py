"""A measure over civil days: the whole numbers of each day and group, from evidence or from what was kept."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from ibis import Table

from tallystick.evidence.snapshot import DayFile
from tallystick.measures import counted, partials
from tallystick.measures.availability import availability
from tallystick.measures.count import count
from tallystick.measures.follows_within import follows_within
from tallystick.measures.known import EXCEPTIONS, Known
from tallystick.measures.matches import matches
from tallystick.measures.no_overlap import no_overlap
from tallystick.measures.share import share
from tallystick.measures.share_within import share_within
from tallystick.measures.variance import variance
from tallystick.rulebook.measures import (
    Availability,
    Count,
    FollowsWithin,
    Matches,
    NoOverlap,
    Share,
    ShareWithin,
    Variance,
)
from tallystick.rulebook.periods import Span

# Each file of these adds up by itself; the others look across days.
ADDITIVE = (ShareWithin, Share, Count)


def daily(known: Known, measure: Any, span: Span) -> pa.Table:
    """Return the sums of each civil day and group of the span.

    Columns: `day`, the measure's groups as codes, and the whole numbers of `counted.SUMS`.
    """
    if not all(known.has(stream) for stream in measure.streams):
        return counted.empty(_groups(measure))
    table = _by_file(known, measure, span) if isinstance(measure, ADDITIVE) else _across(known, measure, span)
    within = pc.and_(
        pc.greater_equal(table["day"], pa.scalar(span.first, pa.date32())),
        pc.less_equal(table["day"], pa.scalar(span.last, pa.date32())),
    )
    return table.filter(within)


def atoms(known: Known, measure: Any, days: Sequence[dt.date] | None, *, placed: bool) -> Table:
    """Return the measure's rows of the evidence days, each with what it adds."""
    if isinstance(measure, Matches):
        register = known.source(measure.register_.stream, placed=True)
        return matches(known.source(measure.stream, days, placed=True), register, measure)
    if isinstance(measure, NoOverlap):
        return no_overlap(known.source(measure.stream, placed=True), measure)
    if isinstance(measure, FollowsWithin):
        responses = known.source(measure.response.stream, placed=True)
        triggers = known.source(measure.stream, days, placed=True)
        return follows_within(triggers, responses, measure, known.rulebook, known.asked)
    rows = known.source(measure.stream, days, placed=placed)
    if isinstance(measure, ShareWithin):
        return share_within(rows, measure, known.rulebook, known.asked)
    if isinstance(measure, Share):
        return share(rows, measure)
    return count(rows, measure)


def evidence_days(known: Known, measure: Any, span: Span) -> list[dt.date] | None:
    """Return the evidence days that can hold rows of the span, or nothing where any may.

    Rows are kept under the day of the stream's partition; where the measure asks for another instant,
    every day is read, for nothing bounds the gap between the two.
    """
    stream = known.rulebook.streams[measure.stream]
    if stream.partition in ("none", measure.at):
        days = [day for day in known.snapshot.days(measure.stream) if day is not None]
        return None if stream.partition == "none" else [day for day in days if day in span]
    return None


def _groups(measure: Any) -> tuple[str, ...]:
    return () if isinstance(measure, Availability) else measure.groups


def _by_file(known: Known, measure: Any, span: Span) -> pa.Table:
    """Sum each evidence file by itself, all that are not kept in one query, and keep them."""
    files = known.snapshot.days(measure.stream)
    chosen = evidence_days(known, measure, span)
    wanted = files if chosen is None else {day: files[day] for day in chosen}
    shelf, found = partials.Shelf(known.partials), {}
    keys = {day: _file_key(known, measure, file) for day, file in wanted.items()}
    for day, name in keys.items():
        kept = shelf.find(name, known.known_on)
        if kept is not None:
            found[day] = kept
    missing = [day for day in wanted if day not in found]
    for day, table in _summed(known, measure, missing).items():
        shelf.keep(keys[day], known.known_on, table)
        found[day] = table
    tables = [found[day] for day in sorted(found, key=lambda day: day or dt.date.min)]
    return pa.concat_tables(tables) if tables else counted.empty(measure.groups)


def _summed(known: Known, measure: Any, missing: list[dt.date | None]) -> dict[dt.date | None, pa.Table]:
    """Sum the files; those with rows in doubt are summed again with their exact instants."""
    if not missing:
        return {}
    stream = known.rulebook.streams[measure.stream]
    days = None if stream.partition == "none" else [day for day in missing if day is not None]
    sums = _sums(known, measure, days, placed=False)
    doubtful = _total(sums, counted.DOUBTFUL)
    if doubtful and days is not None:
        doubted = set(sums.filter(pc.greater(sums[counted.DOUBTFUL], 0))["file"].to_pylist())
        sure = sums.filter(pc.invert(pc.is_in(sums["file"], pa.array(sorted(doubted), pa.date32()))))
        sums = pa.concat_tables([sure, _sums(known, measure, sorted(doubted), placed=True)])
    if days is None:
        return {None: sums}
    return {
        day: sums.filter(pc.equal(sums["file"], pa.scalar(day, pa.date32()))).drop(["file"]) for day in days
    }


def _sums(known: Known, measure: Any, days: list[dt.date] | None, *, placed: bool) -> pa.Table:
    rows = atoms(known, measure, days, placed=placed)
    stream = known.rulebook.streams[measure.stream]
    file = None if stream.partition == "none" else f"{stream.partition}__day"
    summed = counted.summed(rows, f"{measure.at}__day", measure.groups, file)
    return summed.to_pyarrow()


def _total(table: pa.Table, column: str) -> int:
    return pc.sum(table[column]).as_py() or 0


def _file_key(known: Known, measure: Any, file: DayFile) -> str:
    return partials.key(measure, known.rulebook, {"file": file.digest}, _exceptions(known, measure))


def _exceptions(known: Known, measure: Any) -> Mapping[str, Any]:
    listed = [row for row in known.exceptions() if row["stream"] in measure.streams]
    return {"exceptions": [[row["row_key"], str(row.get("until_on"))] for row in listed]}


def _across(known: Known, measure: Any, span: Span) -> pa.Table:
    """Sum a measure that looks across days, or find it kept for the very same files."""
    used = [*measure.streams, *([EXCEPTIONS] if known.has(EXCEPTIONS) else [])]
    inputs = {
        f"{stream}/{day}": file.digest for stream in used for day, file in known.snapshot.days(stream).items()
    }
    shelf, extra = partials.Shelf(known.partials), {"span": str(span)}
    name = partials.key(measure, known.rulebook, inputs, extra)
    kept = shelf.find(name, known.known_on)
    if kept is not None:
        return kept
    summed = _summed_across(known, measure, span)
    shelf.keep(name, known.known_on, summed)
    return summed


def _summed_across(known: Known, measure: Any, span: Span) -> pa.Table:
    if isinstance(measure, Variance):
        sides = (known.source(measure.actual.stream), known.source(measure.forecast.stream))
        months = [span.shifted(count) for count in range(span.months)]
        return pa.concat_tables([variance(*sides, measure, Span(month.first)) for month in months])
    if isinstance(measure, Availability):
        rows = known.source(measure.stream, placed=True)
        table = availability(rows, measure, span.days(), known.rulebook.code.zone, known.asked)
        return table.to_pyarrow().cast(counted.empty(()).schema)
    table = atoms(known, measure, evidence_days(known, measure, span), placed=True)
    return counted.summed(table, f"{measure.at}__day", measure.groups, None).to_pyarrow()
