"""Files that were sent and are not taken in yet: each lies under a handle, until its sender decides."""

import contextlib
import hashlib
import os
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import Sum

from tallystick.journal.governed import new_handle
from tallystick.parties.models import Person
from tallystick.parties.policy.guard import unscoped
from tallystick.runs.models import Submission

LONGEST_NAME = 120
HANDLE = re.compile(r"[0-9A-Z]{20}")
MEGABYTE = 1_000_000


class UnableToKeepUpload(Exception):
    """The file is larger than may be sent, or its sender has too much waiting already."""


@dataclass(frozen=True)
class Upload:
    """A file as it lies: `filename` is what its sender called it, cleaned, for reading only."""

    handle: str
    filename: str
    size: int
    sha256: str

    @property
    def path(self) -> Path:
        return path_of(self.handle)


def keep(chunks: Iterable[bytes], *, filename: str, person: Person | None) -> Upload:
    """Write a file down as it comes in, and stop at the first byte too many.

    :raises UnableToKeepUpload: if it is larger than may be sent, or more than may wait for one person
    """
    room = min(settings.UPLOAD_BYTES, settings.UPLOADS_OF_ONE - waiting_bytes(person))
    handle, digest, size = new_handle(), hashlib.sha256(), 0
    path = path_of(handle)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                _check_fits(size, room)
                digest.update(chunk)
                file.write(chunk)
    except BaseException:
        remove(handle)
        raise
    return Upload(handle, cleaned(filename), size, digest.hexdigest())


@unscoped("How much of a person's own waits, in whatever capacity they sent it.", of_everybody=True)
def waiting_bytes(person: Person | None) -> int:
    """Return how much of a person's waits to be taken in or discarded."""
    waiting = Submission.objects.filter(person=person, state=Submission.PREVIEWED)
    total: int | None = waiting.aggregate(total=Sum("size"))["total"]
    return total or 0


def remove(handle: str) -> None:
    """Remove a file that is no longer needed; it may have gone already."""
    with contextlib.suppress(OSError):
        path_of(handle).unlink(missing_ok=True)


def sweep(older_than: float) -> int:
    """Remove files that no waiting submission needs and that were written before; return how many.

    :param older_than: seconds since 1970; a file being sent just now is younger
    """
    folder: Path = settings.HOME / "uploads"
    if not folder.is_dir():
        return 0
    waiting = set(Submission.objects.filter(state=Submission.PREVIEWED).values_list("handle", flat=True))
    left = [
        path for path in folder.iterdir() if path.name not in waiting and path.stat().st_mtime < older_than
    ]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


def path_of(handle: str) -> Path:
    """Return where the file of a handle lies; a handle that is none names nothing."""
    if not HANDLE.fullmatch(handle):
        raise ValueError("a handle is twenty letters and digits")
    folder: Path = settings.HOME / "uploads"
    return folder / handle


def cleaned(filename: str) -> str:
    """Return a file's name without folders, control or direction characters, cut to what a page shows."""
    last = re.split(r"[/\\]", filename)[-1]
    shown = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C").strip()
    return shown[:LONGEST_NAME] or "unnamed"


def _check_fits(size: int, room: int) -> None:
    most = settings.UPLOAD_BYTES
    if size > most:
        raise UnableToKeepUpload(
            f"The file is larger than {most // MEGABYTE:,} MB. Split it, or compress it with gzip."
        )
    if size > room:
        raise UnableToKeepUpload(
            "Files of yours wait to be taken in. Take them in or discard them, then send this one again."
        )
