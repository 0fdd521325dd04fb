"""What may be attached to a message: how many files, how large, of which kinds, and what they are called."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from tallystick.cases.media import UnknownKind, check_letter, kinds_of
from tallystick.cases.models import Attachment
from tallystick.cases.models.attachment import LONGEST_NAME
from tallystick.evidence.limits import MEGABYTE, megabytes
from tallystick.evidence.refusals import quoted

MOST, LARGEST = 5, 10 * MEGABYTE
SUFFIXES = {
    Attachment.PDF: (".pdf",),
    Attachment.DOCUMENT: (".docx",),
    Attachment.WORKBOOK: (".xlsx",),
    Attachment.CSV: (".csv",),
    Attachment.TEXT: (".txt",),
    Attachment.PNG: (".png",),
    Attachment.JPEG: (".jpg", ".jpeg"),
    Attachment.LETTER: (".eml",),
}
LONGEST_SUFFIX = 8
UNNAMED = "unnamed"


class UnableToAttach(Exception):
    """Too many files, one too large or empty, or of a kind that is not accepted."""


@dataclass(frozen=True)
class Handed:
    """A file as somebody handed it in: what they call it, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True)
class File:
    """A file that may be attached: its name cleaned, its kind told from its content."""

    name: str
    media: str
    content: bytes

    @property
    def size(self) -> int:
        return len(self.content)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def looked_over(handed: Sequence[Handed]) -> tuple[File, ...]:
    """Return the files that may be attached, all of them or none.

    :raises UnableToAttach: naming the first that may not be, and what would be right
    """
    check_sizes([(one.name, len(one.content)) for one in handed])
    return tuple(map(_looked_over, handed))


def check_sizes(told: Sequence[tuple[str, int]]) -> None:
    """Refuse too many files, and any that is empty or too large, before one of them is read.

    :raises UnableToAttach: naming it
    """
    if len(told) > MOST:
        raise UnableToAttach(
            f"{len(told)} files are attached; {MOST} go with one message. Send the rest with another."
        )
    for name, size in told:
        if size == 0:
            raise UnableToAttach(f"{quoted(cleaned(name))} is empty (0 bytes). Attach it again.")
        if size > LARGEST:
            has, most = f"{size / MEGABYTE:,.1f} MB", megabytes(LARGEST)
            raise UnableToAttach(
                f"{quoted(cleaned(name))} has {has}; the limit is {most} a file. "
                "Attach a part of it, or save it smaller."
            )


def cleaned(name: str) -> str:
    """Return a name without folders, control or direction characters, cut to what a page shows."""
    last = re.split(r"[/\\]", name)[-1]
    shown = " ".join("".join(one for one in last if unicodedata.category(one)[0] != "C").split())
    stem, dot, suffix = shown.rpartition(".")
    if not dot or len(suffix) > LONGEST_SUFFIX:
        return shown[:LONGEST_NAME] or UNNAMED
    return f"{stem[: LONGEST_NAME - len(suffix) - 1] or UNNAMED}.{suffix}"


def _looked_over(one: Handed) -> File:
    name = cleaned(one.name)
    try:
        return File(name, _media_of(name, one.content), one.content)
    except UnknownKind as refusal:
        raise UnableToAttach(f"{quoted(name)} was not attached: {refusal}") from None


def _media_of(name: str, content: bytes) -> str:
    """Return the kind of a file: what its content is, and its name does not gainsay.

    :raises UnknownKind: saying what it is, and what would be right
    """
    kinds = kinds_of(content)
    media = next((kind for kind in kinds if name.lower().endswith(SUFFIXES[kind])), None)
    if media is None:
        right = " or ".join(suffix for kind in kinds for suffix in SUFFIXES[kind])
        called = dict(Attachment.KINDS)[kinds[0]] if len(kinds) == 1 else "text"
        raise UnknownKind(f"its content is {called}, which its name does not say. Let it end in {right}.")
    if media == Attachment.LETTER:
        check_letter(content)
    return media
