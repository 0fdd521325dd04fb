"""A column of text becomes a column of its type, and says which of its cells could not."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tallystick.evidence.blocks import Flaw, Traits
from tallystick.evidence.cells import ALTERED, HIDDEN, judged
from tallystick.evidence.civil_time import CivilTime, Mask, Micros
from tallystick.evidence.instants import Times, days, instants
from tallystick.evidence.letters import letters
from tallystick.evidence.limits import LONGEST_ID, LONGEST_TEXT
from tallystick.evidence.plan import ColumnPlan

EDGES = " \t\u00a0\u3000"
SAFE_DIGITS = 18
SPACES = frozenset({ord(" "), ord("\t")})

TYPES: dict[str, pa.DataType] = {
    "id": pa.string(),
    "text": pa.string(),
    "enum": pa.string(),
    "count": pa.int64(),
    "day": pa.date32(),
    "instant": pa.timestamp("us", tz="UTC"),
}

Typed = tuple[pa.Array, list[Flaw]]


def tidied(column: pa.Array, traits: Traits) -> pa.Array:
    """Return the cells without surrounding spaces, in composed form (NFC), and null where nothing is left.

    An apostrophe before =, +, - or @ is a spreadsheet's mark of plain text, and our own in files that go
    back to their sender; it is no part of the value.
    """
    tidy = column
    if traits.controls or traits.wide or (traits.spaces and _has_edges(column)):
        tidy = pc.utf8_trim(tidy, characters=EDGES)
    if traits.apostrophes:
        tidy = pc.replace_substring_regex(tidy, r"^'([=+\-@])", r"\1")
    if traits.wide:
        tidy = pc.utf8_normalize(tidy, form="NFC")
    if tidy is column and not (traits.controls or traits.wide):
        return column
    return pc.if_else(pc.equal(tidy, ""), pa.scalar(None, pa.string()), tidy)


def typed(plan: ColumnPlan, column: pa.Array, traits: Traits, civil: CivilTime) -> Typed:
    """Return the typed column of cells that were tidied; what is refused is null in it."""
    return _READERS[plan.type](plan, column, traits, civil)


def _instant(plan: ColumnPlan, column: pa.Array, _: Traits, civil: CivilTime) -> Typed:
    times = instants(column, civil)
    times.done[times.repeated | times.missing] = False
    return _numbers(plan, column, times, civil)


def _day(plan: ColumnPlan, column: pa.Array, _: Traits, civil: CivilTime) -> Typed:
    return _numbers(plan, column, days(column), civil)


def _numbers(plan: ColumnPlan, column: pa.Array, times: Times, civil: CivilTime) -> Typed:
    """Return times as a typed column, after judging alone the cells that were left undone."""
    empty = ~times.done
    flaws = []
    for place in _places(plan, column, empty):
        cell = judged(column[place].as_py(), plan, civil)
        if isinstance(cell.value, int):
            times.values[place] = cell.value
            empty[place] = False
        if cell.state:
            flaws.append(Flaw(place, plan.name, cell.state, cell.what, cell.expected))
    return _array(plan, times.values, empty), flaws


def _count(plan: ColumnPlan, column: pa.Array, _: Traits, civil: CivilTime) -> Typed:
    plain = pc.fill_null(pc.ascii_is_decimal(column), fill_value=False)
    short = pc.fill_null(pc.less_equal(pc.binary_length(column), SAFE_DIGITS), fill_value=False)
    done = pc.and_(plain, short)
    values = pc.if_else(done, column, pa.scalar("0")).cast(pa.int64()).to_numpy(zero_copy_only=False).copy()
    none = np.zeros(len(column), np.bool_)
    good = done.to_numpy(zero_copy_only=False).copy()
    return _numbers(plan, column, Times(values, good, none, none), civil)


def _enum(plan: ColumnPlan, column: pa.Array, _: Traits, civil: CivilTime) -> Typed:
    known = pc.is_valid(pc.index_in(column, value_set=pa.array(plan.values, pa.string())))
    return _kept(plan, column, pc.invert(known), civil)


def _id(plan: ColumnPlan, column: pa.Array, traits: Traits, civil: CivilTime) -> Typed:
    doubtful = _doubtful(column, traits, LONGEST_ID)
    if traits.exponents:
        doubtful = pc.or_(doubtful, pc.match_substring_regex(column, ALTERED))
    return _kept(plan, column, pc.fill_null(doubtful, fill_value=True), civil)


def _text(plan: ColumnPlan, column: pa.Array, traits: Traits, civil: CivilTime) -> Typed:
    doubtful = _doubtful(column, traits, LONGEST_TEXT)
    return _kept(plan, column, pc.fill_null(doubtful, fill_value=True), civil)


def _doubtful(column: pa.Array, traits: Traits, longest: int) -> pa.Array:
    """Return where a word has to be judged alone: it is long, or holds what may not be seen."""
    doubtful = pc.greater(pc.binary_length(column), longest)
    if traits.wide or traits.controls:
        doubtful = pc.or_(doubtful, pc.match_substring_regex(column, HIDDEN))
    return doubtful


def _kept(plan: ColumnPlan, column: pa.Array, doubtful: pa.Array, civil: CivilTime) -> Typed:
    """Return the words as they are, after judging alone the doubtful ones."""
    flaws = []
    for place in _places(plan, column, doubtful.to_numpy(zero_copy_only=False)):
        cell = judged(column[place].as_py(), plan, civil)
        if cell.state:
            flaws.append(Flaw(place, plan.name, cell.state, cell.what, cell.expected))
    if not flaws:
        return column, flaws
    wrong = np.zeros(len(column), np.bool_)
    wrong[[flaw.place for flaw in flaws if flaw.state == "refused"]] = True
    return pc.if_else(pa.array(wrong), pa.scalar(None, pa.string()), column), flaws


def _places(plan: ColumnPlan, column: pa.Array, doubtful: Mask) -> list[int]:
    """Return the positions to judge alone. An empty cell is one of them only where a value is required."""
    if not plan.required and column.null_count:
        doubtful = doubtful & column.is_valid().to_numpy(zero_copy_only=False)
    places: list[int] = np.flatnonzero(doubtful).tolist()
    return places


def _array(plan: ColumnPlan, values: Micros, empty: Mask) -> pa.Array:
    if plan.type == "day":
        return pa.array(values.astype(np.int32), pa.int32(), mask=empty).cast(pa.date32())
    return pa.array(values, pa.int64(), mask=empty).cast(TYPES[plan.type])


def _has_edges(column: pa.Array) -> bool:
    """Tell whether any cell starts or ends with a space."""
    cells = letters(column)
    filled = cells.lengths > 0
    if not filled.any():
        return False
    first, last = cells.data[cells.starts[filled]], cells.data[cells.ends[filled] - 1]
    return any(bool((first == space).any() or (last == space).any()) for space in SPACES)


_READERS: dict[str, Callable[[ColumnPlan, pa.Array, Traits, CivilTime], Typed]] = {
    "instant": _instant,
    "day": _day,
    "count": _count,
    "enum": _enum,
    "id": _id,
    "text": _text,
}
