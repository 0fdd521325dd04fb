"""What may be asked of the journal. Whether the asker may see a record is asked of the record's own room."""

import datetime as dt
import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from tallystick.journal.canonical import canonical
from tallystick.journal.leaf import spelled
from tallystick.journal.merkle import EMPTY_ROOT, Frontier, Place, Tree, leaf_hash, peaks
from tallystick.journal.models import THE_LOG, ClosedDay, Entry, Log, Node, Reading


class Head(NamedTuple):
    """How many entries the log has, and the root of the tree over them, in hexadecimal."""

    size: int
    root: str


@dataclass(frozen=True)
class Told:
    """An entry of a record's history, as the drawer shows it. Texts are None where the payload is gone."""

    seq: int
    act: str
    at: dt.datetime
    actor: str
    classification: str
    capacity: str | None
    said: str | None
    hash: str


def head() -> Head:
    """Return the log's size and root, as the head states them."""
    log = Log.objects.filter(pk=THE_LOG).first()
    return Head(log.size, bytes(log.root).hex()) if log else Head(0, EMPTY_ROOT.hex())


def history(code: str, kind: str, handle: str) -> list[Told]:
    """Return what was done to a record, the first act first."""
    return [_told(entry) for entry in _entries(code, kind, handle)]


def receipts(entries: Collection[int]) -> dict[str, Any]:
    """Return all that is needed to check entries without the installation: leaves, salts, proofs, the head.

    :param entries: sequence numbers, of entries whose text the asker may read
    """
    size, root = head()
    tree = _tree(size)
    found = Entry.objects.filter(seq__in=entries).select_related("payload").order_by("seq")
    return {
        "format": "tally-receipt-v1",
        "log": {"size": size, "root": root},
        "entries": [
            {
                "index": entry.seq,
                "leaf": bytes(entry.leaf).decode(),
                "salt": bytes(entry.payload.salt).hex() if hasattr(entry, "payload") else None,
                "payload": entry.payload.text if hasattr(entry, "payload") else None,
                "proof": [digest.hex() for digest in tree.inclusion_proof(entry.seq, size)],
            }
            for entry in found
        ],
    }


def inclusion_proof(seq: int) -> list[bytes]:
    """Return the proof that an entry is in the log as it stands now.

    :raises IndexError: if there is no such entry
    """
    size = head().size
    return _tree(size).inclusion_proof(seq, size)


def consistency_proof(old: int, new: int) -> list[bytes]:
    """Return the proof that the log of `new` entries only added to the log of `old`.

    :raises IndexError: if the log never had those sizes
    """
    return _tree(head().size).consistency_proof(old, new)


def root_of(size: int) -> bytes:
    """Return the root that the log had at an earlier size."""
    return _tree(head().size).root(size)


def nodes_at(places: Collection[Place]) -> dict[Place, bytes]:
    """Return the hashes kept at the places, in one query."""
    if not places:
        return {}
    wanted = Q()
    for level in {place.level for place in places}:
        wanted |= Q(level=level, number__in=[place.number for place in places if place.level == level])
    found = Node.objects.filter(wanted).values_list("level", "number", "hash")
    return {Place(level, number): bytes(digest) for level, number, digest in found}


def frontier(size: int) -> Frontier:
    """Return the right edge of the log at a size, as its nodes tell."""
    places = peaks(0, size)
    nodes = nodes_at(places)
    return Frontier(size, [nodes[place] for place in places])


def readings_of_day(day: dt.date) -> tuple[int, bytes]:
    """Return how many readings a day has, and the root of the tree over them in the order they came."""
    edge = Frontier()
    for reading in Reading.objects.filter(day=day).order_by("pk").iterator():
        edge.append(leaf_hash(_reading_written(reading)))
    return edge.size, edge.root


def _reading_written(reading: Reading) -> bytes:
    return canonical(
        {
            "at": spelled(reading.at),
            "actor": reading.actor,
            "capacity": reading.capacity,
            "code": reading.code,
            "kind": reading.kind,
            "object": reading.handle,
            "class": reading.classification,
            "address": reading.address,
        }
    )


def _tree(size: int) -> Tree:
    return Tree(size, nodes_at)


def _entries(code: str, kind: str, handle: str) -> QuerySet[Entry]:
    return Entry.objects.filter(code=code, kind=kind, handle=handle).select_related("payload").order_by("seq")


def _told(entry: Entry) -> Told:
    payload = json.loads(entry.payload.text) if hasattr(entry, "payload") else {}
    return Told(
        seq=entry.seq,
        act=entry.act,
        at=entry.at,
        actor=entry.actor,
        classification=entry.classification,
        capacity=payload.get("capacity"),
        said=payload.get("said"),
        hash=leaf_hash(bytes(entry.leaf)).hex(),
    )


def unclosed_days(before: dt.date) -> list[dt.date]:
    """Return the days before one whose readings no closed day covers, the first first."""
    closed = ClosedDay.objects.order_by("-day").values_list("day", flat=True).first()
    left = Reading.objects.filter(day__lt=before)
    left = left.filter(day__gt=closed) if closed else left
    return list(left.order_by("day").values_list("day", flat=True).distinct())
