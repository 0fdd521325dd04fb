"""How acts on motions and ballots name what they changed in the journal, and the lock that they share."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock

from django.db import connection

from tallystick.decisions.models import Motion
from tallystick.journal.models import Entry
from tallystick.journal.operations import record
from tallystick.journal.subjects import Subject
from tallystick.parties.acting import Acting
from tallystick.parties.classified import Classified

WHY = "An act reads the rows it changes; whoever asked for it was let through by the door."


_TURN = RLock()


@contextmanager
def in_turn() -> Iterator[None]:
    """Let the acts of one process on votes wait in a line for SQLite, outside of their transactions.

    There whoever waits for the writer looks again now and then, and one of many may never find the moment.
    Who has begun a transaction holds what the line waits for, and does not join it.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with _TURN:
        yield


def locked(motion: Motion) -> Motion:
    """Return the motion as it stands, which nobody else can change or vote on until this transaction ends."""
    held = Motion.objects.select_for_update(of=("self",)).select_related("body", "party")
    found: Motion = held.get(pk=motion.pk)
    return found


def enter(act: str, row: Classified, by: Acting, at: dt.datetime, said: str, **facts: object) -> Entry:
    """Write the entry of an act of this room; facts of a motion are those of docs/voting-format.md."""
    subject = Subject(row.code, row.TYPE, row.handle, row.classification)
    return record(act=f"decisions.{act}", subject=subject, by=by.actor, at=at, said=said, facts=facts)
