"""Several measures of one stream, summed in one reading of its files.

Measures that say the same but for their conditions (one rule for each of three providers) are one *core*.
The rows are summed once for all cores, by the columns that any of the measures is grouped by or chooses
labels of, and then down to each measure's own groups: sums are whole numbers, so nothing is lost on the way.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from ibis import Table

from tallystick.measures.counted import ADDED, CHANGES_ON, FILE, is_nought, total
from tallystick.measures.known import Known
from tallystick.measures.source import DAY, Source
from tallystick.rulebook.measures import AtLeastAtMost, Where

Atoms = Callable[[Source, Any], Table]

COUNT = "rows"
_OF_A_CORE = {"kind", "from_", "to", "limit", "numerator", "denominator", "sum"}


@dataclass(frozen=True)
class _Core:
    """What measures have in common: the rule of one of them, on rows that meet `where`."""

    measure: Any
    where: Where
    number: int

    def within(self, source: Source, atoms: Atoms) -> Table:
        """Return the rows with what each adds, under names of the core's own."""
        met = {f"met__{self.number}": source.meets(self.where)} if self.where else {}
        rows = source.table.mutate(**met) if met else source.table
        added = atoms(source.over(rows), self.measure)
        own = {f"{name}__{self.number}": added[f"{name}__"] for name in (*ADDED, CHANGES_ON)}
        return added.select(*rows.columns, **own)

    def sums(self, rows: Table) -> dict[str, Any]:
        """Return the sums over the rows that count; where not all do, also how many."""
        met = rows[f"met__{self.number}"] if self.where else None
        names = {name: f"{name}__{self.number}" for name in (*ADDED, CHANGES_ON, COUNT)}
        counts = [names[name] for name in ADDED if not is_nought(rows, names[name])]
        found = {name: total(rows, name, met) for name in counts}
        if not is_nought(rows, names[CHANGES_ON]):
            found[names[CHANGES_ON]] = rows[names[CHANGES_ON]].min(where=met)
        return found if met is None else {**found, names[COUNT]: met.sum().fill_null(0).cast("int64")}


def _with_noughts(summed: pa.Table, number: int) -> pa.Table:
    """Return the sums with the columns that were nought in every row, and so never summed."""
    rows = len(summed)
    for name in ADDED:
        if f"{name}__{number}" not in summed.column_names:
            summed = summed.append_column(f"{name}__{number}", pa.array(np.zeros(rows, np.int64)))
    if f"{CHANGES_ON}__{number}" not in summed.column_names:
        summed = summed.append_column(f"{CHANGES_ON}__{number}", pa.nulls(rows, pa.date32()))
    return summed


@dataclass(frozen=True)
class _Taken:
    """A measure, its core, and the labels by which its groups are chosen afterwards."""

    measure: Any
    core: _Core
    chosen: Mapping[str, tuple[str, ...]]

    def own(self, summed: pa.Table, source: Source, by: list[str]) -> pa.Table:
        """Return the measure's sums by its own columns."""
        for column, labels in self.chosen.items():
            codes = [source.code(column, label) for label in labels]
            known = pa.array([code for code in codes if code is not None], pa.int32())
            summed = summed.filter(pc.is_in(summed[column], known))
        number = self.core.number
        summed = _with_noughts(summed, number)
        if self.core.where:
            summed = summed.filter(pc.greater(summed[f"{COUNT}__{number}"], 0))
        added = [(f"{name}__{number}", "sum") for name in ADDED] + [(f"{CHANGES_ON}__{number}", "min")]
        grouped = summed.group_by(by).aggregate(added)
        columns = {name: grouped[name] for name in by}
        columns |= {name: grouped[f"{name}__{number}_sum"] for name in ADDED}
        return pa.table({**columns, CHANGES_ON: grouped[f"{CHANGES_ON}__{number}_min"]})


def sums(
    known: Known, measures: Sequence[Any], days: list[dt.date] | None, atoms: Atoms, *, placed: bool
) -> dict[str, pa.Table]:
    """Return the sums of each measure by day, its groups and, where the stream is cut, evidence `file`.

    The measures are of one stream and one `at`. `atoms` returns what each row of a source adds to a measure.
    """
    source = known.source(measures[0].stream, days, placed=placed)
    taken = _taken(source, measures)
    cores = {one.core.number: one.core for one in taken}
    rows = source.table
    for core in cores.values():
        rows = core.within(source.over(rows), atoms)
    cut = source.stream.partition
    file = {} if cut == "none" else {FILE: rows[f"{cut}__day"]}
    shared = dict.fromkeys(name for one in taken for name in (*one.measure.groups, *one.chosen))
    told = rows.mutate(**{DAY: rows[f"{measures[0].at}__day"]}, **file)
    added = {name: column for core in cores.values() for name, column in core.sums(told).items()}
    summed = told.group_by(DAY, *shared, *file).aggregate(**added).to_pyarrow()
    return {one.measure.key: one.own(summed, source, [DAY, *one.measure.groups, *file]) for one in taken}


def _taken(source: Source, measures: Sequence[Any]) -> list[_Taken]:
    """Return the measures by core. Labels that groups are told by anyway, or few, are chosen afterwards."""
    shared = {name for measure in measures for name in measure.groups}
    cores: dict[str, _Core] = {}
    found = []
    for measure in measures:
        chosen = {
            name: condition
            for name, condition in measure.where.items()
            if not isinstance(condition, AtLeastAtMost)
            and (name in shared or source.stream.columns[name].type == "enum")
        }
        rest = {name: condition for name, condition in measure.where.items() if name not in chosen}
        said = measure.model_copy(update={"where": rest}).model_dump_json(include=_OF_A_CORE | {"where"})
        core = _Core(measure.model_copy(update={"where": {}}), rest, len(cores))
        found.append(_Taken(measure, cores.setdefault(said, core), chosen))
    return found
