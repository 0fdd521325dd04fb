"""Known roots; every proof of every tree up to TALLY_PROOFS leaves; TALLY_FORGERIES forged proofs."""

import os
import random
from collections.abc import Callable, Iterator

import pytest

import tally_verify
from tests.verify.logs import consistency, inclusion, root, sha

LARGEST = int(os.environ.get("TALLY_PROOFS", "48"))
FORGERIES = int(os.environ.get("TALLY_FORGERIES", "6000"))

# Entries and roots published with Certificate Transparency (certificate-transparency-go, trillian).
ENTRIES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
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
LEAVES = tuple(sha(b"\0leaf %d" % number) for number in range(max(LARGEST, 64)))


class TestFrontier:
    def test_has_the_published_roots(self) -> None:
        tree, roots = tally_verify.Frontier(), []

        for entry in ENTRIES:
            tree.add(tally_verify.leaf_hash(bytes.fromhex(entry)))
            roots.append(tree.root().hex())

        assert roots == ROOTS

    def test_is_the_hash_of_nothing_while_empty(self) -> None:
        assert tally_verify.Frontier().root() == sha(b"")

    def test_completes_each_subtree_once(self) -> None:
        tree = tally_verify.Frontier()

        made = {(level, number): one for leaf in LEAVES[:37] for level, number, one in tree.add(leaf)}

        assert sorted(made) == [(level, number) for level in range(6) for number in range(37 >> level)]
        assert all(one == root(LEAVES[n << level : n + 1 << level]) for (level, n), one in made.items())


class TestProofs:
    def test_of_every_leaf_in_every_tree_hold(self) -> None:
        tried = 0

        for size in range(1, LARGEST + 1):
            leaves = LEAVES[:size]
            for number in range(size):
                proof = inclusion(number, leaves)
                assert tally_verify.includes(number, size, leaves[number], proof, root(leaves))
                tried += 1

        assert tried == LARGEST * (LARGEST + 1) // 2

    def test_of_every_size_in_every_tree_hold(self) -> None:
        for size in range(1, LARGEST + 1):
            new = (size, root(LEAVES[:size]))
            for old in range(1, size + 1):
                proof = consistency(old, LEAVES[:size])
                assert tally_verify.extends((old, root(LEAVES[:old])), new, proof)

    def test_pass_true_subtrees_only(self) -> None:
        for size in range(1, 40):
            for number in range(size):
                proof = inclusion(number, LEAVES[:size])
                _, nodes = tally_verify.climb(number, size, LEAVES[number], proof)
                assert all(one == root(LEAVES[n << lv : n + 1 << lv]) for (lv, n), one in nodes.items())
                assert all((n + 1) << lv <= size for lv, n in nodes)

    @pytest.mark.parametrize("size", [0, 1, 8])
    def test_are_refused_for_sizes_that_have_none(self, size: int) -> None:
        tree = (size, root(LEAVES[:size]))

        assert not tally_verify.extends((0, sha(b"")), tree, [])
        assert not tally_verify.extends(tree, tree, [sha(b"more")])
        assert not tally_verify.extends((9, root(LEAVES[:9])), tree, [sha(b"more")])
        assert not tally_verify.includes(size, size, LEAVES[0], [], tree[1])
        assert not tally_verify.includes(-1, size, LEAVES[0], [], tree[1])

    def test_do_not_take_a_node_for_a_leaf(self) -> None:
        top = root(LEAVES[:2])

        assert not tally_verify.includes(0, 1, tally_verify.leaf_hash(LEAVES[0] + LEAVES[1]), [], top)


def spoilt(proof: list[bytes], chance: random.Random) -> list[bytes]:
    """Return a proof with something dropped, added, swapped, zeroed or altered."""
    made = list(proof)
    place = chance.randrange(len(made) + 1)
    way = chance.randrange(6) if made else 1
    if way == 0:
        del made[place % len(made)]
    elif way == 1:
        made.insert(place, chance.choice([bytes(32), sha(b"x"), *proof]))
    elif way == 2:
        other = (place + 1) % len(made)
        made[place % len(made)], made[other] = made[other], made[place % len(made)]
    elif way == 3:
        made[place % len(made)] = bytes(32)
    elif way == 4:
        one = bytearray(made[place % len(made)])
        one[chance.randrange(32)] ^= 1 << chance.randrange(8)
        made[place % len(made)] = bytes(one)
    else:
        made.reverse()
    return made


def forgeries(chance: random.Random) -> Iterator[bool]:
    """Say of forged proofs whether each was believed."""
    size = chance.randrange(1, 65)
    number, old = chance.randrange(size), chance.randrange(1, size + 1)
    leaf, top, before = LEAVES[number], root(LEAVES[:size]), root(LEAVES[:old])
    path, steps = inclusion(number, LEAVES[:size]), consistency(old, LEAVES[:size])
    false_path, false_steps = spoilt(path, chance), spoilt(steps, chance)
    if false_path != path:
        yield tally_verify.includes(number, size, leaf, false_path, top)
    if false_steps != steps:
        yield tally_verify.extends((old, before), (size, top), false_steps)
    for wrong in {chance.randrange(66), number ^ 1, number + 1} - {number}:
        yield tally_verify.includes(wrong, size, leaf, path, top)
    yield tally_verify.includes(number, size, LEAVES[number - 1] if size > 1 else sha(b"x"), path, top)
    yield tally_verify.includes(number, size, leaf, path, sha(top))
    yield tally_verify.extends((old, sha(before)), (size, top), steps)
    yield tally_verify.extends((old, before), (size, sha(top)), steps)
    yield tally_verify.extends((old + 1, before), (size, top), steps)


class TestForgeries:
    def test_are_all_refused(self, record_property: Callable[[str, object], None]) -> None:
        chance, refused = random.Random(1), 0  # noqa: S311 tests want the same ones each time

        while refused < FORGERIES:
            for believed in forgeries(chance):
                assert not believed
                refused += 1

        record_property("tried", f"{refused} forged proofs refused by tally-verify")
