"""One row a case, made of its events.

A log tells what happened, event by event; a stream wants what became of each case. Events are taken in the
order of their times, those of the same moment in the order of the file. What looks wrong in the log is
counted and told, never mended.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tallystick.evidence.blocks import UNKNOWN, Block, Flaw, Pending, Rows
from tallystick.evidence.cells import INSTANT_FORM, instant
from tallystick.evidence.civil_time import CivilTime, Mask
from tallystick.evidence.instants import instants
from tallystick.evidence.key_hashes import Hashes
from tallystick.evidence.plan import LogPlan, Plan, TakePlan
from tallystick.evidence.refusals import counted

BATCH = 50_000


@dataclass(frozen=True)
class Events:
    """The events of a log in the order of the file.

    `case` numbers the case of each event from 0, in the order in which cases first stand in the file; `rows`
    is the row of each case. Attributes are text, tidied. `of_case` holds the attributes of the cases
    themselves. `hashes` has the same number for events that are alike in everything.
    """

    case: npt.NDArray[np.int64]
    rows: Rows
    at: pa.Array
    attributes: dict[str, pa.Array]
    of_case: dict[str, pa.Array]
    hashes: Hashes


class Cases:
    """The rows that the events of a log make, and what was noticed on the way."""

    def __init__(self, events: Events, plan: Plan, log: LogPlan, civil: CivilTime) -> None:
        self._events = events
        self._plan = plan
        self._civil = civil
        self._flaws: list[Flaw] = []
        at = self._times(log)
        self._order = np.lexsort((at, events.case))
        takes = {take.column: take for take in log.takes}
        self._texts = {
            column.name: self._taken(takes[column.name]) if column.name in takes else self._empty()
            for column in plan.columns
        }
        self.notes = list(self._noticed(at, log))

    def pending(self) -> Iterator[Pending]:
        rows = self._events.rows
        for start in range(0, len(rows), BATCH):
            end = min(start + BATCH, len(rows))
            yield Pending(int(rows[start]), int(rows[end - 1]) + 1, partial(self._block, start, end))

    def _block(self, start: int, end: int) -> Block:
        flaws = [
            Flaw(flaw.place - start, flaw.column, flaw.state, flaw.what, flaw.expected)
            for flaw in self._flaws
            if start <= flaw.place < end
        ]
        texts = {name: column.slice(start, end - start) for name, column in self._texts.items()}
        return Block(self._events.rows[start:end], texts, UNKNOWN, (), tuple(flaws))

    def _times(self, log: LogPlan) -> npt.NDArray[np.int64]:
        """Return when each event happened; a case with an event at no clear time is refused or held."""
        times = instants(self._events.at, self._civil)
        for place in np.flatnonzero(~times.done | times.repeated | times.missing).tolist():
            text = self._events.at[place].as_py()
            case = int(self._events.case[place])
            cell = instant(text or "", self._civil)
            if isinstance(cell.value, int):
                times.values[place] = cell.value
            if cell.state:
                what = f"an event of the case: {cell.what}" if text else "an event of the case has no time"
                self._flaws.append(Flaw(case, log.at, cell.state, what, cell.expected or INSTANT_FORM))
        return times.values

    def _taken(self, take: TakePlan) -> pa.Array:
        """Return the column that the take describes, one cell a case."""
        if take.of == "case" and take.attribute in self._events.of_case:
            column = self._events.of_case[take.attribute]
        else:
            column = self._from_events(take)
        if take.empty:
            words = pa.array(take.empty, pa.string())
            column = pc.if_else(pc.is_in(column, value_set=words), pa.scalar(None, pa.string()), column)
        return column

    def _from_events(self, take: TakePlan) -> pa.Array:
        """Return the attribute of the first or last event that matches; of any, where it is the case's."""
        events = self._events
        attribute = events.attributes.get(take.attribute)
        if attribute is None:
            return self._empty()
        chosen = self._order[self._matching(take, attribute)[self._order]]
        cases = events.case[chosen]
        edge = np.flatnonzero(np.diff(cases, append=-1) if take.of == "last" else np.diff(cases, prepend=-1))
        places = np.full(len(events.rows), -1, np.int64)
        places[cases[edge]] = chosen[edge]
        return attribute.take(pa.array(places, mask=places < 0))

    def _matching(self, take: TakePlan, attribute: pa.Array) -> Mask:
        match = np.ones(len(self._events.case), np.bool_)
        if take.of == "case":
            match &= _there(attribute)
        for name, words in take.where:
            column = self._events.attributes.get(name)
            if column is None:
                return np.zeros(len(match), np.bool_)
            found = pc.is_in(column, value_set=pa.array(words, pa.string()))
            match &= found.to_numpy(zero_copy_only=False)
        return match

    def _noticed(self, at: npt.NDArray[np.int64], log: LogPlan) -> Iterator[str]:
        events = self._events
        cases = len(events.rows)
        yield f"The log holds {counted(len(events.case), 'event')} of {counted(cases, 'case')}."
        backwards = _backwards(events.case, at)
        if backwards:
            yield f"Out of order in the file, behind later ones: {counted(backwards, 'event')}."
        alike = len(events.hashes) - len(np.unique(events.hashes))
        if alike:
            yield f"Repeated in every attribute, and read as they stand: {counted(alike, 'event')}."
        for take in log.takes:
            lacking = self._texts[take.column].null_count if take.column in self._texts else 0
            if lacking:
                yield f"{lacking:,} of {counted(cases, 'case')} have no {take.column}{_reason(take)}."
        for name, column in sorted(events.attributes.items()):
            if column.null_count:
                yield f"The attribute {name} is empty in {counted(column.null_count, 'event')}."

    def _empty(self) -> pa.Array:
        return pa.nulls(len(self._events.rows), pa.string())


def _backwards(case: npt.NDArray[np.int64], at: npt.NDArray[np.int64]) -> int:
    """Return how many events are earlier than the one of their case that stands before them in the file."""
    order = np.argsort(case, kind="stable")
    same = case[order][1:] == case[order][:-1]
    return int(np.count_nonzero(same & (np.diff(at[order]) < 0)))


def _reason(take: TakePlan) -> str:
    if not take.where:
        return ""
    said = " and ".join(f"{name} {' or '.join(words)}" for name, words in take.where)
    return f": no event with {said}, or an empty one"


def _there(column: pa.Array) -> Mask:
    there: Mask = column.is_valid().to_numpy(zero_copy_only=False)
    return there
