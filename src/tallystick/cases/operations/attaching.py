"""Files beside a message: written with it, named in its entry, and gone where its words are ordered away."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from tallystick.cases.attached import File, Handed, looked_over
from tallystick.cases.models import AttachedBytes, Attachment, Message
from tallystick.cases.operations.entries import common, counted
from tallystick.journal.models import Payload
from tallystick.parties.policy.guard import unscoped

WHY = "Two persons ordered the words of an entry away; what came with them goes too, whoever may read it."


def attach(message: Message, handed: Sequence[Handed]) -> tuple[str, dict[str, Any]]:
    """Write the files of a message that was just written; return what its entry says of them, and as facts.

    The entry states of each its handle, hash, size and class, so that a receipt covers the bytes. What it is
    called is told with the message alone, once that is opened.

    :raises UnableToAttach: naming the first file that may not be attached
    """
    files = looked_over(handed)
    if not files:
        return "", {}
    rows = [_written(message, number, file) for number, file in enumerate(files, 1)]
    facts = [
        {"attachment": row.handle, "sha256": row.sha256, "size": row.size, "class": row.classification}
        for row in rows
    ]
    return f", with {counted(len(files), 'attachment')}", {"attachments": facts}


def is_same(message: Message, handed: Sequence[Handed]) -> bool:
    """Tell whether a message came with these very files; those that were removed since count as such."""
    there = list(message.attachments.order_by("number"))
    return len(there) == len(handed) and all(
        row.is_gone or row.sha256 == file.sha256 for row, file in zip(there, looked_over(handed), strict=True)
    )


@unscoped(WHY, of_everybody=True)
def remove_attachments(seq: int) -> None:
    """Remove for good what came with the words of an entry, while these still say what it was.

    That something was attached stays, without name, hash or bytes. The database lets them go only once the
    order of two persons stands.
    """
    for row in Attachment.objects.filter(handle__in=_named_in(seq)):
        content: QuerySet[AttachedBytes] = QuerySet(AttachedBytes).filter(attachment__handle=row.handle)
        content._raw_delete(connection.alias)  # noqa: SLF001 - past what refuses all others, by the order
        row.name, row.size, row.sha256 = "", 0, ""
        row.save(update_fields=["name", "size", "sha256"])


def _named_in(seq: int) -> list[str]:
    said = Payload.objects.filter(pk=seq).values_list("text", flat=True).first()
    facts: Mapping[str, Any] = json.loads(said)["facts"] if said else {}
    return [one["attachment"] for one in facts.get("attachments", ())]


def _written(message: Message, number: int, file: File) -> Attachment:
    row = Attachment(
        **common(message.case),
        message=message,
        number=number,
        name=file.name,
        size=file.size,
        sha256=file.sha256,
        media=file.media,
    )
    row.save(force_insert=True)
    AttachedBytes(attachment=row, content=file.content).save(force_insert=True)
    return row
