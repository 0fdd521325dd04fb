"""Logs of events opened for their cases: CSV with one line an event, and XES."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
from lxml import etree

from tallystick.evidence.blocks import UNKNOWN, Block, Pending
from tallystick.evidence.cases import Cases, Events
from tallystick.evidence.civil_time import CivilTime
from tallystick.evidence.columns import tidied
from tallystick.evidence.csv_rows import CsvSource
from tallystick.evidence.key_hashes import Hashes, key_hashes
from tallystick.evidence.plan import LogPlan, Plan
from tallystick.evidence.refusals import UnableToRead, quoted
from tallystick.evidence.unpacking import content
from tallystick.evidence.xml_text import WatchedXml

CASE = "case:"  # how CSV made of XES names the attributes of a case
VALUES = frozenset({"string", "date", "int", "float", "boolean", "id"})


class LogSource:
    """A log, whose rows are its cases."""

    sheet = ""

    def __init__(self, events: Events, plan: Plan, log: LogPlan, notes: list[str]) -> None:
        self._cases = Cases(events, plan, log, CivilTime(ZoneInfo(plan.time_zone)))
        self.header = plan.names
        self.notes = [*notes, *self._cases.notes]

    def pending(self) -> Iterator[Pending]:
        return self._cases.pending()

    def done(self) -> int | None:
        return None


def needed_attributes(log: LogPlan) -> tuple[str, ...]:
    """Return the attributes that a row is made of, those of cases as they are named beside events."""
    named = [log.case, log.at]
    for take in log.takes:
        named += [take.attribute, *(name for name, _ in take.where)]
    return tuple(dict.fromkeys(named))


def csv_events(source: CsvSource, log: LogPlan) -> Events:
    """Return the events of a CSV file.

    :raises UnableToRead: at a row that is no event of any case
    """
    needed = [name for name in needed_attributes(log) if name in source.header]
    kept: dict[str, list[pa.Array]] = {name: [] for name in needed}
    rows, hashes = [], []
    for pending in source.pending():
        block = pending.make()
        _refuse_ragged(block)
        columns = {name: tidied(block.texts[name], block.traits) for name in source.header}
        for name in needed:
            kept[name].append(columns[name])
        rows.append(block.rows)
        hashes.append(key_hashes(columns.values(), len(block.rows)))
    columns = {name: pa.concat_arrays([*pieces, _EMPTY]) for name, pieces in kept.items()}
    numbers = np.concatenate([*rows, np.zeros(0, np.int64)])
    case = columns[log.case]
    if case.null_count:
        row = int(numbers[np.flatnonzero(case.is_null().to_numpy(zero_copy_only=False))[0]])
        raise UnableToRead(f"Row {row:,}, column {log.case}: the cell is empty. Every event names its case.")
    codes = case.dictionary_encode().indices.to_numpy(zero_copy_only=False).astype(np.int64)
    _, first = np.unique(codes, return_index=True)
    alike = np.concatenate([*hashes, np.zeros(0, np.uint64)])
    return Events(codes, numbers[first], columns[log.at], columns, {}, alike)


def xes_events(file: BinaryIO, plan: Plan, log: LogPlan) -> Events:
    """Return the events of an XES log; attributes that stand inside others are passed over.

    :raises UnableToRead: if it is not XML of that kind
    """
    reader = _XesReader(log)
    packed = plan.format.endswith(".gz")
    watched = WatchedXml(content(file, packed=packed, most=plan.limits.log_bytes))
    try:
        traces = etree.iterparse(
            watched, tag="{*}trace", resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False
        )
        for _, element in traces:
            reader.take(element)
        reader.check(traces.root)
    except etree.XMLSyntaxError as error:
        raise UnableToRead(
            f"Line {error.lineno or 1:,}: the XML is damaged or ends too early. Export the log again."
        ) from None
    return reader.events()


class _XesReader:
    """Gathers events as their traces end, so that no more than one trace is held as XML."""

    def __init__(self, log: LogPlan) -> None:
        self._log = log
        self._case: list[int] = []
        self._cases = 0
        self._columns: dict[str, list[str | None]] = {name: [] for name in needed_attributes(log)}
        self._of_case: dict[str, list[str | None]] = {
            take.attribute: [] for take in log.takes if take.of == "case"
        }
        self._of_case.setdefault(log.case, [])
        self._alike: list[int] = []

    def take(self, element: etree._Element) -> None:
        """Take in a trace, and let go of its XML."""
        parent = element.getparent()
        if parent is not None and parent.getparent() is None:
            self._trace(element)
            element.clear()
            parent.remove(element)

    def check(self, root: etree._Element) -> None:
        if _local(root.tag) != "log":
            raise UnableToRead(f"The XML holds {quoted(_local(root.tag))}, not a log. Export the log as XES.")

    def _trace(self, trace: etree._Element) -> None:
        given = _attributes(trace)
        for name, cells in self._of_case.items():
            cells.append(given.get(name, given.get(name.removeprefix(CASE))))
        for element in trace:
            if _local(element.tag) != "event":
                continue
            values = _attributes(element)
            self._case.append(self._cases)
            for name, column in self._columns.items():
                column.append(values.get(name))
            self._alike.append(hash((self._cases, tuple(sorted(values.items())))))
        self._cases += 1

    def events(self) -> Events:
        columns = {name: _text(cells) for name, cells in self._columns.items()}
        of_case = {name: _text(cells) for name, cells in self._of_case.items()}
        alike: Hashes = np.array(self._alike, np.int64).view(np.uint64)
        kept = {name: column for name, column in columns.items() if name not in of_case or _any(column)}
        rows = np.arange(1, self._cases + 1, dtype=np.int64)
        case = np.array(self._case, np.int64)
        return Events(case, rows, columns[self._log.at], kept, of_case, alike)


def _attributes(element: etree._Element) -> dict[str, str]:
    """Return the attributes that stand directly in an element, empty ones left out."""
    found = {}
    for child in element:
        if _local(child.tag) in VALUES:
            value = child.get("value")
            if value:
                found[child.get("key", "")] = value
    return found


def _refuse_ragged(block: Block) -> None:
    if block.ragged:
        wrong = block.ragged[0]
        raise UnableToRead(f"Row {wrong.row:,}: {wrong.what}; expected {wrong.expected}.")


def _any(column: pa.Array) -> bool:
    return bool(column.null_count < len(column))


def _text(cells: list[str | None]) -> pa.Array:
    return tidied(pa.array(cells, pa.string()), UNKNOWN)


@lru_cache(maxsize=1000)
def _local(tag: Any) -> str:
    """Return a tag without its namespace; that of a comment is no text."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


_EMPTY = pa.array([], pa.string())
