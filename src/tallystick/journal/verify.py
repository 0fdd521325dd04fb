"""Whether the journal is what it was: everything that was hashed is hashed again, and compared."""

from collections.abc import Iterator
from typing import NamedTuple

from tallystick.journal.leaf import Leaf, commitment, read
from tallystick.journal.merkle import EMPTY_ROOT, Frontier, Place, folded, leaf_hash, peaks
from tallystick.journal.models import THE_LOG, ClosedDay, Entry, Log, Node
from tallystick.journal.queries import nodes_at, readings_of_day

AT_ONCE = 250
MOST = 20


class Flaw(NamedTuple):
    """Something that is not as it was written; `seq` is None where no one entry is at fault."""

    seq: int | None
    what: str


def recomputed_root() -> bytes:
    """Return the root over all entries, from the bytes of their leaves alone."""
    edge = Frontier()
    for leaf in Entry.objects.order_by("seq").values_list("leaf", flat=True).iterator(AT_ONCE):
        edge.append(leaf_hash(bytes(leaf)))
    return edge.root


def flaws_at_the_head() -> list[Flaw]:
    """Return what is wrong at the head: quick at any size, for when the site starts."""
    log = _log()
    last = Entry.objects.order_by("-seq").values_list("seq", flat=True).first()
    size = 0 if last is None else last + 1
    if log.size != size:
        return [Flaw(None, f"The head counts {log.size} entries; there are {size}.")]
    places = peaks(0, size)
    nodes = nodes_at(places)
    if len(nodes) < len(places):
        return [Flaw(None, "Nodes at the edge of the tree are missing.")]
    if folded([nodes[place] for place in places]) != bytes(log.root):
        return [Flaw(None, "The root of the head is not that of the nodes.")]
    return []


def verified(most: int = MOST) -> list[Flaw]:
    """Return what is wrong with the journal, the earliest first and at most so many; none if it is sound.

    Compared are: leaves with their columns, their nodes, the root before each and what they said; all nodes
    above; the head; and the digests of readings. What was wrong before it was written is not seen.
    """
    found: list[Flaw] = []
    for flaw in _flaws():
        found.append(flaw)
        if len(found) == most:
            break
    return found


def _flaws() -> Iterator[Flaw]:
    edge, batch, nodes = Frontier(), dict[Place, bytes](), 0
    for entry in Entry.objects.order_by("seq").select_related("payload").iterator(AT_ONCE):
        if entry.seq != edge.size:
            yield Flaw(edge.size, f"The entry is missing; the next is {entry.seq}.")
            return
        yield from _flaws_of(entry, edge.root)
        completed = edge.append(leaf_hash(bytes(entry.leaf)))
        batch |= completed
        nodes += len(completed)
        if len(batch) >= AT_ONCE:
            yield from _flaws_of_nodes(batch)
            batch = {}
    yield from _flaws_of_nodes(batch)
    if (kept := Node.objects.count()) != nodes:
        yield Flaw(None, f"The tree has {nodes} nodes; {kept} are kept.")
    yield from _flaws_of_head(edge)
    yield from _flaws_of_readings()


def _flaws_of(entry: Entry, before: bytes) -> Iterator[Flaw]:
    try:
        leaf = read(bytes(entry.leaf))
    except ValueError as odd:
        yield Flaw(entry.seq, str(odd))
        return
    for column in ("seq", "act", "at", "actor", "code", "kind", "handle", "classification"):
        if getattr(entry, column) != getattr(leaf, column):
            yield Flaw(entry.seq, f"Its column {column} is not what the leaf says.")
    if leaf.prev != before:
        yield Flaw(entry.seq, "The log before it is not the one that it was written after.")
    yield from _flaws_of_payload(entry, leaf)


def _flaws_of_payload(entry: Entry, leaf: Leaf) -> Iterator[Flaw]:
    if not hasattr(entry, "payload"):
        yield Flaw(entry.seq, "What it said is missing.")
    elif commitment(bytes(entry.payload.salt), entry.payload.text.encode()) != leaf.commit:
        yield Flaw(entry.seq, "What it says is not what it said.")


def _flaws_of_nodes(computed: dict[Place, bytes]) -> Iterator[Flaw]:
    kept = nodes_at(computed)
    for place, digest in computed.items():
        if kept.get(place) != digest:
            first = place.number << place.level
            yield Flaw(first, f"The kept hash over {1 << place.level} entries from {first} is not theirs.")


def _flaws_of_head(edge: Frontier) -> Iterator[Flaw]:
    log = _log()
    if log.size != edge.size:
        yield Flaw(None, f"The head counts {log.size} entries; there are {edge.size}.")
    if bytes(log.root) != edge.root:
        yield Flaw(None, "The root of the head is not that of the entries.")


def _flaws_of_readings() -> Iterator[Flaw]:
    for closed in ClosedDay.objects.select_related("entry__payload").order_by("day"):
        count, root = readings_of_day(closed.day)
        if (count, root) != (closed.readings, bytes(closed.root)):
            yield Flaw(closed.entry_id, f"The readings of {closed.day} are not those that were closed.")
        if hasattr(closed.entry, "payload") and bytes(closed.root).hex() not in closed.entry.payload.text:
            yield Flaw(closed.entry_id, f"Its digest is not that of the readings of {closed.day}.")


def _log() -> Log:
    return Log.objects.filter(pk=THE_LOG).first() or Log(size=0, root=EMPTY_ROOT)
