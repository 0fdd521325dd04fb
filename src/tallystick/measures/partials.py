"""Daily sums, kept: one file for each measure and evidence file, computed once.

A kept sum names everything it rests on: the measure's rule, the values it uses, the evidence file, the
exceptions and the engine. Where events were open it also says for which days of knowledge it holds. What
is kept only saves work: what is missing or damaged is computed again, and what cannot be written is not kept.
"""

import contextlib
import datetime as dt
import hashlib
import json
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tallystick.measures.counted import CHANGES_ON, DEPENDS, DOUBTFUL, OPEN
from tallystick.measures.counted import SUMS as COUNTS
from tallystick.measures.engine import engine
from tallystick.rulebook.rulebook import Rulebook

LENGTH = 24
SUMS = ".sums"
ASIDE = ".part"
# Said of what a sum rests on where no event of its file can change any more.
SETTLED = {"settled": "yes"}
_NUMBERS = (*COUNTS, DOUBTFUL, DEPENDS)
_SEAL = hashlib.sha256().digest_size
_CODE = pa.int32()
_SMALL = (pa.int8(), pa.int16())


@dataclass(frozen=True)
class Shelf:
    """The kept sums of one measure in `partials/<code>/<measure>`; without a folder nothing is kept.

    A file is named `<key>_<known from>_<known until>.sums`, both empty where the sum always holds. What
    stands in the folder is looked up once.
    """

    folder: Path | None

    def find(self, key: str, known_on: dt.date) -> pa.Table | None:
        """Return the sum kept under the key that holds on the day of knowledge."""
        day = str(known_on)
        for since, until, name in self._listed.get(key, ()):
            if since <= day and (not until or day < until):
                table = read(self._place / name)
                if table is not None:
                    return _wide(table)
        return None

    def use(self, key: str) -> None:
        """Note that what is kept under a key was used, for whoever removes what is not."""
        with contextlib.suppress(OSError):
            for _since, _until, name in self._listed.get(key, ()):
                os.utime(self._place / name)

    def keep(self, key: str, known_on: dt.date, summed: pa.Table) -> None:
        """Keep a sum."""
        if self.folder is None or not self._cleared:
            return
        since, until = _holds(summed, known_on)
        narrow, sink = _narrow(summed), pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, narrow.schema) as stream:
            stream.write_table(narrow)
        put(self.folder / f"{key}_{since}_{until}{SUMS}", sealed(sink.getvalue().to_pybytes()))

    @cached_property
    def _listed(self) -> dict[str, list[tuple[str, str, str]]]:
        """From and until when each kept sum holds, and its file's name, by key."""
        found: dict[str, list[tuple[str, str, str]]] = {}
        if self.folder is None:
            return found
        with contextlib.suppress(OSError):
            names = sorted(file.name for file in self.folder.iterdir())
            for name in names:
                key_, since, until = (*name.removesuffix(SUMS).split("_"), "", "")[:3]
                if name.endswith(SUMS):
                    found.setdefault(key_, []).append((since, until, name))
        return found

    @cached_property
    def _cleared(self) -> bool:
        """Whether what others left aside has been removed, once, before the first sum is kept."""
        clear(self._place)
        return True

    @property
    def _place(self) -> Path:
        return self.folder or Path()


def read(file: Path) -> pa.Table | None:
    """Return a kept table, or nothing where it is missing or not as it was written."""
    data = unsealed(bytes_of(file))
    if data is None:
        return None
    with pa.ipc.open_stream(pa.py_buffer(data)) as stream:
        return stream.read_all()


def sealed(data: bytes) -> bytes:
    """Return the bytes behind their own hash, so that a damaged file is known for one."""
    return hashlib.sha256(data).digest() + data


def unsealed(data: bytes | None) -> memoryview | None:
    """Return the bytes that were sealed, or nothing where they are not those any more."""
    if data is None:
        return None
    view = memoryview(data)  # a part of it is no copy
    return view[_SEAL:] if hashlib.sha256(view[_SEAL:]).digest() == view[:_SEAL] else None


def bytes_of(file: Path) -> bytes | None:
    """Return what is in a file, or nothing where it cannot be read."""
    try:
        return file.read_bytes()
    except OSError:
        return None


def put(file: Path, data: bytes) -> bool:
    """Write a file aside and rename it into place: a reader sees all of it or nothing. Tell whether it was.

    Several writers of one file each rename their own. On a full disk nothing is kept and no more happens.
    """
    aside = file.with_name(f"{file.name}.{os.getpid()}-{threading.get_ident()}{ASIDE}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        aside.write_bytes(data)
        aside.rename(file)
    except OSError:
        with contextlib.suppress(OSError):
            aside.unlink()
        return False
    return True


def clear(folder: Path) -> None:
    """Remove what writers that were stopped left aside in a folder.

    One that is still at work will find its file gone, and not keep it.
    """
    with contextlib.suppress(OSError):
        for file in folder.iterdir():
            if file.name.endswith(ASIDE):
                file.unlink(missing_ok=True)


def rule(measure: Any, rulebook: Rulebook, extra: Mapping[str, Any] | None = None) -> str:
    """Return the hash of everything a sum of the measure rests on besides the evidence."""
    limit = getattr(measure, "limit", None)
    parameter = rulebook.parameters[limit.parameter] if limit else None
    rests_on = {
        "engine": engine(),
        "measure": measure.model_dump(mode="json", exclude=_NOT_COMPUTED),
        "streams": [shape(rulebook, stream) for stream in measure.streams],
        "parameter": parameter.model_dump(mode="json") if parameter else None,
        "calendar": _calendar(rulebook) if parameter and parameter.unit == "working_day" else None,
        "zone": rulebook.code.time_zone,
        **(extra or {}),
    }
    return _hash(rests_on)


def key(rule: str, inputs: Mapping[str, str]) -> str:
    """Return the name of a sum under a rule: the hash of everything it rests on."""
    return _hash([rule, dict(sorted(inputs.items()))])


def shape(rulebook: Rulebook, stream: str) -> list[Any]:
    """Return what of a stream's definition decides how its rows are read."""
    definition = rulebook.streams[stream]
    return [stream, definition.partition, {name: one.type for name, one in definition.columns.items()}]


def _hash(value: Any) -> str:
    written = json.dumps(value, sort_keys=True, default=str)
    return hashlib.sha256(written.encode()).hexdigest()[:LENGTH]


# What a measure says for its readers; a new title asks for no new sum.
_NOT_COMPUTED = {"title", "clause", "source", "verified", "checked", "note", "round", "reportable",
                 "service_credit", "official", "obligation", "into", "tolerance", "direction",
                 "aggregate", "provider", "number"}  # fmt: skip


def _calendar(rulebook: Rulebook) -> list[str]:
    calendar = rulebook.calendar()
    return [str(calendar.first), str(calendar.last), *map(str, sorted(calendar.days_off))]


def _narrow(summed: pa.Table) -> pa.Table:
    """Return the sums without the columns that are nought everywhere, and the others in small numbers.

    Mostly only two are not nought, and a byte or two hold every number: there is less to hash and to read.
    """
    nought = [name for name in _NUMBERS if not (pc.any(pc.not_equal(summed[name], 0)).as_py() or False)]
    absent = [CHANGES_ON] if summed[CHANGES_ON].null_count == summed.num_rows else []
    bare = summed.drop([*nought, *absent])
    kinds = [
        _least_kind(bare[one.name]) if one.name in _NUMBERS or one.type == _CODE else one.type
        for one in bare.schema
    ]
    return bare.cast(pa.schema(list(zip(bare.column_names, kinds, strict=True))))


def _least_kind(column: pa.ChunkedArray) -> pa.DataType:
    ends = pc.min_max(column).as_py()
    least, most = ends["min"] or 0, ends["max"] or 0
    for kind in _SMALL:
        bounds = np.iinfo(kind.to_pandas_dtype())
        if bounds.min <= least and most <= bounds.max:
            return kind
    return column.type


def _wide(narrow: pa.Table) -> pa.Table:
    """Return the sums with all their columns again, in numbers of their own size."""
    rows = narrow.num_rows
    nought, absent = pa.array(np.zeros(rows, np.int64)), pa.nulls(rows, pa.date32())
    groups = [one for one in narrow.schema if one.name not in (*_NUMBERS, CHANGES_ON)]
    columns = {
        one.name: narrow[one.name].cast(_CODE) if one.type in _SMALL else narrow[one.name] for one in groups
    }
    columns |= {
        name: narrow[name].cast(pa.int64()) if name in narrow.column_names else nought for name in _NUMBERS
    }
    return pa.table(
        {**columns, CHANGES_ON: narrow[CHANGES_ON] if CHANGES_ON in narrow.column_names else absent}
    )


def _holds(summed: pa.Table, known_on: dt.date) -> tuple[str, str]:
    """Return from which and until which day of knowledge the sum holds, empty where it always does."""
    if not pc.sum(summed[DEPENDS]).as_py():
        return "", ""
    changes = pc.min(summed[CHANGES_ON]).as_py() if pc.sum(summed[OPEN]).as_py() else None
    until = max(changes, known_on + dt.timedelta(days=1)) if changes else None
    return str(known_on), str(until or "")
