"""How acts on motions and ballots name what they changed in the journal, and the lock that they share."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import RLock
from typing import TypeVar

from django.db import IntegrityError, connection, transaction

from tallystick.decisions.models import Motion
from tallystick.journal.models import Entry
from tallystick.journal.operations import record
from tallystick.journal.subjects import Subject
from tallystick.parties.acting import Acting
from tallystick.parties.classified import Classified

DRAWS = 5
Row = TypeVar("Row", bound=Classified)

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


def written_once(fresh: Callable[[], Row], before: Callable[[], Row | None]) -> tuple[Row, bool]:
    """Write what one form makes, once; return it, and whether it was written now.

    :param fresh: makes the row, each time under another reference: one that is taken is drawn again
    :param before: finds the row that the same form made, sent twice at once
    """
    for left in reversed(range(DRAWS)):
        row = fresh()
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            there = before()
            if there is not None:
                return there, False
            if not left:
                raise
        else:
            return row, True
    raise AssertionError  # the last draw returned or raised


def locked(motion: Motion) -> Motion:
    """Return the motion as it stands, which nobody else can change or vote on until this transaction ends."""
    held = Motion.objects.select_for_update(of=("self",)).select_related("body", "party")
    found: Motion = held.get(pk=motion.pk)
    return found


def enter(act: str, row: Classified, by: Acting, at: dt.datetime, said: str, **facts: object) -> Entry:
    """Write the entry of an act of this room; facts of a motion are those of docs/voting-format.md."""
    subject = Subject(row.code, row.TYPE, row.handle, row.classification)
    return record(act=f"decisions.{act}", subject=subject, by=by.actor, at=at, said=said, facts=facts)
