"""Whether the journal is what it was: everything that was hashed is hashed again, and compared."""

from collections.abc import Iterator

from tallystick.journal.chain import REDACT, Chain, Flaw, Order, Words, order_in
from tallystick.journal.leaf import Leaf
from tallystick.journal.merkle import EMPTY_ROOT, Frontier, Place, folded, leaf_hash, peaks
from tallystick.journal.models import THE_LOG, Checkpoint, ClosedDay, Entry, Log, Node
from tallystick.journal.queries import nodes_at, readings_of_day

__all__ = ["Flaw", "flaws_at_the_head", "recomputed_root", "verified"]

AT_ONCE = 250
MOST = 20
COLUMNS = ("seq", "act", "at", "actor", "code", "kind", "handle", "classification")


def recomputed_root() -> bytes:
    """Return the root over all entries, from the bytes of their leaves alone."""
    edge = Frontier()
    for leaf in Entry.objects.order_by("seq").values_list("leaf", flat=True).iterator(AT_ONCE):
        edge.append(leaf_hash(bytes(leaf)))
    return edge.root


def flaws_at_the_head() -> list[Flaw]:
    """Return what is wrong at the head: quick at any size, for when the site starts."""
    log = _log()
    last = Entry.objects.order_by("-seq").values_list("seq", "at").first()
    size, at = (0, None) if last is None else (last[0] + 1, last[1])
    if log.size != size:
        return [Flaw(None, f"The head counts {log.size} entries; there are {size}.")]
    if log.at != at:
        return [Flaw(None, "The head has another time than the last entry.")]
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
    above; what was signed; the head; and the digests of readings. What was wrong before it was written is not
    seen.
    """
    found: list[Flaw] = []
    for flaw in _flaws():
        found.append(flaw)
        if len(found) == most:
            break
    return found


def _flaws() -> Iterator[Flaw]:
    chain, batch, nodes = Chain(_orders()), dict[Place, bytes](), 0
    signed = {row.size: bytes(row.root) for row in Checkpoint.objects.all()}
    for entry in Entry.objects.order_by("seq").select_related("payload").iterator(AT_ONCE):
        if entry.seq != chain.edge.size:
            yield Flaw(chain.edge.size, f"The entry is missing; the next is {entry.seq}.")
            return
        flaws, completed, leaf = chain.take(bytes(entry.leaf), _words(entry))
        if leaf is not None:
            yield from _flaws_of_columns(entry, leaf)
        yield from flaws
        if signed.pop(chain.edge.size, chain.edge.root) != chain.edge.root:
            yield Flaw(entry.seq, f"The log is not what was signed with {chain.edge.size} entries.")
        batch |= completed
        nodes += len(completed)
        if len(batch) >= AT_ONCE:
            yield from _flaws_of_nodes(batch)
            batch = {}
    yield from _flaws_of_nodes(batch)
    if (there := Node.objects.count()) != nodes:
        yield Flaw(None, f"The tree has {nodes} nodes; {there} are kept.")
    yield from (Flaw(chain.edge.size, f"{size} entries were signed.") for size in sorted(signed))
    yield from _flaws_of_head(chain)
    yield from _flaws_of_readings()


def _orders() -> dict[int, Order]:
    """Return the orders to remove words, by the entry whose words they were."""
    rows = Entry.objects.filter(act=REDACT).select_related("payload").order_by("seq")
    told = [order_in(row.seq, row.actor, row.payload.text) for row in rows if hasattr(row, "payload")]
    return dict(one for one in told if one is not None)


def _words(entry: Entry) -> Words | None:
    if not hasattr(entry, "payload"):
        return None
    return Words(bytes(entry.payload.salt), entry.payload.text)


def _flaws_of_columns(entry: Entry, leaf: Leaf) -> Iterator[Flaw]:
    for column in COLUMNS:
        if getattr(entry, column) != getattr(leaf, column):
            yield Flaw(entry.seq, f"Its column {column} is not what the leaf says.")


def _flaws_of_nodes(computed: dict[Place, bytes]) -> Iterator[Flaw]:
    there = nodes_at(computed)
    for place, digest in computed.items():
        if there.get(place) != digest:
            first = place.number << place.level
            yield Flaw(first, f"The kept hash over {1 << place.level} entries from {first} is not theirs.")


def _flaws_of_head(chain: Chain) -> Iterator[Flaw]:
    log, edge = _log(), chain.edge
    if log.at != chain.at:
        yield Flaw(None, "The head has another time than the last entry.")
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
