"""A measure over civil days: the whole numbers of each day and group, from evidence or from what was kept."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from ibis import Table

from tallystick.evidence.civil_days import Day
from tallystick.measures import bundle, contiguous, counted, partials
from tallystick.measures.availability import availability
from tallystick.measures.count import count
from tallystick.measures.counted import FILE
from tallystick.measures.duties import Duties
from tallystick.measures.follows_within import follows_within, judged
from tallystick.measures.known import EXCEPTIONS, Known
from tallystick.measures.limits import settled_until
from tallystick.measures.matches import matches
from tallystick.measures.no_overlap import no_overlap
from tallystick.measures.share import share
from tallystick.measures.share_within import share_within
from tallystick.measures.source import Source
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

# Each file of these adds up by itself; so do kept duties. The others look across days.
ADDITIVE = (ShareWithin, Share, Count)
# To sum so many rows in vain takes longer than to ask once more.
MANY_ROWS = 1_000_000


def daily(known: Known, measure: Any, span: Span) -> pa.Table:
    """Return the sums of each civil day and group of the span.

    Columns: `day`, the measure's groups as codes, and the whole numbers of `counted.SUMS`.
    """
    return daily_many(known, [measure], span)[measure.key]


def daily_many(known: Known, measures: Iterable[Any], span: Span) -> dict[str, pa.Table]:
    """Return what `daily` returns, for several measures at once, by key.

    Those that add up rows of one stream by the same `at` share a reading of the files that are not kept.
    """
    found: dict[str, pa.Table] = {}
    together: dict[Any, list[_Sheet]] = {}
    for measure in measures:
        if not all(known.has(stream) for stream in measure.streams):
            found[measure.key] = counted.empty(_groups(measure))
        elif reading(measure) or (isinstance(measure, FollowsWithin) and Duties.of(known, measure)):
            read = reading(measure) or measure.key
            together.setdefault(read, []).append(_Sheet.of(known, measure, span))
        else:
            found[measure.key] = _across(known, measure, span)
    for sheets in together.values():
        _fill(known, [sheet for sheet in sheets if sheet.missing])
        found |= {sheet.measure.key: sheet.whole for sheet in sheets}
    return {key: _within(table, span) for key, table in found.items()}


def reading(measure: Any) -> tuple[str, str] | None:
    """Return what measures have in common that can be summed in one reading, or nothing where none can."""
    return (measure.stream, measure.at) if isinstance(measure, ADDITIVE) else None


def atoms(known: Known, measure: Any, days: Sequence[dt.date] | None, *, placed: bool) -> Table:
    """Return the measure's rows of the evidence days, each with what it adds."""
    if isinstance(measure, Matches):
        register = known.source(measure.register_.stream, placed=True)
        return matches(known.source(measure.stream, days, placed=True), register, measure)
    if isinstance(measure, NoOverlap):
        return no_overlap(known.source(measure.stream, placed=True), measure)
    if isinstance(measure, FollowsWithin):
        duties = Duties.of(known, measure)
        if duties:
            return judged(duties.rows(days, placed=placed), measure, known.rulebook, known.asked)
        responses = known.source(measure.response.stream, placed=True)
        triggers = known.source(measure.stream, days, placed=True)
        return follows_within(triggers, responses, measure, known.rulebook, known.asked)
    return _of_rows(known, known.source(measure.stream, days, placed=placed), measure)


def _of_rows(known: Known, rows: Source, measure: Any) -> Table:
    """Return what each row adds to a measure that looks at one row at a time."""
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


def _within(table: pa.Table, span: Span) -> pa.Table:
    ends = pc.min_max(table["day"]).as_py()
    if ends["min"] is None or (ends["min"] in span and ends["max"] in span):
        return table
    first, last = (pa.scalar(day, pa.date32()) for day in (span.first, span.last))
    return table.filter(pc.and_(pc.greater_equal(table["day"], first), pc.less_equal(table["day"], last)))


def _groups(measure: Any) -> tuple[str, ...]:
    return () if isinstance(measure, Availability) else measure.groups


@dataclass
class _Sheet:
    """The sums of one measure by evidence file: those that are kept, and what the others are kept under.

    Where nothing is kept, the sums of all files may stand `uncut`.
    """

    measure: Any
    shelf: partials.Shelf
    keys: dict[Day, str]
    found: dict[Day, pa.Table] = field(default_factory=dict)
    uncut: pa.Table | None = None

    @classmethod
    def of(cls, known: Known, measure: Any, span: Span) -> "_Sheet":
        days = evidence_days(known, measure, span)
        inputs = _inputs(known, measure)
        rule = partials.rule(measure, known.rulebook, exceptions_of(known, measure))
        chosen = inputs if days is None else {day: inputs[day] for day in days}
        until = _settled_until(known, measure)
        keys = {
            day: partials.key(rule, {**named, **(partials.SETTLED if _is_until(day, until) else {})})
            for day, named in chosen.items()
        }
        sheet = cls(measure, _shelf(known, measure), keys)
        for day, key in keys.items():
            kept = sheet.shelf.find(key, known.known_on)
            if kept is not None:
                sheet.found[day] = kept
        return sheet

    @property
    def missing(self) -> list[Day]:
        return [day for day in self.keys if day not in self.found]

    @property
    def whole(self) -> pa.Table:
        if self.uncut is not None:
            return self.uncut
        tables = [self.found[day] for day in self.keys]
        return pa.concat_tables(tables) if tables else counted.empty(self.measure.groups)

    def fill(self, day: Day, table: pa.Table, known_on: dt.date) -> None:
        self.shelf.keep(self.keys[day], known_on, table)
        self.found[day] = table


def _shelf(known: Known, measure: Any) -> partials.Shelf:
    return partials.Shelf(known.partials and known.partials / measure.key)


def _inputs(known: Known, measure: Any) -> Mapping[Day, Mapping[str, str]]:
    """Return what the sums of each evidence file rest on."""
    duties = Duties.of(known, measure) if isinstance(measure, FollowsWithin) else None
    if duties:
        return duties.names
    return {day: {"file": file.digest} for day, file in known.snapshot.days(measure.stream).items()}


def exceptions_of(known: Known, measure: Any) -> Mapping[str, Any]:
    listed = [row for row in known.exceptions() if row["stream"] in measure.streams]
    return {"exceptions": [[row["stream"], row["row_key"], str(row.get("until_on"))] for row in listed]}


def _settled_until(known: Known, measure: Any) -> dt.date | None:
    """Return the last evidence day whose events are all surely past their limit: its sums never change."""
    if not isinstance(measure, ShareWithin):
        return None
    if measure.from_ != known.rulebook.streams[measure.stream].partition:
        return None
    return settled_until(known.rulebook.parameters[measure.limit.parameter], known.known_on)


def _is_until(day: Day, until: dt.date | None) -> bool:
    return day is not None and until is not None and day <= until


def _fill(known: Known, sheets: Sequence[_Sheet]) -> None:
    """Sum the files that are missing on some sheets, in the quickest way that each allows."""
    _fill_by_runs(known, sheets)
    _fill_by_queries(known, [sheet for sheet in sheets if sheet.missing])


def _fill_by_runs(known: Known, sheets: Sequence[_Sheet]) -> None:
    """Sum the settled days of those that can be summed by runs of rows."""
    wanted: dict[dt.date, list[_Sheet]] = {}
    for sheet in sheets:
        until = _settled_until(known, sheet.measure) if contiguous.can_sum(known, sheet.measure) else None
        for day in sheet.missing:
            if day is not None and _is_until(day, until):
                wanted.setdefault(day, []).append(sheet)
    summed = contiguous.sums(
        known, {day: [one.measure for one in several] for day, several in wanted.items()}
    )
    for day, tables in summed.items():
        for sheet in wanted[day]:
            sheet.fill(day, tables[sheet.measure.key], known.known_on)


def _fill_by_queries(known: Known, sheets: Sequence[_Sheet]) -> None:
    """Sum what is missing on some sheets; files with rows in doubt again with exact instants."""
    if not sheets:
        return
    stream = known.rulebook.streams[sheets[0].measure.stream]
    if stream.partition == "none":
        for key, table in _sums(known, sheets, None, placed=False).items():
            next(one for one in sheets if one.measure.key == key).fill(None, table, known.known_on)
        return
    missing = sorted({day for sheet in sheets for day in sheet.missing if day is not None})
    ends = [_settled_until(known, one.measure) for one in sheets]
    settled = {day for day in missing if all(_is_until(day, until) for until in ends)}
    alike = [[day for day in missing if (day in settled) is so] for so in (True, False)]
    readings = [one for days in alike if days for one in _readings(known, sheets, days)]
    summed = _added(*(_sums(known, several, days, placed=False) for several, days in readings))
    doubted = {key: _doubted(table) for key, table in summed.items()}
    doubtful = [sheet for sheet in sheets if doubted[sheet.measure.key]]
    exact: dict[str, pa.Table] = {}
    if doubtful:
        exact = _sums(known, doubtful, sorted(set.union(*doubted.values())), placed=True)
    for sheet in sheets:
        key = sheet.measure.key
        if sheet.shelf.folder is None and not doubted[key] and not sheet.found:
            # Nothing will be kept by file, so that there is nothing to cut.
            sheet.uncut = summed[key].drop([FILE])
            continue
        none = summed[key].slice(0, 0)
        parts, exacts = _by_file(summed[key]), _by_file(exact.get(key, none))
        for day in sheet.missing:
            table = exacts.get(day, none) if day in doubted[key] else parts.get(day, none)
            sheet.fill(day, table.drop([FILE]), known.known_on)


def _readings(
    known: Known, sheets: Sequence[_Sheet], days: list[dt.date]
) -> list[tuple[list[_Sheet], list[dt.date]]]:
    """Return which sheets are summed over which days. All over all, unless much would be summed in vain."""
    lacking: dict[tuple[bool, ...], list[dt.date]] = {}
    missing = [set(sheet.missing) for sheet in sheets]
    for day in days:
        lacking.setdefault(tuple(day in one for one in missing), []).append(day)
    files = known.snapshot.days(sheets[0].measure.stream)
    if sum(files[day].rows for which, some in lacking.items() if not all(which) for day in some) < MANY_ROWS:
        return [(list(sheets), days)]
    return [
        ([sheet for sheet, lacks in zip(sheets, which, strict=True) if lacks], some)
        for which, some in lacking.items()
    ]


def _added(*several: dict[str, pa.Table]) -> dict[str, pa.Table]:
    """Return the sums of each measure from readings of different days."""
    keys = dict.fromkeys(key for one in several for key in one)
    return {key: pa.concat_tables([one[key] for one in several if key in one]) for key in keys}


def _doubted(summed: pa.Table) -> set[dt.date]:
    if not pc.max(summed[counted.DOUBTFUL]).as_py():
        return set()
    return set(summed.filter(pc.greater(summed[counted.DOUBTFUL], 0))[FILE].to_pylist())


def _by_file(summed: pa.Table) -> dict[Day, pa.Table]:
    """Cut sums into those of each evidence file."""
    table = summed.sort_by(FILE)
    runs = pc.run_end_encode(table[FILE].combine_chunks())
    starts = [0, *runs.run_ends.to_pylist()]
    return {
        day: table.slice(start, end - start)
        for day, start, end in zip(runs.values.to_pylist(), starts, starts[1:], strict=False)
    }


def _sums(
    known: Known, sheets: Sequence[_Sheet], days: list[dt.date] | None, *, placed: bool
) -> dict[str, pa.Table]:
    """Return the sums of each measure by day, its groups and, where the stream is cut, evidence `file`."""
    measures = [sheet.measure for sheet in sheets]
    stream = known.rulebook.streams[measures[0].stream]
    file = None if stream.partition == "none" else f"{stream.partition}__day"
    if len(measures) == 1:
        rows, at = atoms(known, measures[0], days, placed=placed), measures[0].at
        summed = counted.collected(rows, f"{at}__day", measures[0].groups, file)
        return {measures[0].key: summed}
    return bundle.sums(known, measures, days, lambda rows, one: _of_rows(known, rows, one), placed=placed)


def _across(known: Known, measure: Any, span: Span) -> pa.Table:
    """Sum a measure that looks across days, or find it kept for the very same files."""
    used = [*measure.streams, *([EXCEPTIONS] if known.has(EXCEPTIONS) else [])]
    inputs = {
        f"{stream}/{day}": file.digest for stream in used for day, file in known.snapshot.days(stream).items()
    }
    shelf, rule = _shelf(known, measure), partials.rule(measure, known.rulebook, {"span": str(span)})
    name = partials.key(rule, inputs)
    kept = shelf.find(name, known.known_on)
    if kept is not None:
        shelf.use(name)
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
    return counted.collected(table, f"{measure.at}__day", measure.groups)
