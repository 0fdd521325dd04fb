"""What a file speaks for besides its own rows, written in words in its record and read back as numbers."""

from collections.abc import Iterable, Sequence

import pyarrow as pa

from tallystick.evidence.folding import NOTHING
from tallystick.evidence.labels import Labels
from tallystick.evidence.layout import Layout
from tallystick.evidence.submissions import Value

_UNHEARD = -2  # a word that no row has yet is the code of none of them, and not the lack of one either


def in_words(spoken: pa.Table, layout: Layout, labels: Labels) -> tuple[tuple[Value, ...], ...]:
    """Return the rows of a comparable table with labels as words: instants and days stay numbers."""
    columns = [
        [_in_words(value, labels.of(name) if name in layout.labelled else ()) for value in column.to_pylist()]
        for name, column in zip(spoken.column_names, spoken.columns, strict=True)
    ]
    return tuple(zip(*columns, strict=True))


def as_table(
    names: Sequence[str], spoken: Iterable[Sequence[Value]], layout: Layout, labels: Labels
) -> pa.Table:
    """Return a comparable table of what a record speaks for."""
    columns = list(zip(*spoken, strict=True)) or [()] * len(names)
    return pa.table(
        {name: _as_numbers(values, name, layout, labels) for name, values in zip(names, columns, strict=True)}
    )


def _in_words(value: Value, words: Sequence[str]) -> Value:
    if value is None or value == NOTHING:
        return None
    return words[value] if words and isinstance(value, int) else value


def _as_numbers(values: Sequence[Value], name: str, layout: Layout, labels: Labels) -> pa.Array:
    if layout.columns[name] == "id":
        return pa.array(values, pa.string())
    if name in layout.labelled:
        codes = labels.codes(name)
        values = [None if word is None else codes.get(str(word), _UNHEARD) for word in values]
    return pa.array([NOTHING if value is None else value for value in values], pa.int64())
