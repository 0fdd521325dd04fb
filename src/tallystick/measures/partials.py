"""Daily sums, kept: one file for each measure and evidence file, computed once.

A kept sum names everything it rests on: the measure's rule, the values it uses, the evidence file, the
exceptions and the engine. Where events were open it also says for which days of knowledge it holds.
"""

import datetime as dt
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tallystick.measures.counted import CHANGES_ON, DEPENDS, OPEN
from tallystick.measures.engine import engine
from tallystick.rulebook.rulebook import Rulebook

LENGTH = 24
_KNOWN_FROM = b"known_from"
_KNOWN_UNTIL = b"known_until"


@dataclass(frozen=True)
class Shelf:
    """The kept sums of one code under `partials/<code>`; without a folder nothing is kept."""

    folder: Path | None

    def find(self, key: str, known_on: dt.date) -> pa.Table | None:
        """Return the sum kept under the key that holds on the day of knowledge."""
        if self.folder is None:
            return None
        for file in sorted((self.folder / key[:2]).glob(f"{key}*.parquet")):
            metadata = pq.read_schema(file).metadata or {}
            since, until = metadata.get(_KNOWN_FROM, b""), metadata.get(_KNOWN_UNTIL, b"")
            day = str(known_on).encode()
            if since <= day and (not until or day < until):
                return pq.read_table(file).replace_schema_metadata(None)
        return None

    def keep(self, key: str, known_on: dt.date, summed: pa.Table) -> None:
        """Keep a sum; it is renamed into place, so that a reader sees all of it or nothing."""
        if self.folder is None:
            return
        since, until = _holds(summed, known_on)
        folder = self.folder / key[:2]
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / (f"{key}.parquet" if not since else f"{key}-{since}.parquet")
        scratch = file.with_suffix(f".{os.getpid()}.part")
        stamped = summed.replace_schema_metadata({_KNOWN_FROM: since, _KNOWN_UNTIL: until})
        pq.write_table(stamped, scratch, compression="zstd")
        scratch.rename(file)


def key(
    measure: Any, rulebook: Rulebook, inputs: Mapping[str, str], extra: Mapping[str, Any] | None = None
) -> str:
    """Return the name of a sum: the hash of everything it rests on."""
    limit = getattr(measure, "limit", None)
    parameter = rulebook.parameters[limit.parameter] if limit else None
    rests_on = {
        "engine": engine(),
        "measure": measure.model_dump(mode="json", exclude=_NOT_COMPUTED),
        "parameter": parameter.model_dump(mode="json") if parameter else None,
        "calendar": _calendar(rulebook) if parameter and parameter.unit == "working_day" else None,
        "zone": rulebook.code.time_zone,
        "inputs": dict(sorted(inputs.items())),
        **(extra or {}),
    }
    written = json.dumps(rests_on, sort_keys=True, default=str)
    return hashlib.sha256(written.encode()).hexdigest()[:LENGTH]


# What a measure says for its readers; a new title asks for no new sum.
_NOT_COMPUTED = {"title", "clause", "source", "verified", "checked", "note", "round", "reportable",
                 "service_credit", "official", "obligation", "into", "tolerance", "direction",
                 "aggregate", "provider", "number"}  # fmt: skip


def _calendar(rulebook: Rulebook) -> list[str]:
    calendar = rulebook.calendar()
    return [str(calendar.first), str(calendar.last), *map(str, sorted(calendar.days_off))]


def _holds(summed: pa.Table, known_on: dt.date) -> tuple[str, str]:
    """Return from which and until which day of knowledge the sum holds, empty where it always does."""
    if not pc.sum(summed[DEPENDS]).as_py():
        return "", ""
    changes = pc.min(summed[CHANGES_ON]).as_py() if pc.sum(summed[OPEN]).as_py() else None
    until = max(changes, known_on + dt.timedelta(days=1)) if changes else None
    return str(known_on), str(until or "")
