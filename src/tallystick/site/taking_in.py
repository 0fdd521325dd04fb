"""Take in a folder of evidence by its manifest, each file with the moment it was received."""

import datetime as dt
import json
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from tallystick.evidence.apart import run_apart
from tallystick.evidence.reading import How, Reading, Run, read_with
from tallystick.evidence.store import Store
from tallystick.evidence.submissions import Origin
from tallystick.rulebook.periods import Span
from tallystick.rulebook.rulebook import Rulebook
from tallystick.site.progress import Progress

READ_AHEAD = 2

Entry = dict[str, Any]


@dataclass(frozen=True)
class TakenIn:
    """How many files and rows, and what became of the rows."""

    files: int
    rows: int
    accepted: int
    held: int
    refused: int


def take_in(folder: Path, rulebook: Rulebook, *, quiet: bool = False, run: Run = run_apart) -> TakenIn:
    """Receive every file that `manifest.json` lists, in its order, into `store` beside it.

    The next files are read while one is kept; they are kept one at a time and in order. `run` does the
    reading: apart, in limited processes, unless the caller knows better what the files are.
    """
    store = Store.open(folder / "store", create=True)
    listed: list[Entry] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["submissions"]
    totals = [0, 0, 0, 0]
    with (
        Progress(quiet=quiet, label="taking in") as progress,
        tempfile.TemporaryDirectory(prefix="tally-") as scratch,
    ):
        for entry, reading in _read(folder, listed, rulebook, Path(scratch), run):
            stream = rulebook.streams[entry["stream"]]
            sent = store.receive(reading, stream, rulebook.code, _origin(folder, entry)).submission
            for index, count in enumerate((sent.rows, sent.accepted, sent.held, sent.refused)):
                totals[index] += count
            progress.shown(totals[0], None)
    return TakenIn(len(listed), *totals)


def _read(
    folder: Path, listed: list[Entry], rulebook: Rulebook, scratch: Path, run: Run
) -> Iterator[tuple[Entry, Reading]]:
    """Yield each entry with what its file holds, reading a few files ahead."""

    def started(number: int, entry: Entry) -> tuple[Entry, Path, Future[Reading]]:
        place = scratch / str(number)
        place.mkdir()
        how = How(received_at=_moment(entry), party=entry["party"])
        stream = rulebook.streams[entry["stream"]]
        file = folder / entry["file"]
        read = partial(read_with, run, file, stream, rulebook.code, scratch=place, how=how)
        return entry, place, pool.submit(read)

    with ThreadPoolExecutor(READ_AHEAD) as pool:
        waiting = (started(number, entry) for number, entry in enumerate(listed))
        ahead = list(islice(waiting, READ_AHEAD))
        while ahead:
            entry, place, reading = ahead.pop(0)
            yield entry, reading.result()
            for file in place.iterdir():
                file.unlink()
            ahead += islice(waiting, 1)


def _origin(folder: Path, entry: Entry) -> Origin:
    period = Span.parse(entry["period"]) if entry["period"] else None
    now = dt.datetime.now(dt.UTC)
    return Origin(folder / entry["file"], _moment(entry), now, party=entry["party"], period=period)


def _moment(entry: Entry) -> dt.datetime:
    return dt.datetime.fromisoformat(entry["received_at"])
