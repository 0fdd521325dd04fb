"""A day's rows on disk: a main file for measures and a side file for ids, always written together."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tallystick.evidence.coding import halves
from tallystick.evidence.layout import ROW, SUBMISSION, Layout

ROW_GROUP = 1 << 20
DIGEST = 16
_LEVEL = 3


@dataclass(frozen=True)
class Pair:
    """What is known of a pair without opening it. `main` and `beside` are the SHA-256 of the two files."""

    digest: str
    rows: int
    main: str
    beside: str

    @classmethod
    def from_json(cls, value: Sequence[Any]) -> "Pair":
        return cls(*value)

    def as_json(self) -> list[Any]:
        return [self.digest, self.rows, self.main, self.beside]


@dataclass(frozen=True)
class Place:
    """Where the two files of a pair stand."""

    main: Path
    beside: Path

    @classmethod
    def within(cls, folder: Path, name: str) -> "Place":
        return cls(folder / f"{name}.parquet", folder / f"{name}.ids.parquet")


def rows_from(place: Place, submission: str) -> int:
    """Return how many rows of a pair came with a submission."""
    with pq.ParquetFile(place.beside) as file:
        names = file.read(columns=[SUBMISSION])[SUBMISSION].cast(pa.string())
    return int(pc.sum(pc.equal(names, submission)).as_py() or 0)


@dataclass(frozen=True)
class Packed:
    """A pair as bytes, to be written."""

    known: Pair
    main: pa.Buffer
    beside: pa.Buffer


def packed(rows: pa.Table, layout: Layout, digest: str = "") -> Packed:
    """Return coded rows, already in order, as the bytes of the main and the side file.

    The digest is that of the bytes unless the rows already have another name.
    """
    main, beside = (_parquet(half, layout) for half in halves(rows, layout))
    main_hash, beside_hash = (hashlib.sha256(part).hexdigest() for part in (main, beside))
    name = digest or hashlib.sha256(f"{main_hash}\n{beside_hash}".encode()).hexdigest()[:DIGEST]
    return Packed(Pair(name, len(rows), main_hash, beside_hash), main, beside)


def read_pair(place: Place, layout: Layout) -> pa.Table:
    """Return the coded rows of a pair, in file order; a column that it was written without is empty."""
    with pq.ParquetFile(place.main) as file:
        main = file.read()
    with pq.ParquetFile(place.beside) as file:
        beside = file.read()
    found = {name: half[name] for half in (main, beside) for name in half.column_names}
    wanted = [field for schema in (layout.main(), layout.beside()) for field in schema if field.name != ROW]
    return pa.table(
        {
            field.name: found[field.name] if field.name in found else pa.nulls(len(main), field.type)
            for field in wanted
        }
    )


def _parquet(half: pa.Table, layout: Layout) -> pa.Buffer:
    """Return a table as Parquet.

    Codes and days repeat and get a dictionary. Whole numbers are kept as differences, which measured twice
    as fast to scan as plain ones.
    """
    repeated = {*layout.labelled, SUBMISSION}
    names = [field.name for field in half.schema if field.name in repeated or pa.types.is_date32(field.type)]
    counted = [
        field.name
        for field in half.schema
        if field.name not in names and (pa.types.is_integer(field.type) or pa.types.is_timestamp(field.type))
    ]
    sink = pa.BufferOutputStream()
    pq.write_table(
        half,
        sink,
        row_group_size=ROW_GROUP,
        compression="zstd",
        compression_level=_LEVEL,
        use_dictionary=names,
        column_encoding=dict.fromkeys(counted, "DELTA_BINARY_PACKED"),
        write_statistics=True,
    )
    return sink.getvalue()
