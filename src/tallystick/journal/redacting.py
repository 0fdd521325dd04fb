"""Taking away for good what an entry said: one person asks, another orders it, and the entry itself stays.

The commitment stays as well, and without the salt tells nothing. What the log says of itself always stays.
"""

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import QuerySet

from tallystick.journal.leaf import read
from tallystick.journal.models import Entry, Payload, Redaction
from tallystick.journal.operations import record
from tallystick.journal.subjects import Actor, Subject

KIND = "redaction"
OWN = "journal."
LONGEST = 200


class UnableToRedact(Exception):
    """There are no such words, they are asked for already, or the same person asked for it."""


class Asked(NamedTuple):
    """Which words are to go, why, and on whose authority."""

    code: str
    seq: int
    reason: str
    authority: str


@transaction.atomic
def ask_redaction(*, asked: Asked, by: Actor, at: dt.datetime) -> Redaction:
    """Ask that the words of an entry be removed for good; another person decides.

    :raises UnableToRedact: if the entry has none under this code, or they are asked for already
    """
    if asked.reason not in dict(Redaction.REASONS) or not asked.authority.strip():
        raise UnableToRedact("Say why the words are to go, and on whose authority.")
    if not by.handle:
        raise UnableToRedact("Whoever asks has to have an account.")
    entry = Entry.objects.select_for_update().filter(seq=asked.seq, code__in=("", asked.code)).first()
    if entry is None or not Payload.objects.filter(pk=asked.seq).exists():
        raise UnableToRedact(f"No words of an entry {asked.seq:,} are here.")
    if entry.act.startswith(OWN):
        raise UnableToRedact("What the journal says of itself stays.")
    if Redaction.objects.filter(entry=entry).exclude(state=Redaction.REFUSED).exists():
        raise UnableToRedact(f"The words of entry {asked.seq:,} are asked for already.")
    redaction: Redaction = Redaction.objects.create(
        code=asked.code,
        entry=entry,
        reason=asked.reason,
        authority=asked.authority.strip()[:LONGEST],
        asked_by=by.handle,
        asked_at=at,
    )
    record(
        act="journal.ask_redaction",
        subject=_subject(redaction),
        by=by,
        at=at,
        said=f"asked that the words of entry {asked.seq} be removed",
        facts={"entry": asked.seq, "reason": redaction.reason, "authority": redaction.authority},
    )
    return redaction


def nothing_else(_seq: int) -> None:
    """Remove nothing besides the words: they came with nothing."""


@transaction.atomic
def redact(
    *, redaction: Redaction, by: Actor, at: dt.datetime, also: Callable[[int], None] = nothing_else
) -> Redaction:
    """Order what another person asked for: the words and their salt go, for good.

    :param also: removes what came with the words of an entry, which still say what that was
    :raises UnableToRedact: if the same person asked for it, nobody has signed in, or it is settled
    """
    redaction = _standing(redaction, by)
    entry = redaction.entry
    redaction.order = record(
        act="journal.redact",
        subject=_subject(redaction),
        by=by,
        at=at,
        said=f"removed the words of entry {entry.seq}",
        facts={
            "entry": entry.seq,
            "commit": read(bytes(entry.leaf)).commit.hex(),
            "reason": redaction.reason,
            "authority": redaction.authority,
            "asked_by": redaction.asked_by,
        },
    )
    _settle(redaction, Redaction.DONE, by, at)
    also(entry.seq)
    QuerySet(Payload).filter(pk=entry.seq)._raw_delete(connection.alias)  # noqa: SLF001 - past what refuses all others
    return redaction


@transaction.atomic
def refuse_redaction(*, redaction: Redaction, by: Actor, at: dt.datetime) -> Redaction:
    """Leave the words where they are.

    :raises UnableToRedact: as above
    """
    redaction = _standing(redaction, by)
    _settle(redaction, Redaction.REFUSED, by, at)
    record(
        act="journal.refuse_redaction",
        subject=_subject(redaction),
        by=by,
        at=at,
        said=f"left the words of entry {redaction.entry_id}",
        facts={"entry": redaction.entry_id},
    )
    return redaction


def _standing(redaction: Redaction, by: Actor) -> Redaction:
    held: Redaction = Redaction.objects.select_for_update().select_related("entry").get(pk=redaction.pk)
    if held.state != Redaction.ASKED:
        raise UnableToRedact(f"It is settled: {held.get_state_display().lower()}.")
    if not by.handle or by.handle == held.asked_by:
        raise UnableToRedact("Somebody else has to decide on what you asked for.")
    return held


def _settle(redaction: Redaction, state: str, by: Actor, at: dt.datetime) -> None:
    redaction.state, redaction.decided_by, redaction.decided_at = state, by.handle, at
    redaction.save(update_fields=["state", "decided_by", "decided_at", "order"])


def _subject(redaction: Redaction) -> Subject:
    return Subject(redaction.code, KIND, redaction.handle, "amber")
