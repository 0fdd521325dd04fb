"""Evidence as tables: the columns that measures read, and beside them, where asked for, the ids."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import ibis
import pyarrow as pa

from tallystick.evidence.layout import DAY_SUFFIX, ROW, Layout
from tallystick.evidence.snapshot import Snapshot
from tallystick.rulebook.streams import Stream


def connect(root: Path, *, memory: str = "2GB", threads: int = 2) -> ibis.BaseBackend:
    """Return an engine in memory that can reach the files under a folder and nothing else, ever after.

    It spills nothing to disk: a query that needs more memory fails.
    """
    connection = ibis.duckdb.connect(
        ":memory:",
        threads=threads,
        memory_limit=memory,
        autoinstall_known_extensions=False,
        autoload_known_extensions=False,
        allow_community_extensions=False,
        allow_unsigned_extensions=False,
        allow_persistent_secrets=False,
    )
    settings = connection.settings
    settings["allowed_directories"] = [f"{root.resolve()}/"]
    settings["temp_directory"] = ""
    settings["max_temp_directory_size"] = "0B"
    settings["enable_external_access"] = False
    settings["lock_configuration"] = True
    return connection


def open_rows(
    connection: ibis.BaseBackend,
    snapshot: Snapshot,
    stream: Stream,
    days: Iterable[dt.date | None] | None,
    *,
    ids: bool = False,
) -> ibis.Table:
    """Return the rows of some days of a stream, or of all; days without rows add none.

    The columns are those of the main files: labels are codes, and instants are microseconds from the
    partition instant (or the UTC midnight of the day, or 1970), with their civil day beside. With `ids`,
    the columns of the side files come after: ids, the partition instant, and where each row came from.
    """
    layout = Layout.of(stream)
    every = snapshot.days(stream.key)
    chosen = [every[day] for day in (every if days is None else sorted(set(days) & set(every), key=str))]
    uneven = len(snapshot.layouts(stream.key) | {tuple(layout.columns)}) > 1
    main = _read(connection, [file.main for file in chosen], layout.main(), uneven=uneven)
    if not ids:
        return main
    beside = _read(connection, [file.ids for file in chosen], layout.beside(), uneven=uneven)
    by = [ROW, layout.partition + DAY_SUFFIX] if layout.is_divided else [ROW]
    rest = [name for name in beside.columns if name not in by]
    return main.inner_join(beside, by).select(*main.columns, *rest)


def _read(connection: ibis.BaseBackend, files: list[Path], schema: pa.Schema, *, uneven: bool) -> ibis.Table:
    """Return the columns of a schema from our own files; a column that a file lacks is empty there."""
    plain = pa.schema(
        [(one.name, pa.string() if pa.types.is_dictionary(one.type) else one.type) for one in schema]
    )
    if not files:
        return ibis.memtable(plain.empty_table())
    # the folder's name is no column: the day stands in the files
    found = connection.read_parquet(files, hive_partitioning=False, union_by_name=uneven)
    kinds = ibis.Schema.from_pyarrow(plain)
    return found.select(
        **{name: found[name] if name in found.columns else ibis.null(kinds[name]) for name in schema.names}
    )
