"""The log hashed again, entry by entry, wherever it is read from: what is not as it was written is told."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from tallystick.journal.leaf import Leaf, commitment, read
from tallystick.journal.merkle import Frontier, Place, leaf_hash

CLASSES = frozenset({"red", "amber", "green", "white"})
OWN = "journal."
REDACT, CLOSE_READINGS, ROTATE_KEY = "journal.redact", "journal.close_readings", "journal.rotate_key"


class Flaw(NamedTuple):
    """Something that is not as it was written; `seq` is None where no one entry is at fault."""

    seq: int | None
    what: str


class Words(NamedTuple):
    """What an entry said, and the salt of the commitment to it."""

    salt: bytes
    text: str


class Order(NamedTuple):
    """That two persons had the words of an entry removed: the entry that says so, and by whom."""

    seq: int
    commit: str
    asked_by: str
    ordered_by: str

    def stands_for(self, leaf: Leaf) -> bool:
        is_by_two = self.asked_by != self.ordered_by and "" not in (self.asked_by, self.ordered_by)
        return is_by_two and self.seq > leaf.seq and self.commit == leaf.commit.hex()


class Chain:
    """The entries in order, with the tree over them. `orders` are those to remove words, by entry."""

    def __init__(self, orders: Mapping[int, Order], *, is_whole: bool = True) -> None:
        self.edge = Frontier()
        self.gone: list[int] = []
        self._orders = orders
        self._is_whole = is_whole
        self._before: dt.datetime | None = None

    @property
    def at(self) -> dt.datetime | None:
        """The time of the last entry that could be read."""
        return self._before

    def take(self, raw: bytes, words: Words | None) -> tuple[list[Flaw], dict[Place, bytes], Leaf | None]:
        """Take the next entry: return what is wrong with it, the nodes that it completes, and the leaf."""
        seq = self.edge.size
        try:
            leaf = read(raw)
        except ValueError as odd:
            return [Flaw(seq, str(odd))], self.edge.append(leaf_hash(raw)), None
        flaws = [*self._of_leaf(seq, leaf), *self._of_words(leaf, words)]
        self._before = leaf.at
        return flaws, self.edge.append(leaf_hash(raw)), leaf

    def _of_leaf(self, seq: int, leaf: Leaf) -> Iterator[Flaw]:
        if leaf.seq != seq:
            yield Flaw(seq, f"It says that it is entry {leaf.seq}.")
        if leaf.classification not in CLASSES:
            yield Flaw(seq, "Its class is none.")
        if leaf.at < (self._before or leaf.at) or (leaf.is_held and leaf.at != self._before):
            yield Flaw(seq, "Its time does not follow that of the entry before.")
        if leaf.prev != self.edge.root:
            yield Flaw(seq, "The log before it is not the one that it was written after.")

    def _of_words(self, leaf: Leaf, words: Words | None) -> Iterator[Flaw]:
        seq, order = self.edge.size, self._orders.get(self.edge.size)
        if words is None:
            if order is not None and leaf.act.startswith(OWN):
                yield Flaw(seq, f"What the journal says of itself was removed by entry {order.seq}.")
            elif order is not None and order.stands_for(leaf):
                self.gone.append(seq)
            elif self._is_whole:
                yield Flaw(seq, "What it said is missing.")
            else:
                self.gone.append(seq)
        elif commitment(words.salt, words.text.encode()) != leaf.commit:
            yield Flaw(seq, "What it says is not what it said.")
        elif order is not None:
            yield Flaw(seq, f"What it said is still there, though entry {order.seq} had it removed.")


def facts_in(text: str) -> dict[str, Any]:
    """Return the facts of what an entry said; none where it is not what entries say."""
    try:
        facts = json.loads(text)["facts"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}
    return facts if isinstance(facts, dict) else {}


def order_in(seq: int, actor: str, text: str) -> tuple[int, Order] | None:
    """Return the entry whose words an entry had removed, and the order; None where it says neither."""
    facts = facts_in(text)
    entry, commit, asked_by = (facts.get(key) for key in ("entry", "commit", "asked_by"))
    if type(entry) is not int or not isinstance(commit, str) or not isinstance(asked_by, str):
        return None
    return entry, Order(seq, commit, asked_by, actor)
