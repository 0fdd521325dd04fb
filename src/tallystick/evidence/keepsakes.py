"""What is kept of a sending besides its accepted rows: the file as sent, and what its sender must mend."""

import csv
import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

from tallystick.evidence.contents import record_path, written
from tallystick.evidence.headers import CORRECTION_OF
from tallystick.evidence.reading import Reading
from tallystick.evidence.receiving import UnableToReceive
from tallystick.evidence.staging import Staging
from tallystick.evidence.submissions import Origin, Submission

_BLOCK = 1 << 20
_LINES = 10_000


def set_aside(reading: Reading, origin: Origin, submission: Submission, staging: Staging) -> None:
    """Set aside the record, the file as it was sent, and the held and refused rows.

    :raises UnableToReceive: if the file is no longer the one that was read
    """
    folder = Path("submissions", submission.id)
    staging.put(Path("received", submission.sha256), _as_sent(origin.file, submission.sha256))
    if reading.held_rows:
        staging.put(folder / "held.arrow", _blocks(reading.held))
    if reading.refused_rows:
        staging.put(folder / "refused.csv", _to_correct(reading.refused, submission.id))
    if reading.problems:
        staging.put(folder / "problems.json", [written([one.as_json() for one in reading.problems])])
    staging.put(record_path(submission.id), [written(submission.as_json())])


def _as_sent(file: Path, sha256: str) -> Iterator[bytes]:
    digest = hashlib.sha256()
    for block in _blocks(file):
        digest.update(block)
        yield block
    if digest.hexdigest() != sha256:
        raise UnableToReceive(f"{file.name} changed while it was being taken in. Send it again.")


def _to_correct(refused: Path, submission: str) -> Iterator[bytes]:
    """Give the refused rows the name of their submission, so that they are known when they come back."""
    text = io.StringIO(newline="")
    lines = csv.writer(text, lineterminator="\n")
    with refused.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        header = next(rows)
        kept = [place for place, name in enumerate(header) if name != CORRECTION_OF]
        lines.writerow([*(header[place] for place in kept), CORRECTION_OF])
        for number, row in enumerate(rows, start=1):
            lines.writerow([*(row[place] for place in kept), submission])
            if number % _LINES == 0:
                yield text.getvalue().encode()
                text.seek(0)
                text.truncate()
    yield text.getvalue().encode()


def _blocks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while block := opened.read(_BLOCK):
            yield block
