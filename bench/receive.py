"""Taking in a CSV file: read, counted twice, checked row by row and stored; and a bare reading beside it."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.csv as pa_csv

from bench import data
from tallystick.evidence.reading import How, read_file
from tallystick.evidence.store import Store
from tallystick.evidence.submissions import Origin

Work = Callable[[], dict[str, int]]
ROWS = 1_000_000
FILE = "service_requests-2021-06-01.csv"


def prepare() -> Path:
    """Return the folder of the CSV file, which is made unless it is there."""
    folder = data.DATA / "csv-1m"
    if not (folder / FILE).exists():
        folder.mkdir(parents=True, exist_ok=True)
        scratch = folder / "being-written"
        pa_csv.write_csv(data.requests(0, ROWS), scratch)
        scratch.rename(folder / FILE)
    return folder


def ours(folder: Path) -> Work:
    """Take the file into a new store, as the command line does."""
    book = data.rulebook()
    stream = book.streams["service_requests"]
    kept: list[TemporaryDirectory[str]] = []  # removed when the process ends, outside the time taken

    def work() -> dict[str, int]:
        kept.append(TemporaryDirectory(dir=folder))
        scratch, root = Path(kept[-1].name) / "scratch", Path(kept[-1].name) / "store"
        scratch.mkdir()
        how = How(received_at=data.RECEIVED_AT)
        reading = read_file(folder / FILE, stream, book.code, scratch=scratch, how=how)
        origin = Origin(folder / FILE, data.RECEIVED_AT, data.RECEIVED_AT)
        receipt = Store.open(root, create=True).receive(reading, stream, book.code, origin)
        return {"rows": receipt.submission.accepted}

    return work


def bare(folder: Path) -> Work:
    """Read the file with pyarrow, nothing else."""
    return lambda: {"rows": pa_csv.read_csv(folder / FILE).num_rows}
