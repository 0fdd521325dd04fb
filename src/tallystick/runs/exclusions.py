"""Confirmed exclusions on their way into the evidence, as rows of the code's list of exceptions."""

import csv
import datetime as dt
import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.db import transaction

from tallystick.evidence.reading import How, read_file
from tallystick.evidence.submissions import Origin
from tallystick.journal.subjects import Actor
from tallystick.measures.known import EXCEPTIONS
from tallystick.runs import installation, operations
from tallystick.runs.models import Exclusion


def write_out(code: str, *, by: Actor, at: dt.datetime) -> int:
    """Put every confirmed exclusion that is not there yet on the list of exceptions; return how many.

    The next run then leaves those rows out. Each is claimed first, so that its second check stands while it
    is written. Called before a run, so that one whose writing was cut short is not forgotten: the same rows
    again change nothing.

    :raises UnableToRead: if the list cannot be written so that it can be read, which is a fault of ours
    :raises UnableToReceive: if the disk does not take it
    """
    claimed = _claimed(code, at)
    if not claimed:
        return 0
    evidence = _received(code, claimed, at)
    for exclusion in claimed:
        operations.place_exclusion(exclusion=exclusion, evidence=evidence, by=by, at=at)
    return len(claimed)


@transaction.atomic
def _claimed(code: str, at: dt.datetime) -> list[Exclusion]:
    """Return the confirmed rows that are not in the evidence yet; none of them can be taken back any more."""
    confirmed = Exclusion.objects.filter(code=code, state=Exclusion.CONFIRMED, evidence="")
    rows = list(confirmed.select_for_update().order_by("pk"))
    for row in rows:
        row.claimed_at = row.claimed_at or at
        row.save(update_fields=["claimed_at"])
    return rows


def _received(code: str, waiting: Sequence[Exclusion], at: dt.datetime) -> str:
    """Take the rows in, and return the name of their submission. The approver is a reference, no person."""
    book, stream = installation.rulebook_of(code).code, installation.stream_of(code, EXCEPTIONS)
    with tempfile.TemporaryDirectory(prefix="tally-") as scratch:
        file = Path(scratch, "exceptions.csv")
        with file.open("w", encoding="utf-8", newline="") as opened:
            writer = csv.writer(opened)
            writer.writerow(("stream", "row_key", "reason", "approved_by", "until_on"))
            writer.writerows((one.stream, one.row_key, one.reason, one.reference, "") for one in waiting)
        folder = Path(scratch, "read")
        folder.mkdir()
        reading = read_file(file, stream, book, scratch=folder, how=How(received_at=at))
        return installation.store().receive(reading, stream, book, Origin(file, at, at)).submission.id
