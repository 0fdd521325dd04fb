"""What may be asked of the journal. Whether the asker may see a record is asked of the record's own room."""

import datetime as dt
import json
from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from tallystick.journal.canonical import canonical
from tallystick.journal.leaf import spelled
from tallystick.journal.merkle import EMPTY_ROOT, Frontier, Place, Tree, leaf_hash, peaks
from tallystick.journal.models import (
    THE_LOG,
    Checkpoint,
    ClosedDay,
    Entry,
    Log,
    Node,
    Reading,
    Redaction,
)

# Whoever has the file can write into it; what they wrote is not read out as what was done.
ALTERED = "left words that are not what was written then; tally-verify tells more"


class Head(NamedTuple):
    """How many entries the log has, and the root of the tree over them, in hexadecimal."""

    size: int
    root: str


class Sealed(NamedTuple):
    """A checkpoint: what it holds, when it was signed, and the names of the witnesses that saw it."""

    size: int
    root: str
    at: dt.datetime
    witnesses: tuple[str, ...]


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


def receipts(entries: Collection[int], keys: Collection[str] = ()) -> dict[str, Any]:
    """Return all that is needed to check entries without the installation: leaves, salts, proofs, the tree.

    The tree is that of the last checkpoint, if it holds any of them. Those that it does not hold yet wait in
    the log as it stands, which begins with that tree; where it holds none, they are shown in that log alone.

    :param entries: sequence numbers, of entries whose text the asker may read
    :param keys: the log's keys, as the installation states them
    """
    last = Checkpoint.objects.filter(size__gt=min(entries, default=0)).order_by("-size").first()
    now = head().size
    size = last.size if last else now
    waits = bool(last) and size <= max((seq for seq in entries if seq < now), default=0)
    tree = _tree(now if waits else size)
    found = Entry.objects.filter(seq__in=entries).select_related("payload").order_by("seq")
    origins = [key.partition("+")[0] for key in keys]
    return {
        "format": "tally-receipt-v1",
        "log": {
            "origin": origins[-1] if origins else "",
            "size": size,
            "root": tree.root(size).hex(),
            "checkpoint": signed_text(last) if last else None,
            "keys": list(keys),
            "pending": _pending(tree, size, now) if waits else None,
        },
        "entries": [
            {
                "index": entry.seq,
                "leaf": bytes(entry.leaf).decode(),
                "salt": bytes(entry.payload.salt).hex() if hasattr(entry, "payload") else None,
                "payload": entry.payload.text if hasattr(entry, "payload") else None,
                "proof": [
                    digest.hex()
                    for digest in tree.inclusion_proof(entry.seq, size if entry.seq < size else now)
                ],
            }
            for entry in found
        ],
    }


def _pending(tree: Tree, size: int, now: int) -> dict[str, Any]:
    """Return the tree with what waits, and the proof that it begins with what was signed."""
    proof = [digest.hex() for digest in tree.consistency_proof(size, now)]
    return {"size": now, "root": tree.root(now).hex(), "proof": proof}


def signed_text(row: Checkpoint) -> str:
    """Return the text of a checkpoint, with the lines of all witnesses below the log's own."""
    lines = row.cosignatures.order_by("pk").values_list("line", flat=True)
    return str(row.text) + "".join(f"{line}\n" for line in lines)


def checkpoints(most: int | None = None) -> list[Sealed]:
    """Return what was signed, the last first."""
    rows = Checkpoint.objects.order_by("-size").prefetch_related("cosignatures")[:most]
    return [_sealed(row) for row in rows]


def covering(entries: Collection[int]) -> dict[int, Sealed]:
    """Return, for each entry that one holds, the first checkpoint that does."""
    if not entries:
        return {}
    rows = Checkpoint.objects.filter(size__gt=min(entries)).order_by("size").prefetch_related("cosignatures")
    sealed = [_sealed(row) for row in rows]
    sizes = [one.size for one in sealed]
    places = {seq: bisect_right(sizes, seq) for seq in entries}
    return {seq: sealed[place] for seq, place in places.items() if place < len(sealed)}


def _sealed(row: Checkpoint) -> Sealed:
    names = sorted(one.key.partition("+")[0] for one in row.cosignatures.all())
    return Sealed(row.size, bytes(row.root).hex(), row.signed_at, tuple(names))


def removed(entries: Collection[int]) -> dict[int, Redaction]:
    """Return the orders by which the words of entries were removed."""
    rows = Redaction.objects.filter(entry__in=entries, state=Redaction.DONE)
    return {row.entry_id: row for row in rows}


def has_removed(since: dt.datetime) -> bool:
    """Tell whether words were removed since a moment."""
    return Redaction.objects.filter(state=Redaction.DONE, decided_at__gte=since).exists()


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
        edge.append(leaf_hash(reading_written(reading)))
    return edge.size, edge.root


def reading_written(reading: Reading) -> bytes:
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
    try:
        payload = dict(json.loads(entry.payload.text)) if hasattr(entry, "payload") else {}
    except (ValueError, TypeError):
        payload = {"said": ALTERED}
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
