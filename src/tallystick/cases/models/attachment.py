"""What is attached to a message: a row that tells of a file, and its bytes in a table of their own."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tallystick.cases.models.talk import Message
from tallystick.decisions.keeping import Kept
from tallystick.journal.governed import Governed
from tallystick.parties.classified import Classified, classed

LONGEST_NAME = 120
SHA256 = 64
KILOBYTE, MEGABYTE = 1_000, 1_000_000


def weighed(size: int) -> str:
    """Return a size of so many bytes as a person says it, never as nothing."""
    if size >= MEGABYTE:
        return f"{size / MEGABYTE:.1f} MB"
    return f"{size // KILOBYTE} KB" if size >= KILOBYTE else f"{size} {'byte' if size == 1 else 'bytes'}"


class Attachment(Kept, Classified):
    """A file beside a message, which whoever reads the message reads, and nobody else.

    `name` is what its sender called it, cleaned; `size` is in bytes; `media` is what the content was found to
    be. What two persons order away goes whole: name, hash and bytes; that something was attached stays.
    """

    TYPE = "case_message"
    # The body is that of the case; what else may change the database lets go by an order alone.
    CHANGES: ClassVar[frozenset[str]] = frozenset({"body", "name", "size", "sha256"})
    IS_ERASED = True
    PDF, DOCUMENT, WORKBOOK, CSV, TEXT = "pdf", "docx", "xlsx", "csv", "txt"
    PNG, JPEG, LETTER = "png", "jpeg", "eml"
    KINDS: ClassVar[list[tuple[str, str]]] = [
        (PDF, "PDF"),
        (DOCUMENT, "Word document"),
        (WORKBOOK, "Excel workbook"),
        (CSV, "CSV"),
        (TEXT, "Text"),
        (PNG, "PNG image"),
        (JPEG, "JPEG image"),
        (LETTER, "E-mail"),
    ]

    message = models.ForeignKey(Message, models.PROTECT, related_name="attachments")
    number = models.IntegerField()
    name = models.CharField(max_length=LONGEST_NAME, blank=True)
    size = models.IntegerField()
    sha256 = models.CharField(max_length=SHA256, blank=True)
    media = models.CharField(max_length=4, choices=KINDS)

    class Meta:
        constraints = [
            *classed("attachment"),
            models.UniqueConstraint(fields=["message", "number"], name="one_attachment_of_a_number"),
            models.CheckConstraint(
                condition=Q(name="", sha256="", size=0) | (~Q(name="") & ~Q(sha256="") & Q(size__gt=0)),
                name="an_attachment_is_there_or_gone",
            ),
        ]

    def __str__(self) -> str:
        return f"attachment {self.number} of {self.message_id}"

    @property
    def is_gone(self) -> bool:
        return not self.name

    @property
    def weight(self) -> str:
        return weighed(self.size)


class AttachedBytes(Kept, Governed):
    """The bytes of an attachment: read where one is fetched, and by nothing that lists any."""

    IS_ERASED = True

    attachment = models.OneToOneField(Attachment, models.PROTECT, related_name="content")
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"bytes of {self.attachment_id}"
