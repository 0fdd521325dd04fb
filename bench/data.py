"""Make the rows of the benchmarks, as a sender would send them and as our store keeps them.

`python -m bench.data --rows 1m` writes `bench/data/1m` and, where asked, `bench/data/events-1m`. The same
seed gives the same rows on any machine; what is there already is kept.
"""

import argparse
import datetime as dt
import hashlib
import json
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tallystick.evidence.layout import Layout
from tallystick.evidence.reading import Reading
from tallystick.evidence.store import Store
from tallystick.evidence.submissions import Origin
from tallystick.rulebook.load import load
from tallystick.rulebook.rulebook import Rulebook

HERE = Path(__file__).parent
DATA = HERE / "data"
SIZES = {"50k": 50_000, "1m": 1_000_000, "10m": 10_000_000, "20m": 20_000_000, "100m": 100_000_000}
SEED = 20210601
ZONE = ZoneInfo("Europe/London")
FIRST = dt.date(2021, 6, 1)
DAYS = 30
RECEIVED_AT = dt.datetime(2021, 7, 2, 9, tzinfo=dt.UTC)
ROWS_AN_EVENT = 50

REGIONS = ("north", "central", "south")
MODES = ("on_demand", "future_dated", "scheduled")
PARTIES = tuple(f"Party {number:02}" for number in range(1, 61))
KINDS = tuple(f"{number // 37 + 1}.{number % 37 + 1}" for number in range(333))
ACTIVITIES = ("installed", "commissioned", "certificates_recycled", "removed")
MODE_WEIGHTS = (0.6, 0.1, 0.3)
UNANSWERED = 0.03
# 1.834 standard deviations below the limit: 96.67 % of the answers are in time.
SPREAD, BELOW = 0.8, 1.834
RECYCLE_MEDIAN_DAYS, RECYCLE_SPREAD = 2.0, 0.7
DAY_MS = 86_400_000


@dataclass(frozen=True)
class Dataset:
    """Where the rows of one size are: `received` as sent, `store` as kept, `made` how long that took."""

    folder: Path

    @property
    def received(self) -> Path:
        return self.folder / "received"

    @property
    def store(self) -> Path:
        return self.folder / "store"

    @property
    def made(self) -> dict[str, Any]:
        return dict(json.loads((self.folder / "made.json").read_text(encoding="utf-8")))


def rulebook() -> Rulebook:
    """Return the code of the benchmarks."""
    loaded = load(HERE / "rulebook")
    if loaded.rulebook is None:
        raise ValueError("\n".join(str(problem) for problem in loaded.problems))
    return loaded.rulebook


def days() -> list[dt.date]:
    return [FIRST + dt.timedelta(days=number) for number in range(DAYS)]


def limit_seconds(kind: int, mode: int) -> int:
    """Return the limit that the rulebook's table gives, by the places of kind and mode in their lists."""
    return 30 if mode == 0 and kind % 10 else 86_400


def requests(day: int, rows: int, *, restated: int = 0) -> pa.Table:
    """Return the requests of one day of the month, in the order they came: not sorted by time.

    A restatement answers one request in fifty at another time.
    """
    rng = np.random.default_rng([SEED, 1, day])
    kind, party = rng.integers(0, len(KINDS), rows), rng.integers(0, len(PARTIES), rows)
    region = rng.integers(0, len(REGIONS), rows)
    mode = rng.choice(len(MODES), rows, p=MODE_WEIGHTS)
    received = _midnight(day) + rng.integers(0, DAY_MS, rows) * 1000
    limits = np.where((mode == 0) & (kind % 10 != 0), 30_000, DAY_MS)
    deviation = rng.standard_normal(rows)
    if restated:
        again = np.random.default_rng([SEED, 2, day, restated])
        deviation = np.where(again.random(rows) < 1 / 50, again.standard_normal(rows), deviation)
    taken = np.maximum(1, limits * np.exp(SPREAD * (deviation - BELOW))).astype(np.int64)
    unanswered = rng.random(rows) < UNANSWERED
    success = np.where(rng.random(rows) < 0.98, 0, 1)  # noqa: PLR2004 - one answer in fifty is a failure
    numbers = np.arange(day * rows, day * rows + rows)
    return pa.table(
        {
            "request_id": _named("SR", numbers),
            "srv": _labels(KINDS, kind),
            "mode": _labels(MODES, mode),
            "party": _labels(PARTIES, party),
            "region": _labels(REGIONS, region),
            "received_at": _instants(received),
            "answered_at": _instants(received + taken * 1000, unanswered),
            "outcome": _labels(("success", "failure"), success, unanswered),
        }
    )


def events(rows: int, *, restated: int = 0) -> pa.Table:
    """Return about so many events of devices within the month, in the order of time.

    A device is installed and commissioned, one in ten twice; nearly all have their certificates recycled,
    and one in five is removed.
    """
    rng = np.random.default_rng([SEED, 3])
    devices = round(rows / 3.105)  # what is left of a device's events when the month has ended
    installed = rng.integers(0, DAYS * DAY_MS, devices)
    commissioned = installed + rng.integers(60_000, 7_200_000, devices)
    twice = np.flatnonzero(rng.random(devices) < 0.1)  # noqa: PLR2004 - one in ten
    spread = rng.standard_normal(devices)
    if restated:
        again = np.random.default_rng([SEED, 4, restated])
        spread = np.where(again.random(devices) < 1 / 50, again.standard_normal(devices), spread)
    took = (RECYCLE_MEDIAN_DAYS * DAY_MS * np.exp(RECYCLE_SPREAD * spread)).astype(np.int64)
    recycled = np.flatnonzero(rng.random(devices) > UNANSWERED)
    removed = np.flatnonzero(rng.random(devices) < 0.2)  # noqa: PLR2004 - one in five
    every = np.arange(devices)
    parts = [
        (every, 0, installed),
        (every, 1, commissioned),
        (twice, 1, commissioned[twice] + rng.integers(DAY_MS, 5 * DAY_MS, len(twice))),
        (recycled, 2, (commissioned + took)[recycled]),
        (removed, 3, (installed + rng.integers(DAY_MS, 20 * DAY_MS, devices))[removed]),
    ]
    device = np.concatenate([who for who, _, _ in parts])
    activity = np.concatenate([np.full(len(who), what) for who, what, _ in parts])
    at = np.concatenate([when for _, _, when in parts])
    kept = np.flatnonzero(at < DAYS * DAY_MS)
    kept = kept[np.argsort(at[kept], kind="stable")]
    return pa.table(
        {
            "event_id": _named("EV", np.arange(len(kept))),
            "device_id": _named("D", device[kept]),
            "party": _labels(PARTIES, device[kept] % len(PARTIES)),
            "activity": _labels(ACTIVITIES, activity[kept]),
            "at": _instants(_midnight(0) + at[kept] * 1000),
        }
    )


def of_day(table: pa.Table, at: str, day: int) -> pa.Table:
    """Return the rows of one civil day of the month; June has no change of the clocks."""
    moments = table[at].cast(pa.int64())
    inside = pc.and_(
        pc.greater_equal(moments, _midnight(day)), pc.less(moments, _midnight(day) + DAY_MS * 1000)
    )
    return table.filter(inside)


def take_in(store: Store, table: pa.Table, stream: str, file: Path, *, at: dt.datetime = RECEIVED_AT) -> None:
    """Receive rows as if a reader had accepted all of them; `file` is what was sent."""
    book = rulebook()
    definition = book.streams[stream]
    with TemporaryDirectory(dir=store.root.parent) as folder:
        typed = _typed(table, Layout.of(definition).typed())
        reading = _reading(typed, file, Path(folder))
        del typed
        store.receive(reading, definition, book.code, Origin(file, at, at))


def prepare(name: str) -> Dataset:
    """Return the rows of a size, made now unless they are there: requests, and a few events."""
    rows = SIZES[name]

    def write(data: Dataset) -> dict[str, float]:
        happened = events(rows // ROWS_AN_EVENT)
        return _written(data, {"service_requests": _requests(rows), "device_events": _by_day(happened)})

    return _made(Dataset(DATA / name), write)


def prepare_events(name: str) -> Dataset:
    """Return a log of events alone, made now unless it is there."""

    def write(data: Dataset) -> dict[str, float]:
        return _written(data, {"device_events": _by_day(events(SIZES[name]))})

    return _made(Dataset(DATA / f"events-{name}"), write)


def _requests(rows: int) -> Iterator[pa.Table]:
    return (requests(day, rows // DAYS + (day < rows % DAYS)) for day in range(DAYS))


def _by_day(table: pa.Table) -> Iterator[pa.Table]:
    return (of_day(table, "at", day) for day in range(DAYS))


def _made(data: Dataset, write: Callable[[Dataset], dict[str, float]]) -> Dataset:
    if not (data.folder / "made.json").exists():
        shutil.rmtree(data.folder, ignore_errors=True)
        data.received.mkdir(parents=True)
        made = write(data)
        (data.folder / "made.json").write_text(json.dumps(made), encoding="utf-8")
    return data


def _written(data: Dataset, streams: dict[str, Iterator[pa.Table]]) -> dict[str, float]:
    """Write each day as it would be sent and take it in; return how long that and its rows came to."""
    store = Store.open(data.store, create=True)
    made: dict[str, float] = {}
    for stream, tables in streams.items():
        rows, seconds = 0, 0.0
        for day, table in zip(days(), tables, strict=True):
            file = data.received / f"{stream}-{day}.parquet"
            pq.write_table(table, file, compression="zstd", row_group_size=1 << 20)
            start = time.perf_counter()
            take_in(store, table, stream, file)
            seconds += time.perf_counter() - start
            rows += table.num_rows
        made |= {f"{stream}_rows": rows, f"{stream}_taking_in_seconds": round(seconds, 3)}
    return made


def _reading(typed: pa.Table, file: Path, folder: Path) -> Reading:
    accepted, held, refused = folder / "accepted.arrow", folder / "held.arrow", folder / "refused.csv"
    for path, table in ((accepted, typed), (held, typed.slice(0, 0))):
        with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table, max_chunksize=1 << 18)
    refused.write_text("problem\n", encoding="utf-8")
    with file.open("rb") as opened:
        sha256 = hashlib.file_digest(opened, "sha256").hexdigest()
    return Reading(
        accepted=accepted, held=held, refused=refused, problems=(),
        rows=len(typed), accepted_rows=len(typed), held_rows=0, refused_rows=0, counted=len(typed),
        format="parquet", sha256=sha256, size=file.stat().st_size, notes=(),
    )  # fmt: skip


def _typed(table: pa.Table, schema: pa.Schema) -> pa.Table:
    numbered = table.append_column("_row", pa.array(np.arange(2, len(table) + 2)))
    return numbered.select(schema.names).cast(schema)


def _midnight(day: int) -> int:
    """Return when a day of the month begins, in microseconds since 1970."""
    start = dt.datetime.combine(FIRST + dt.timedelta(days=day), dt.time(), tzinfo=ZONE)
    return round(start.timestamp()) * 1_000_000


def _named(prefix: str, numbers: Any) -> pa.Array:
    digits = pc.utf8_lpad(pc.cast(pa.array(numbers), pa.string()), width=10, padding="0")
    return pc.binary_join_element_wise(prefix, digits, "")


def _labels(words: tuple[str, ...], places: Any, absent: Any = None) -> pa.Array:
    codes = pa.array(places.astype(np.int32), mask=absent)
    return pa.DictionaryArray.from_arrays(codes, pa.array(words)).cast(pa.string())


def _instants(microseconds: Any, absent: Any = None) -> pa.Array:
    return pa.array(microseconds, pa.int64(), mask=absent).cast(pa.timestamp("us", tz="UTC"))


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the rows of the benchmarks.")
    parser.add_argument("--rows", choices=SIZES, required=True)
    parser.add_argument("--events", action="store_true", help="a log of events alone")
    asked = parser.parse_args()
    print((prepare_events if asked.events else prepare)(asked.rows).made)


if __name__ == "__main__":
    main()
