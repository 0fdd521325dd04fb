"""A file on its way into the evidence: read and shown first, then taken in.

Reading happens in the limited processes of `evidence`, and both it and the store's own commit happen
outside of any transaction of the database; the act that follows them is short.
"""

import datetime as dt
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tallystick.evidence.contents import UnableToOpenStore
from tallystick.evidence.reading import How, Reading, UnableToRead, read_file
from tallystick.evidence.receiving import UnableToReceive
from tallystick.evidence.submissions import Origin, Receipt
from tallystick.parties.acting import Acting
from tallystick.parties.models import Organisation
from tallystick.rulebook.periods import Span
from tallystick.runs import installation, operations, taken, uploads
from tallystick.runs.models import Submission
from tallystick.runs.uploads import Upload


class UnableToTakeIn(Exception):
    """Nothing of the file was taken in; the message says what to do."""


@dataclass(frozen=True)
class Told:
    """What a sender says of a file: which stream it is of, who sends it, and the period it vouches for."""

    stream: str
    sender: Organisation | None = None
    period: Span | None = None


def preview(upload: Upload, told: Told, *, by: Acting, at: dt.datetime) -> Submission:
    """Read a file and show what would be taken in. A file that is refused stands as refused, with its reason.

    :raises UnableToFind: if the code has no such stream
    """
    installation.stream_of(by.code, told.stream)
    try:
        reading, receipt = _read(upload.path, upload.filename, told, by.code, (at, at))
    except (UnableToRead, UnableToReceive, UnableToOpenStore) as refusal:
        uploads.remove(upload.handle)
        return operations.refuse_submission(sent=_sent(upload, told), because=str(refusal), by=by, at=at)
    return operations.preview_submission(
        sent=_sent(upload, told), found=operations.Found(reading, receipt), by=by, at=at
    )


def commit(submission: Submission, *, by: Acting, at: dt.datetime) -> Submission:
    """Take a previewed file in: all of its accepted rows, or nothing.

    :raises UnableToTakeIn: if it cannot be read again, or joined to what is kept
    :raises UnableToCommitSubmission: if it is not waiting to be taken in
    """
    if submission.state != Submission.PREVIEWED:
        raise operations.UnableToCommitSubmission(taken.not_waiting(submission))
    path = uploads.path_of(submission.handle)
    told = Told(submission.stream, submission.party, _span(submission.period))
    when = (submission.received_at, at)
    try:
        reading, receipt = _read(path, submission.filename, told, submission.code, when, keep=True)
    except (UnableToRead, UnableToReceive, UnableToOpenStore) as refusal:
        raise UnableToTakeIn(str(refusal)) from None
    found = operations.Found(reading, receipt)
    done = operations.commit_submission(submission=submission, found=found, by=by, at=at)
    uploads.remove(submission.handle)
    return done


def discard(submission: Submission, *, by: Acting, at: dt.datetime) -> Submission:
    """Forget a file that was shown and not taken in.

    :raises UnableToDiscardSubmission: if it is not waiting
    """
    done = operations.discard_submission(submission=submission, by=by, at=at)
    uploads.remove(submission.handle)
    return done


def file_to_correct(submission: Submission) -> Path | None:
    """Return the refused rows of a submission, what is wrong in a last column, to mend and send again."""
    if not submission.has_file_to_correct:
        return None
    path = installation.store().root / "submissions" / submission.evidence / "refused.csv"
    return path if path.is_file() else None


def _read(
    path: Path,
    name: str,
    told: Told,
    code: str,
    when: tuple[dt.datetime, dt.datetime],
    *,
    keep: bool = False,
) -> tuple[Reading, Receipt]:
    """Read a file, and take it into the store or ask the store what that would come to."""
    book, stream = installation.rulebook_of(code).code, installation.stream_of(code, told.stream)
    party = told.sender.name if told.sender else None
    received_at, now = when
    with tempfile.TemporaryDirectory(prefix="tally-") as scratch:
        how = How(received_at=received_at, party=party, name=name)
        reading = read_file(path, stream, book, scratch=Path(scratch), how=how)
        origin = Origin(path, received_at, now, party=party, period=told.period, name=name)
        store = installation.store()
        act = store.receive if keep else store.preview
        return reading, act(reading, stream, book, origin)


def _sent(upload: Upload, told: Told) -> operations.Sent:
    return operations.Sent(
        upload=upload, stream=told.stream, sender=told.sender, period=str(told.period or "")
    )


def _span(period: str) -> Span | None:
    return Span.parse(period) if period else None
