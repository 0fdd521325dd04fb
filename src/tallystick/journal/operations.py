"""What the journal does: take in an entry, note a reading, close the readings of a day."""

import datetime as dt
import secrets
from collections.abc import Mapping

from django.db import transaction

from tallystick.journal.canonical import canonical
from tallystick.journal.leaf import Leaf, commitment
from tallystick.journal.merkle import EMPTY_ROOT, Frontier, leaf_hash
from tallystick.journal.models import THE_LOG, ClosedDay, Entry, Log, Node, Payload, Reading
from tallystick.journal.queries import frontier, readings_of_day
from tallystick.journal.subjects import Actor, Subject

SALT = 32
# A page that was asked for before midnight may note its reading some time after it.
SETTLED_AFTER = dt.timedelta(hours=1)
CLASSES = frozenset({"red", "amber", "green", "white"})
NOTED = frozenset({"red", "amber"})


class UnableToRecord(Exception):
    """The entry could not stand: outside a transaction, at a time without a zone, or of no class."""


class UnableToCloseReadings(Exception):
    """The day has not settled yet, or its readings are closed already."""


def record(
    *,
    act: str,
    subject: Subject,
    by: Actor,
    at: dt.datetime,
    said: str,
    facts: Mapping[str, object] | None = None,
) -> Entry:
    """Write the entry of an act, in the act's own transaction: both stand, or neither.

    Call it last: whoever appends after has to wait until this transaction ends.

    :param act: the room and the act, such as `runs.commit_submission`
    :param said: what was done, as it follows a person's name: `took in 3 of 4 rows`
    :param facts: what else is to be provable later; whole numbers and text
    :raises UnableToRecord: outside a transaction, at a time without a zone, or of a class that is none
    :raises UnableToWriteCanonically: if a fact is, for example, a fraction
    """
    _check(subject, at)
    payload = canonical({"capacity": by.capacity, "said": said, "facts": dict(facts or {})})
    salt = secrets.token_bytes(SALT)
    log = _locked()
    edge, moment = frontier(log.size), max(at, log.at or at)
    leaf = Leaf(
        seq=log.size,
        act=act,
        at=moment,
        is_held=moment != at,
        actor=by.handle,
        code=subject.code,
        kind=subject.kind,
        handle=subject.handle,
        classification=subject.classification,
        commit=commitment(salt, payload),
        prev=edge.root,
    )
    entry = _append(log, edge, leaf)
    Payload.objects.create(entry=entry, salt=salt, text=payload.decode())
    return entry


@transaction.atomic
def record_reading(*, subject: Subject, by: Actor, at: dt.datetime, address: str) -> Reading | None:
    """Note that somebody read something, if it is Amber or Red; the digest of the day will cover it.

    A reading that comes after its day was closed, as where the clock ran backwards, takes the first instant
    of the first day that is not.

    :raises UnableToRecord: at a time without a zone, or of a class that is none
    """
    _check(subject, at)
    if subject.classification not in NOTED:
        return None
    closed = ClosedDay.objects.order_by("-day").values_list("day", flat=True).first()
    if closed is not None:
        at = max(at, dt.datetime.combine(closed + dt.timedelta(days=1), dt.time(), dt.UTC))
    return Reading.objects.create(
        day=at.astimezone(dt.UTC).date(),
        at=at,
        actor=by.handle,
        capacity=by.capacity,
        code=subject.code,
        kind=subject.kind,
        handle=subject.handle,
        classification=subject.classification,
        address=address[:500],
    )


@transaction.atomic
def close_readings_of(*, day: dt.date, by: Actor, at: dt.datetime) -> Entry:
    """Let the log hold the readings of a day: their number and the root of the tree over them.

    :param day: a day in UTC
    :raises UnableToCloseReadings: if the day has not settled, or it or a later one is closed
    """
    _check_day(day, at)
    _locked()
    if ClosedDay.objects.filter(day__gte=day).exists():
        raise UnableToCloseReadings(f"The readings of {day} are closed.")
    count, root = readings_of_day(day)
    entry = record(
        act="journal.close_readings",
        subject=Subject("", "readings", day.isoformat(), "red"),
        by=by,
        at=at,
        said=f"closed {count} readings of {day}",
        facts={"day": day.isoformat(), "readings": count, "root": root.hex()},
    )
    ClosedDay.objects.create(day=day, entry=entry, readings=count, root=root)
    return entry


def _check(subject: Subject, at: dt.datetime) -> None:
    if not transaction.get_connection().in_atomic_block:
        raise UnableToRecord("An entry is written in the transaction of its act. Put the act in atomic().")
    if at.tzinfo is None:
        raise UnableToRecord("The time of an act has a zone.")
    if subject.classification not in CLASSES:
        raise UnableToRecord(f"{subject.classification[:20]!r} is no class.")


def _check_day(day: dt.date, at: dt.datetime) -> None:
    ended = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), dt.UTC)
    if at < ended + SETTLED_AFTER:
        raise UnableToCloseReadings(f"Readings of {day} may still come in until {ended + SETTLED_AFTER}.")


def _locked() -> Log:
    """Return the head of the log, to which nobody else can append until this transaction ends."""
    log = Log.objects.select_for_update().filter(pk=THE_LOG).first()
    if log is None:
        Log.objects.get_or_create(pk=THE_LOG, defaults={"root": EMPTY_ROOT})
        log = Log.objects.select_for_update().get(pk=THE_LOG)
    return log


def _append(log: Log, edge: Frontier, leaf: Leaf) -> Entry:
    """Write the entry, the nodes that it completes, and the new head."""
    entry = Entry.objects.create(
        seq=leaf.seq,
        act=leaf.act,
        at=leaf.at,
        actor=leaf.actor,
        code=leaf.code,
        kind=leaf.kind,
        handle=leaf.handle,
        classification=leaf.classification,
        leaf=leaf.written,
    )
    nodes = edge.append(leaf_hash(leaf.written))
    Node.objects.bulk_create(
        [Node(level=place.level, number=place.number, hash=digest) for place, digest in nodes.items()]
    )
    log.size, log.root, log.at = edge.size, edge.root, leaf.at
    log.save(update_fields=["size", "root", "at"])
    return entry
