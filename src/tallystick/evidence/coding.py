"""From typed rows to the store's two tables: codes and offsets for measures, ids beside them.

`encoded` rows are typed rows whose labels are places in a running list of words; `coded` rows carry final
codes, offsets and civil days in one wide table; `halves` cuts that into the main and the side file.
"""

from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tallystick.evidence.civil_days import civil_days
from tallystick.evidence.labels import Labels
from tallystick.evidence.layout import DAY_SUFFIX, FILE_ROW, ROW, SUBMISSION, Layout
from tallystick.evidence.ordering import arranged
from tallystick.evidence.values import base, whole
from tallystick.rulebook.code import Code
from tallystick.rulebook.streams import Stream

ABSENT = -1


class Vocabulary:
    """The words met so far in each labelled column, in the order they were met."""

    def __init__(self, layout: Layout) -> None:
        self.words: dict[str, dict[str, int]] = {name: {} for name in layout.labelled}

    def encode(self, typed: pa.RecordBatch) -> pa.RecordBatch:
        """Return the rows with each label as its place in the words; no label is -1."""
        columns = dict(zip(typed.schema.names, typed.columns, strict=True))
        for name, words in self.words.items():
            said = pc.dictionary_encode(columns[name])
            places = np.array(
                [words.setdefault(word, len(words)) for word in said.dictionary.to_pylist()] or [ABSENT],
                np.int32,
            )
            indices = pc.fill_null(said.indices, 0).to_numpy(zero_copy_only=False)
            place = places[indices]
            if said.null_count:
                place[said.is_null().to_numpy(zero_copy_only=False)] = ABSENT
            columns[name] = pa.array(place)
        return pa.RecordBatch.from_pydict(columns)

    def codes(self, labels: Labels) -> dict[str, npt.NDArray[np.int32]]:
        """Return, for each column, the code of every place, and last that of no label."""
        return {
            name: np.array([*(labels.codes(name)[word] for word in words), ABSENT], np.int32)
            for name, words in self.words.items()
        }


def learned(tables: Iterable[pa.Table], layout: Layout, known: Labels) -> Labels:
    """Return the labels after hearing those of some typed rows."""
    said: dict[str, set[str]] = {name: set() for name in layout.labelled}
    for table in tables:
        for name, words in said.items():
            words.update(word for word in pc.unique(table[name]).to_pylist() if word is not None)
    return known.learning(said)


def code_rows(
    typed: pa.Table, stream: Stream, code: Code, labels: Labels, submission: str = ""
) -> tuple[pa.Table, pa.Table]:
    """Return the main and the side table of typed rows, as the store would keep them.

    The labels must know every label of the rows: see `learned`.
    """
    layout = Layout.of(stream)
    vocabulary = Vocabulary(layout)
    batches = [vocabulary.encode(batch) for batch in typed.cast(layout.typed()).to_batches()]
    encoded = pa.Table.from_batches(batches, schema=encoded_schema(layout))
    return halves(
        arranged(coded(encoded, layout, code.zone, vocabulary.codes(labels), submission), layout), layout
    )


def encoded_schema(layout: Layout) -> pa.Schema:
    """Return the schema of rows whose labels are numbers."""
    labelled = set(layout.labelled)
    return pa.schema(
        [(field.name, pa.int32() if field.name in labelled else field.type) for field in layout.typed()]
    )


def coded(
    encoded: pa.Table,
    layout: Layout,
    zone: ZoneInfo,
    codes: Mapping[str, npt.NDArray[np.int32]],
    submission: str,
) -> pa.Table:
    """Return the rows with final codes, offsets and civil days, in the order they came."""
    encoded = encoded.combine_chunks()
    columns: dict[str, pa.Array] = {}
    start = base(encoded, layout)
    for name, kind in layout.columns.items():
        column = encoded[name]
        if kind in ("text", "enum"):
            code = codes[name][column.to_numpy()]
            columns[name] = pa.array(code, mask=(code < 0) if code.min(initial=0) < 0 else None)
        elif kind == "instant":
            values, absent = whole(column)
            days = pa.array(civil_days(values, zone), mask=absent).cast(pa.date32())
            columns[name] = column if name == layout.partition else pa.array(values - start, mask=absent)
            columns[name + DAY_SUFFIX] = days
        else:
            columns[name] = column
            if kind == "day":
                columns[name + DAY_SUFFIX] = column
    columns[SUBMISSION] = pa.DictionaryArray.from_arrays(
        pa.array(np.zeros(len(encoded), np.int32)), pa.array([submission])
    )
    columns[FILE_ROW] = encoded[FILE_ROW]
    return pa.table(columns)


def halves(rows: pa.Table, layout: Layout) -> tuple[pa.Table, pa.Table]:
    """Cut coded rows, already in order, into the main and the side table, both numbered from 0."""
    numbered = rows.append_column(ROW, pa.array(np.arange(len(rows), dtype=np.int32)))
    main, beside = (numbered.select(one.names).cast(one) for one in (layout.main(), layout.beside()))
    return main, beside
