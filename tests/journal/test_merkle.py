"""Known roots; every proof of every tree up to a size; forged proofs. TALLY_PROOFS sets the size."""

import os
from collections.abc import Collection, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.journal.merkle import (
    EMPTY_ROOT,
    Frontier,
    Place,
    Tree,
    leaf_hash,
    node_hash,
    peaks,
    verify_consistency,
    verify_inclusion,
)

LARGEST = int(os.environ.get("TALLY_PROOFS", "64"))
ZEROES = bytes(32)

# Entries and roots published with Certificate Transparency (certificate-transparency-go, trillian).
ENTRIES = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


class Kept:
    """Nodes kept in memory, as a database would keep them."""

    def __init__(self) -> None:
        self.nodes: dict[Place, bytes] = {}
        self.edge = Frontier()
        self.asked = 0

    def append(self, entry: bytes) -> None:
        self.nodes |= self.edge.append(leaf_hash(entry))

    def fetch(self, places: Collection[Place]) -> Mapping[Place, bytes]:
        self.asked += 1
        return {place: self.nodes[place] for place in places}

    @property
    def tree(self) -> Tree:
        return Tree(self.edge.size, self.fetch)

    def leaf(self, index: int) -> bytes:
        return self.nodes[Place(0, index)]


@pytest.fixture(scope="module")
def kept() -> Kept:
    kept = Kept()
    for number in range(LARGEST):
        kept.append(str(number).encode())
    return kept


@pytest.fixture(scope="module")
def roots(kept: Kept) -> list[bytes]:
    """Return the root of every size."""
    return [kept.tree.root(size) for size in range(LARGEST + 1)]


def by_definition(entries: list[bytes]) -> bytes:
    """Return the root as RFC 9162, 2.1.1 defines it, from the entries alone."""
    if not entries:
        return EMPTY_ROOT
    if len(entries) == 1:
        return leaf_hash(entries[0])
    middle = 1
    while middle * 2 < len(entries):
        middle *= 2
    return node_hash(by_definition(entries[:middle]), by_definition(entries[middle:]))


def forged(proof: list[bytes]) -> list[list[bytes]]:
    """Return the proof shortened, lengthened, turned round and with each node zeroed."""
    zeroed = [[*proof[:at], ZEROES, *proof[at + 1 :]] for at in range(len(proof))]
    return [bad for bad in (proof[:-1], [*proof, ZEROES], proof[::-1], *zeroed) if bad != proof]


class TestRoot:
    def test_of_nothing_is_the_hash_of_nothing(self) -> None:
        assert Kept().tree.root() == Frontier().root == EMPTY_ROOT

    def test_is_the_published_one_at_each_size(self) -> None:
        kept = Kept()
        for entry, root in zip(ENTRIES, ROOTS, strict=True):
            kept.append(bytes.fromhex(entry))

            assert kept.tree.root().hex() == kept.edge.root.hex() == root

    def test_is_as_defined_at_every_size(self, roots: list[bytes]) -> None:
        entries = [str(number).encode() for number in range(LARGEST)]

        assert roots == [by_definition(entries[:size]) for size in range(LARGEST + 1)]


class TestFrontier:
    def test_goes_on_from_what_is_kept(self, kept: Kept, roots: list[bytes]) -> None:
        for size in range(LARGEST):
            edge = Frontier(size, [kept.nodes[place] for place in peaks(0, size)])
            nodes = edge.append(kept.leaf(size))

            assert edge.root == roots[size + 1]
            assert nodes == {place: kept.nodes[place] for place in nodes}

    def test_completes_every_node_once(self, kept: Kept) -> None:
        assert len(kept.nodes) == sum(LARGEST >> level for level in range(LARGEST.bit_length()))


class TestInclusion:
    def test_holds_for_every_entry_of_every_tree(self, kept: Kept, roots: list[bytes]) -> None:
        for size in range(1, LARGEST + 1):
            for index in range(size):
                proof = kept.tree.inclusion_proof(index, size)
                assert verify_inclusion(kept.leaf(index), index, size, proof, roots[size])

    def test_fails_when_forged(self, kept: Kept, roots: list[bytes]) -> None:
        for size in range(1, LARGEST + 1, 3):
            for index in range(0, size, 5):
                proof = kept.tree.inclusion_proof(index, size)
                leaf, root = kept.leaf(index), roots[size]
                for bad in forged(proof):
                    assert not verify_inclusion(leaf, index, size, bad, root)
                assert not verify_inclusion(leaf, index + 1, size, proof, root)
                assert not verify_inclusion(leaf, index, size, proof, ZEROES)
                assert not verify_inclusion(ZEROES, index, size, proof, root)

    def test_fails_outside_the_tree(self, kept: Kept, roots: list[bytes]) -> None:
        assert not verify_inclusion(kept.leaf(0), 0, 0, [], roots[0])
        assert not verify_inclusion(kept.leaf(0), -1, 1, [], roots[1])
        with pytest.raises(IndexError):
            kept.tree.inclusion_proof(5, 5)

    def test_does_not_take_a_node_for_a_leaf(self) -> None:
        kept = Kept()
        for entry in (b"a", b"b"):
            kept.append(entry)
        node = node_hash(leaf_hash(b"a"), leaf_hash(b"b"))

        assert kept.tree.root() == node
        assert not verify_inclusion(leaf_hash(leaf_hash(b"a") + leaf_hash(b"b")), 0, 1, [], node)

    def test_is_asked_for_at_once(self) -> None:
        kept = Kept()
        for number in range(100):
            kept.append(str(number).encode())

        kept.tree.inclusion_proof(37, 99)

        assert kept.asked == 1

    @given(st.integers(0, 63), st.integers(1, 64), st.lists(st.binary(min_size=32, max_size=32), max_size=8))
    def test_fails_with_nodes_picked_out_of_the_air(self, index: int, size: int, proof: list[bytes]) -> None:
        assert not verify_inclusion(leaf_hash(b"never written"), index, size, proof, ZEROES)


class TestConsistency:
    def test_holds_between_every_two_trees(self, kept: Kept, roots: list[bytes]) -> None:
        for new in range(1, LARGEST + 1):
            for old in range(1, new + 1):
                proof = kept.tree.consistency_proof(old, new)
                assert verify_consistency(old, new, roots[old], roots[new], proof)

    def test_fails_when_forged(self, kept: Kept, roots: list[bytes]) -> None:
        for new in range(2, LARGEST + 1, 3):
            for old in range(1, new, 5):
                proof = kept.tree.consistency_proof(old, new)
                for bad in forged(proof):
                    assert not verify_consistency(old, new, roots[old], roots[new], bad)
                assert not verify_consistency(old, new, ZEROES, roots[new], proof)
                assert not verify_consistency(old, new, roots[old], ZEROES, proof)

    def test_of_a_tree_with_itself_needs_no_proof(self, roots: list[bytes]) -> None:
        assert verify_consistency(7, 7, roots[7], roots[7], [])
        assert not verify_consistency(7, 7, roots[7], roots[7], [ZEROES])
        assert not verify_consistency(7, 7, roots[7], roots[8], [])

    def test_fails_from_nothing_and_backwards(self, kept: Kept, roots: list[bytes]) -> None:
        assert not verify_consistency(0, 7, roots[0], roots[7], [])
        assert not verify_consistency(8, 7, roots[8], roots[7], [ZEROES])
        with pytest.raises(IndexError):
            kept.tree.consistency_proof(8, 7)
