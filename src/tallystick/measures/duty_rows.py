"""What starts duties and what discharges them, read by evidence file: as the files lie, or by the engine."""

from collections.abc import Collection
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tallystick.evidence.civil_days import EPOCH, Day
from tallystick.evidence.layout import DAY_SUFFIX, ROW
from tallystick.measures.first_after import NO_DAY
from tallystick.measures.follows_within import RESPONSE, RESPONSE_DAY, TRIGGER, answering, triggering
from tallystick.measures.in_place import Wanted, can_be_read, picked
from tallystick.measures.known import Known
from tallystick.measures.source import Source
from tallystick.rulebook.measures import FollowsWithin
from tallystick.rulebook.streams import Stream

FILE = "file__"
ByDay = dict[Day, pa.Table]


class DutyRows:
    """Reads the rows of one measure.

    Triggers have their row, their key and `trigger__`; responses the key under their own names, `response__`
    and `response__day`.
    """

    def __init__(self, known: Known, measure: FollowsWithin) -> None:
        self._known = known
        self._measure = measure
        self._triggers = known.rulebook.streams[measure.stream]
        self._responses = known.rulebook.streams[measure.response.stream]

    @property
    def in_place(self) -> bool:
        """Whether both sides can be read as their files lie."""
        return can_be_read(self._triggers) and can_be_read(self._responses)

    def triggered(self, days: Collection[Day]) -> ByDay:
        """Return the rows of evidence files that start a duty."""
        if can_be_read(self._triggers):
            return self._picked(self._triggers, self._starting(days))[0]
        mine = triggering(self._placed(self._triggers, days), self._measure)
        return _by_day(mine, [ROW, *self._measure.match, TRIGGER], days, [ROW])

    def answered(self, days: Collection[Day]) -> ByDay:
        """Return the rows of evidence files that discharge a duty, those without an instant left out."""
        if can_be_read(self._responses):
            return self._renamed(self._picked(self._responses, self._ending(days))[0])
        theirs = answering(self._placed(self._responses, days), self._measure)
        there = theirs.over(theirs.table.filter(theirs.table[RESPONSE].notnull()))
        columns = [*dict.fromkeys(self._measure.match.values()), RESPONSE, RESPONSE_DAY]
        return _by_day(there, columns, days, [RESPONSE, *columns[:-2]])

    def both(self, days: Collection[Day], answers: Collection[Day]) -> tuple[ByDay, ByDay]:
        """Return triggers, with all that is counted of them, and responses; each file is read once."""
        mine, theirs = self._starting(days, self.counted), self._ending(answers)
        if self._triggers is self._responses:
            starting, ending = self._picked(self._triggers, mine, theirs)
        else:
            (starting,) = self._picked(self._triggers, mine)
            (ending,) = self._picked(self._responses, theirs)
        return starting, self._renamed(ending)

    @property
    def counted(self) -> tuple[str, ...]:
        """The columns by which duties are counted and their limits found."""
        measure, cut = self._measure, _cut(self._triggers)
        days = [measure.at + DAY_SUFFIX, *([cut] if cut else [])]
        return tuple(dict.fromkeys([*measure.groups, *measure.limit.by, *days]))

    def counted_of(self, days: Collection[Day]) -> ByDay:
        """Return the row of each trigger and what is counted of it, in the order of `triggered`."""
        wanted = Wanted(days, self._measure.where, (ROW, *self.counted), {})
        return self._picked(self._triggers, wanted)[0]

    def _starting(self, days: Collection[Day], columns: tuple[str, ...] = ()) -> Wanted:
        names = tuple(dict.fromkeys([ROW, *self._measure.match, *columns]))
        return Wanted(days, self._measure.where, names, {TRIGGER: self._measure.at})

    def _ending(self, days: Collection[Day]) -> Wanted:
        answer = self._measure.response
        names = tuple(dict.fromkeys([*self._measure.match.values(), answer.at + DAY_SUFFIX]))
        return Wanted(days, answer.where, names, {RESPONSE: answer.at})

    def _renamed(self, found: ByDay) -> ByDay:
        """Return responses that have an instant, with their day under its name."""
        columns = [*dict.fromkeys(self._measure.match.values())]
        day = self._measure.response.at + DAY_SUFFIX
        renamed = {}
        for file, table in found.items():
            told = table.select([*columns, RESPONSE]).append_column(RESPONSE_DAY, table[day])
            renamed[file] = told.filter(pc.is_valid(told[RESPONSE])) if told[RESPONSE].null_count else told
        return renamed

    def _picked(self, stream: Stream, *wanted: Wanted) -> list[ByDay]:
        return picked(self._known.snapshot, stream, wanted)

    def _placed(self, stream: Stream, days: Collection[Day]) -> Source:
        divided = [day for day in days if day is not None]
        return self._known.source(stream.key, divided or None, placed=True)


def _by_day(rows: Source, columns: list[str], days: Collection[Day], order: list[str]) -> ByDay:
    """Fetch columns of rows, in order, a table for each evidence file."""
    cut = _cut(rows.stream)
    taken: dict[str, Any] = {} if cut is None else {FILE: rows.table[cut]}
    table = rows.table.select(*columns, **taken).to_pyarrow()
    table = table.sort_by([(name, "ascending") for name in (*taken, *order)])
    if cut is None:
        return {None: table}
    numbers = table[FILE].cast(pa.int32()).to_numpy()
    bare, found = table.drop([FILE]), {}
    for day in days:
        start, end = (int(np.searchsorted(numbers, number(day), side)) for side in ("left", "right"))
        found[day] = bare.slice(start, end - start)
    return found


def number(day: Day) -> int:
    return NO_DAY if day is None else (day - EPOCH).days


def _cut(stream: Stream) -> str | None:
    """Return the column that says in which evidence file a row stands."""
    return None if stream.partition == "none" else f"{stream.partition}{DAY_SUFFIX}"
