"""The Merkle tree of RFC 9162 (Certificate Transparency 2.0), over nodes that somebody else keeps.

Kept is the hash of every complete subtree, by level (leaves are level 0) and number within it: what is kept
never changes. Appending costs one hash on average, a root or a proof about log2(n). The verifying functions
share nothing with the tree but the two hashes. A root does not tell its size: whoever compares roots has to
know the sizes as well.
"""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

EMPTY_ROOT = hashlib.sha256(b"").digest()


class Place(NamedTuple):
    """Where a complete subtree stands: it covers the leaves from `number * 2**level`, `2**level` of them."""

    level: int
    number: int


Fetch = Callable[[Collection[Place]], Mapping[Place, bytes]]
Run = tuple[int, int]  # leaves from the first until the second, the second excluded


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of a leaf: SHA-256 of 0x00 and the entry (RFC 9162, 2.1.1)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node: SHA-256 of 0x01 and both children (RFC 9162, 2.1.1).

    The prefix keeps a node from being passed off as a leaf (second preimage).
    """
    return hashlib.sha256(b"\x01" + left + right).digest()


def peaks(start: int, stop: int) -> list[Place]:
    """Return the complete subtrees that cover the leaves from start until stop, from left to right.

    :param start: a leaf at which a subtree as large as the run begins, such as 0
    """
    found = []
    while start < stop:
        level = (stop - start).bit_length() - 1
        found.append(Place(level, start >> level))
        start += 1 << level
    return found


def folded(hashes: Sequence[bytes]) -> bytes:
    """Return the root over complete subtrees that stand beside each other, the largest first."""
    if not hashes:
        return EMPTY_ROOT
    *rest, digest = hashes
    for left in reversed(rest):
        digest = node_hash(left, digest)
    return digest


class Frontier:
    """The right edge of a tree: the hashes of its largest complete subtrees, all that appending needs."""

    def __init__(self, size: int = 0, standing: Sequence[bytes] = ()) -> None:
        """Stand at the edge of a tree of that size; `standing` are the hashes of `peaks(0, size)`."""
        self.size = size
        self._standing = list(standing)

    @property
    def root(self) -> bytes:
        return folded(self._standing)

    def append(self, leaf: bytes) -> dict[Place, bytes]:
        """Add a leaf hash; return the nodes that it completes, itself first."""
        place, digest = Place(0, self.size), leaf
        nodes = {place: digest}
        while place.number & 1:
            place, digest = (
                Place(place.level + 1, place.number >> 1),
                node_hash(self._standing.pop(), digest),
            )
            nodes[place] = digest
        self._standing.append(digest)
        self.size += 1
        return nodes


class Tree:
    """The tree of the first `size` leaves, as far as asked for. Indexes begin at 0."""

    def __init__(self, size: int, fetch: Fetch) -> None:
        """Look at a tree whose nodes `fetch` returns, all those asked for at a time."""
        self.size = size
        self._fetch = fetch

    def root(self, size: int | None = None) -> bytes:
        """Return the root of the first `size` leaves, or of all (RFC 9162, 2.1.1)."""
        return self._hashes([(0, self.size if size is None else size)])[0]

    def inclusion_proof(self, index: int, size: int) -> list[bytes]:
        """Return the proof that the leaf at `index` is in the tree of `size` (RFC 9162, 2.1.3.1)."""
        if not 0 <= index < size <= self.size:
            raise IndexError(f"no entry {index} in a tree of {size} (the log has {self.size})")
        return self._hashes(_path(index, 0, size))

    def consistency_proof(self, old: int, new: int) -> list[bytes]:
        """Return the proof that the tree of `new` extends the tree of `old` (RFC 9162, 2.1.4.1)."""
        if not 0 < old <= new <= self.size:
            raise IndexError(f"no trees of {old} and {new} (the log has {self.size})")
        return self._hashes(_subproof(old, 0, new, whole=True))

    def _hashes(self, runs: Sequence[Run]) -> list[bytes]:
        """Return the hash over each run of leaves, its nodes fetched at once."""
        places = [peaks(*run) for run in runs]
        nodes = self._fetch([place for covering in places for place in covering])
        return [folded([nodes[place] for place in covering]) for covering in places]


def _path(index: int, start: int, stop: int) -> list[Run]:
    """PATH of RFC 9162, 2.1.3.1, over the leaves from start until stop."""
    if stop - start == 1:
        return []
    middle = start + _split(stop - start)
    if index < middle:
        return [*_path(index, start, middle), (middle, stop)]
    return [*_path(index, middle, stop), (start, middle)]


def _subproof(old: int, start: int, stop: int, *, whole: bool) -> list[Run]:
    """SUBPROOF of RFC 9162, 2.1.4.1; `whole` while the subtree is the old tree itself."""
    if old == stop:
        return [] if whole else [(start, stop)]
    middle = start + _split(stop - start)
    if old <= middle:
        return [*_subproof(old, start, middle, whole=whole), (middle, stop)]
    return [*_subproof(old, middle, stop, whole=False), (start, middle)]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Test whether the leaf hash stands at `index` in the tree with that root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    position, last = index, size - 1
    digest = leaf
    for sibling in proof:
        if last == 0:
            return False
        if position & 1 or position == last:
            digest = node_hash(sibling, digest)
            position, last = _past_missing_siblings(position, last)
        else:
            digest = node_hash(digest, sibling)
        position >>= 1
        last >>= 1
    return last == 0 and digest == root


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Test whether the tree of `new` extends the tree of `old`, by their roots (RFC 9162, 2.1.4.2)."""
    if old == new:
        return not proof and old_root == new_root
    if not 0 < old < new or not proof:
        return False
    first, *rest = [old_root, *proof] if old & (old - 1) == 0 else proof
    position, last = old - 1, new - 1
    while position & 1:
        position >>= 1
        last >>= 1
    old_digest = new_digest = first
    for sibling in rest:
        if last == 0:
            return False
        if position & 1 or position == last:
            old_digest = node_hash(sibling, old_digest)
            new_digest = node_hash(sibling, new_digest)
            position, last = _past_missing_siblings(position, last)
        else:
            new_digest = node_hash(new_digest, sibling)
        position >>= 1
        last >>= 1
    return last == 0 and old_digest == old_root and new_digest == new_root


def _split(count: int) -> int:
    """Return the largest power of two below count, count > 1: where a tree divides (RFC 9162, 2.1.1)."""
    return 1 << ((count - 1).bit_length() - 1)


def _past_missing_siblings(position: int, last: int) -> tuple[int, int]:
    """Climb past levels where the last node has no sibling (RFC 9162, 2.1.3.2 and 2.1.4.2)."""
    while position and not position & 1:
        position >>= 1
        last >>= 1
    return position, last
