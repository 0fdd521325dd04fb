"""Take in a folder of evidence by its manifest, each file with the moment it was received."""

import datetime as dt
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tallystick.evidence.reading import How, read_file
from tallystick.evidence.store import Store
from tallystick.evidence.submissions import Origin, Receipt
from tallystick.rulebook.periods import Span
from tallystick.rulebook.rulebook import Rulebook
from tallystick.site.progress import Progress


@dataclass(frozen=True)
class TakenIn:
    """How many files and rows, and what became of the rows."""

    files: int
    rows: int
    accepted: int
    held: int
    refused: int


def take_in(folder: Path, rulebook: Rulebook, *, quiet: bool = False) -> TakenIn:
    """Receive every file that `manifest.json` lists, in its order, into `store` beside it."""
    store = Store.open(folder / "store", create=True)
    listed = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["submissions"]
    totals = [0, 0, 0, 0]
    with Progress(quiet=quiet, label="taking in") as progress:
        for entry in listed:
            receipt = _received(store, folder, rulebook, entry)
            sent = receipt.submission
            for index, count in enumerate((sent.rows, sent.accepted, sent.held, sent.refused)):
                totals[index] += count
            progress.shown(totals[0], None)
    return TakenIn(len(listed), *totals)


def _received(store: Store, folder: Path, rulebook: Rulebook, entry: dict[str, str | None]) -> Receipt:
    stream = rulebook.streams[str(entry["stream"])]
    received_at = dt.datetime.fromisoformat(str(entry["received_at"]))
    file = folder / str(entry["file"])
    period = Span.parse(entry["period"]) if entry["period"] else None
    origin = Origin(file, received_at, dt.datetime.now(dt.UTC), party=entry["party"], period=period)
    with tempfile.TemporaryDirectory(prefix="tally-") as scratch:
        how = How(received_at=received_at, party=entry["party"])
        reading = read_file(file, stream, rulebook.code, scratch=Path(scratch), how=how)
        return store.receive(reading, stream, rulebook.code, origin)
