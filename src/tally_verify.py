"""Check what the journal of a Tallystick installation says, without Tallystick.

One file that needs Python 3.11 or later and nothing else; the library `cryptography` is asked for only when a
signature is to be checked. It was written from docs/journal-format.md and docs/voting-format.md alone, so it
judges the product and does not repeat it. It never asks the network, and writes nothing but a copy of a
database, which it takes away again.
"""

import argparse
import base64
import contextlib
import datetime as dt
import hashlib
import json
import os
import re
import shutil
import sqlite3
import sys
import tempfile
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn

LARGEST = 2**53 - 1
LONGEST_LINE = 16 * 2**20
LONGEST_FILE = 64 * 2**20
KEPT, SHOWN, LONGEST_SHOWN = 1000, 20, 200
MOST_LEFT = 200
HASH = re.compile(r"[0-9a-f]{64}")
INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")
CLASSES = ("red", "amber", "green", "white")
LEAF: dict[str, tuple[type, ...]] = {
    "v": (int,), "seq": (int,), "act": (str,), "at": (str,), "held": (bool,), "actor": (str,), "code": (str,),
    "kind": (str,), "object": (str,), "class": (str,), "commit": (str,), "prev": (str,),
}  # fmt: skip
PAYLOAD: dict[str, tuple[type, ...]] = {"capacity": (str,), "facts": (dict,), "said": (str,)}
READING: dict[str, tuple[type, ...]] = dict.fromkeys(
    ("actor", "address", "at", "capacity", "class", "code", "kind", "object"), (str,)
)


class Unreadable(ValueError):
    """The bytes are not in the form they ought to have; the message goes on after what they are."""


class NotOfThisKind(Exception):
    """What was given cannot be checked at all, or was asked for wrongly."""


# ---- what is found ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Flaw:
    """Something that was altered: the number of the entry or size at which it shows, if there is one."""

    number: int | None
    what: str
    expected: str = ""
    found: str = ""


@dataclass
class Verdict:
    """What was checked and holds, what was altered, and what was not checked."""

    checked: list[str] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)
    uncommitted: list[str] = field(default_factory=list)  # what no proof covers: it says nothing of the rest
    refused: str = ""
    more: int = 0  # flaws beyond those that are kept

    @property
    def code(self) -> int:
        if self.refused:
            return 3
        if self.flaws:
            return 1
        return 2 if self.unchecked else 0

    def alter(self, number: int | None, what: str, expected: object = "", found: object = "") -> None:
        if len(self.flaws) < KEPT:
            self.flaws.append(Flaw(number, what, _shown(expected), _shown(found)))
        else:
            self.more += 1

    def leave(self, what: str) -> None:
        if len(self.unchecked) == MOST_LEFT:
            self.unchecked.append("and more")
        elif len(self.unchecked) < MOST_LEFT and what not in self.unchecked:
            self.unchecked.append(what)

    def in_order(self) -> list[Flaw]:
        return sorted(self.flaws, key=lambda flaw: LARGEST if flaw.number is None else flaw.number)


def _shown(value: object) -> str:
    """Return a value for people: no longer than a line, and nothing in it that moves a terminal's cursor."""
    text = value.hex() if isinstance(value, bytes) else str(value)
    text = text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)


def _many(count: int, one: str, more: str = "") -> str:
    return f"{count} {one if count == 1 else more or one + 's'}"


# ---- JSON ------------------------------------------------------------------------------------------------


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Unreadable("names a key twice")
    return found


def _sorted_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    # RFC 8785 orders keys by their UTF-16 units: the order of Python only while all of them are plain.
    keys: list[Any] = [key for key, _ in pairs]
    if not all(key.isascii() for key in keys):
        keys = [key.encode("utf-16-be", "surrogatepass") for key in keys]
    if not all(before < after for before, after in pairwise(keys)):
        raise Unreadable("is not in canonical spelling")
    return dict(pairs)


def _whole(digits: str) -> int:
    value = int(digits) if len(digits) <= len(str(LARGEST)) + 1 else LARGEST + 1
    if abs(value) > LARGEST:
        raise Unreadable("has a number beyond 2^53")
    return value


def _no_number(text: str) -> NoReturn:
    raise Unreadable(f"has {_shown(text)}, which is no whole number")


def _decoder(pairs: Callable[[list[tuple[str, Any]]], dict[str, Any]]) -> json.JSONDecoder:
    return json.JSONDecoder(
        object_pairs_hook=pairs, parse_int=_whole, parse_float=_no_number, parse_constant=_no_number
    )


_CANONICAL, _ANY = _decoder(_sorted_object), _decoder(_object)


def _spelled(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _decoded(raw: bytes, decoder: json.JSONDecoder) -> tuple[str, Any]:
    try:
        text = raw.decode()
        return text, decoder.decode(text)
    except Unreadable:
        raise
    except ValueError:
        raise Unreadable("is not JSON") from None
    except RecursionError:
        raise Unreadable("is nested too deeply") from None


def read_json(raw: bytes) -> Any:
    """Read JSON however it is spelled, but with no key twice, whole numbers only and no half characters."""
    text, value = _decoded(raw, _ANY)
    if "\\u" in text:
        try:
            _spelled(value).encode()
        except UnicodeEncodeError:
            raise Unreadable("has half a character") from None
        except RecursionError:
            raise Unreadable("is nested too deeply") from None
    return value


def read_canonical(raw: bytes) -> Any:
    """Read JSON that must be spelled as RFC 8785 has it."""
    text, value = _decoded(raw, _CANONICAL)
    try:
        spelling = _spelled(value)
    except RecursionError:
        raise Unreadable("is nested too deeply") from None
    if spelling != text:
        raise Unreadable("is not in canonical spelling")
    return value


def _complaint(value: object, shape: Mapping[str, tuple[type, ...]], *, besides: bool = False) -> str:
    """Say what an object lacks of a shape, or has besides; nothing if it fits."""
    if not isinstance(value, dict):
        return "is no object"
    for key, kinds in shape.items():
        if key not in value:
            return f"has no {key!r}"
        if type(value[key]) not in kinds:
            return f"has {key!r} in another type"
    extra = sorted(value.keys() - shape.keys())
    return f"has {_shown(extra[0])!r} besides" if extra and not besides else ""


def _fits(value: object, shape: Mapping[str, tuple[type, ...]], *, besides: bool = False) -> None:
    wrong = _complaint(value, shape, besides=besides)
    if wrong:
        raise Unreadable(wrong)


def _is_instant(text: str) -> bool:
    try:
        return bool(INSTANT.fullmatch(text) and dt.datetime.fromisoformat(text))
    except ValueError:
        return False


def _base64(text: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError:
        raise Unreadable("is not base64") from None
    if base64.b64encode(raw).decode() != text:
        raise Unreadable("is not base64 as it should be spelled")
    return raw


# ---- leaves and trees (RFC 9162, 2.1) --------------------------------------------------------------------


def leaf_hash(leaf: bytes) -> bytes:
    return hashlib.sha256(b"\0" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def commitment(salt: bytes, payload: bytes) -> str:
    return hashlib.sha256(b"tally-commit-v1\0" + salt + payload).hexdigest()


class Frontier:
    """A tree that only grows, kept as its complete subtrees from the largest down."""

    def __init__(self) -> None:
        self.size = 0
        self.peaks: list[bytes] = []

    def add(self, leaf: bytes) -> list[tuple[int, int, bytes]]:
        """Add a leaf's hash; return the subtrees that it completes, each as level, number and hash."""
        number, level = self.size, 0
        made = [(0, number, leaf)]
        while number & 1:
            leaf = node_hash(self.peaks.pop(), leaf)
            number, level = number >> 1, level + 1
            made.append((level, number, leaf))
        self.peaks.append(leaf)
        self.size += 1
        return made

    def root(self) -> bytes:
        return _folded(self.peaks)


def _folded(peaks: Sequence[bytes]) -> bytes:
    if not peaks:
        return hashlib.sha256(b"").digest()
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = node_hash(peak, root)
    return root


def _peaks(size: int) -> list[tuple[int, int]]:
    """Return the level and number of each complete subtree of a size, the largest first."""
    return [(bit, (size >> bit) - 1) for bit in reversed(range(size.bit_length())) if size >> bit & 1]


type_of_nodes = dict[tuple[int, int], bytes]


def climb(index: int, size: int, leaf: bytes, proof: Sequence[bytes]) -> tuple[bytes | None, type_of_nodes]:
    """Return the root an inclusion proof leads to, or None, and the complete subtrees passed on the way.

    :param leaf: the leaf's hash
    """
    if not 0 <= index < size:
        return None, {}
    place, last, level, reached = index, size - 1, 0, leaf
    nodes: type_of_nodes = {(0, index): leaf}
    for sibling in proof:
        if last == 0:
            return None, {}
        while place == last and not place & 1:
            place, last, level = place >> 1, last >> 1, level + 1
        beside = place ^ 1
        if (beside + 1) << level <= size:
            nodes[level, beside] = sibling
        reached = node_hash(sibling, reached) if place & 1 else node_hash(reached, sibling)
        place, last, level = place >> 1, last >> 1, level + 1
        if (place + 1) << level <= size:
            nodes[level, place] = reached
    return (reached, nodes) if last == 0 else (None, {})


def includes(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> bool:
    """Tell whether a proof shows that the leaf of that hash is number `index` of the tree (2.1.3.2)."""
    return climb(index, size, leaf, proof)[0] == root


def extends(old: tuple[int, bytes], new: tuple[int, bytes], proof: Sequence[bytes]) -> bool:
    """Tell whether a proof shows that a tree of (size, root) `new` begins with the tree `old` (2.1.4.2)."""
    if old[0] == new[0] and old[0] > 0:
        return old[1] == new[1] and not proof
    if not 0 < old[0] < new[0]:
        return False
    path = [old[1], *proof] if old[0] & (old[0] - 1) == 0 else list(proof)
    return bool(proof) and _both_roots(old[0], new[0], path) == (old[1], new[1])


def _both_roots(old: int, new: int, path: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """Return the roots of two sizes that a consistency proof leads to."""
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = path[0]
    for step in path[1:]:
        if last == 0:
            return None
        if place & 1 or place == last:
            before, after = node_hash(step, before), node_hash(step, after)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            after = node_hash(after, step)
        place, last = place >> 1, last >> 1
    return (before, after) if last == 0 else None


def read_leaf(raw: bytes) -> dict[str, Any]:
    """Read a leaf.

    :raises Unreadable: if it is not canonical, or has other keys or values than the format knows
    """
    leaf: dict[str, Any] = read_canonical(raw)
    _fits(leaf, LEAF)
    if leaf["v"] != 1 or leaf["seq"] < 0:
        raise Unreadable("is not of version 1")
    if not _is_instant(leaf["at"]):
        raise Unreadable("has no instant")
    if leaf["class"] not in CLASSES:
        raise Unreadable("has an unknown class")
    if not (HASH.fullmatch(leaf["commit"]) and HASH.fullmatch(leaf["prev"])):
        raise Unreadable("has no hash where one belongs")
    return leaf


# ---- keys and checkpoints --------------------------------------------------------------------------------

LOG_KEY, WITNESS_KEY = 1, 4
NAME = r"[^\s+\x00-\x1f]+"
SIGNATURE = re.compile(rf"— ({NAME}) ([A-Za-z0-9+/]+=*)")
SIZE = re.compile(r"0|[1-9][0-9]{0,15}")


@dataclass(frozen=True)
class Key:
    name: str
    id: bytes
    kind: int
    public: bytes


def read_key(text: str) -> Key:
    """Read a key as written `name+id+base64`.

    :raises NotOfThisKind: if it is not one, or its id is not its own
    """
    name, _, rest = text.partition("+")
    identity, _, encoded = rest.partition("+")
    try:
        raw = _base64(encoded)
    except Unreadable:
        raw = b""
    if not re.fullmatch(NAME, name) or raw[:1] not in (b"\1", b"\4") or len(raw) != 33:  # noqa: PLR2004 type, key
        raise NotOfThisKind(f"{_shown(text)!r} is no key: it is written name+id+base64.")
    found = hashlib.sha256(name.encode(errors="replace") + b"\n" + raw).digest()[:4]
    if identity != found.hex():
        raise NotOfThisKind(f"{_shown(text)!r} is no key: its id would be {found.hex()}.")
    return Key(name, found, raw[0], raw[1:])


@dataclass(frozen=True)
class Checkpoint:
    origin: str
    size: int
    root: bytes
    signed: bytes
    signatures: tuple[tuple[str, bytes, bytes], ...]  # name, id, signature


def read_checkpoint(raw: bytes) -> Checkpoint:
    """Read a signed note of three lines.

    :raises Unreadable: if it is not one
    """
    try:
        head, gap, tail = raw.decode().partition("\n\n")
    except ValueError:
        raise Unreadable("is not text") from None
    lines = head.split("\n")
    if not gap or len(lines) != 3 or not tail.endswith("\n") or len(raw) > LONGEST_FILE:  # noqa: PLR2004 as said above
        raise Unreadable("is not three lines, an empty line, and signatures")
    origin, size, root = lines
    if not origin or not origin.isprintable() or not SIZE.fullmatch(size) or int(size) > LARGEST:
        raise Unreadable("has no origin or size")
    if len(_base64(root)) != 32:  # noqa: PLR2004 bytes of SHA-256
        raise Unreadable("has no root")
    signatures = tuple(_signature(line) for line in tail[:-1].split("\n"))
    return Checkpoint(origin, int(size), _base64(root), (head + "\n").encode(), signatures)


def _signature(line: str) -> tuple[str, bytes, bytes]:
    found = SIGNATURE.fullmatch(line)
    raw = _base64(found[2]) if found else b""
    if found is None or len(raw) <= 4:  # noqa: PLR2004 bytes of the id
        raise Unreadable("has a line that is no signature")
    return found[1], raw[:4], raw[4:]


type_of_ed25519 = Callable[[bytes, bytes, bytes], bool]


def _ed25519() -> type_of_ed25519 | None:
    """Return what checks (public key, signature, what was signed), or None where the library is absent."""
    try:
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 everything else works without it
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415 as above
    except ImportError:
        return None

    def holds(public: bytes, signature: bytes, signed: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, signed)
        except (InvalidSignature, ValueError):
            return False
        return True

    return holds


class Signatures:
    """The signatures of one or many checkpoints, judged by the keys that were given."""

    def __init__(self, keys: Iterable[str], verdict: Verdict) -> None:
        self.keys = [read_key(key) for key in keys]
        self.verdict = verdict
        self.holds = _ed25519() if self.keys else None
        self.signers: dict[str, int] = {}
        self.bare: list[int] = []
        self.seen = 0

    def judge(self, note: Checkpoint) -> None:
        self.seen += 1
        signed = False
        for name, identity, signature in note.signatures:
            key = self._known(note, name, identity)
            if key is None or self.holds is None:
                continue
            if self.holds(key.public, *_parts(key, signature, note.signed)):
                signed = True
                self.signers[name] = self.signers.get(name, 0) + 1
            else:
                self.verdict.alter(note.size, f"the checkpoint's signature of {_shown(name)} does not verify")
        if not signed:
            self.bare.append(note.size)

    def _known(self, note: Checkpoint, name: str, identity: bytes) -> Key | None:
        """Return the key given for a signature. A log's own key counts for the log of its name alone."""
        fitting = (key for key in self.keys if (key.name, key.id) == (name, identity))
        return next((key for key in fitting if key.kind == WITNESS_KEY or key.name == note.origin), None)

    def conclude(self) -> None:
        for name, count in self.signers.items():
            self.verdict.checked.append(f"{_many(count, 'checkpoint')} signed by {_shown(name)}")
        if self.seen and not self.keys:
            self.verdict.leave("signatures: no key was given with --key")
        elif self.seen and self.holds is None:
            self.verdict.leave("signatures: the library cryptography is not installed")
        elif self.bare:
            self.verdict.leave(
                f"signatures: {_many(len(self.bare), 'checkpoint carries', 'checkpoints carry')} none"
                f" by a key that was given, first that of size {min(self.bare)}"
            )


def _parts(key: Key, signature: bytes, signed: bytes) -> tuple[bytes, bytes]:
    if key.kind == LOG_KEY:
        return signature, signed
    seconds = int.from_bytes(signature[:8], "big")
    return signature[8:], f"cosignature/v1\ntime {seconds}\n".encode() + signed


# ---- receipts --------------------------------------------------------------------------------------------


@dataclass
class Known:
    """What a receipt or checkpoint shows of a log: roots by size, and hashes of complete subtrees."""

    origin: str
    size: int
    roots: dict[int, bytes]
    nodes: type_of_nodes = field(default_factory=dict)

    def root_of(self, size: int) -> bytes | None:
        """Return the root at a size, as far as it follows from what is known."""
        if size not in self.roots:
            peaks = [self.nodes.get(place) for place in _peaks(size)]
            found = [peak for peak in peaks if peak is not None]
            return _folded(found) if len(found) == len(peaks) else None
        return self.roots[size]


def verify_receipt(receipt: object, keys: Sequence[str]) -> Verdict:
    """Check a receipt, parsed from JSON, with the keys one trusts."""
    verdict = Verdict()
    try:
        signatures = Signatures(keys, verdict)
        _receipt(receipt, signatures)
        signatures.conclude()
    except (Unreadable, NotOfThisKind) as why:
        verdict.refused = f"The receipt {why}." if isinstance(why, Unreadable) else str(why)
    return verdict


def _receipt(receipt: Any, signatures: Signatures) -> Known:
    verdict = signatures.verdict
    _fits(receipt, {"format": (str,), "log": (dict,), "entries": (list,)}, besides=True)
    log = receipt["log"]
    shape: dict[str, tuple[type, ...]] = {"origin": (str,), "size": (int,), "root": (str,), "keys": (list,)}
    _fits(log, shape | {"checkpoint": (str, type(None))}, besides=True)
    if receipt["format"] != "tally-receipt-v1":
        raise Unreadable("is of another format")
    if not receipt["entries"] or not HASH.fullmatch(log["root"]) or log["size"] < 1:
        raise Unreadable("shows no entry of a log")
    known = Known(log["origin"], log["size"], {log["size"]: bytes.fromhex(log["root"])})
    ahead = _pending(log, known, verdict)
    for entry in receipt["entries"]:
        _receipt_entry(entry, known, ahead, verdict)
    if log["checkpoint"] is None:
        verdict.leave("signatures: no checkpoint covers these entries yet")
    else:
        _receipt_checkpoint(log["checkpoint"], known, signatures)
    return known


def _pending(log: dict[str, Any], known: Known, verdict: Verdict) -> int:
    """Return the size of the tree with the entries that wait; the signed size if none does."""
    pending = log.get("pending")
    if pending is None:
        return known.size
    _fits(pending, {"size": (int,), "root": (str,), "proof": (list,)}, besides=True)
    if log["checkpoint"] is None or not known.size < pending["size"]:
        raise Unreadable("has entries that wait, and nothing signed before them")
    root, proof = _hash(pending["root"]), [_hash(one) for one in pending["proof"]]
    if not extends((known.size, known.roots[known.size]), (pending["size"], root), proof):
        verdict.alter(known.size, "the log that is not signed yet does not begin with what was signed")
    known.roots[pending["size"]] = root
    verdict.leave(f"signatures of entries from {known.size} on: they wait for the next checkpoint")
    return int(pending["size"])


def _receipt_entry(entry: Any, known: Known, ahead: int, verdict: Verdict) -> None:
    """Check an entry against the tree that was signed, or the one `ahead` of it that holds it."""
    text = (str, type(None))
    shape = {"index": (int,), "leaf": (str,), "payload": text, "salt": text, "proof": (list,)}
    _fits(entry, shape, besides=True)
    if (entry["payload"] is None) != (entry["salt"] is None):
        raise Unreadable("has a payload or a salt without the other")
    index, raw = entry["index"], _bytes(entry["leaf"])
    size = known.size if index < known.size else ahead
    root, proof = known.roots[size], [_hash(one) for one in entry["proof"]]
    reached, nodes = climb(index, size, leaf_hash(raw), proof)
    if reached != root:
        verdict.alter(index, "the proof does not lead to the root", root, reached or "no root")
        return
    try:
        leaf = read_leaf(raw)
    except Unreadable as why:
        verdict.alter(index, f"the leaf {why}")
        return
    if leaf["seq"] != index:
        verdict.alter(index, "the leaf has another number", index, leaf["seq"])
    known.nodes |= nodes
    # A proof holds all complete subtrees to the left of its leaf: the whole log before it.
    before = _folded([nodes[place] for place in _peaks(index)])
    for seen in (before, known.roots.setdefault(index, before)):
        if seen.hex() != leaf["prev"]:
            verdict.alter(index, "the leaf names another root before it", seen, leaf["prev"])
            break
    waits = "" if size == known.size else ", which is not signed yet"
    verdict.checked.append(f"entry {index} ({_shown(leaf['act'])}) is in the log of size {size}{waits}")
    if entry["payload"] is None:
        verdict.leave(f"payload of entry {index}: it was redacted, or is not in the receipt")
    else:
        _payload(index, leaf["commit"], (_hash(entry["salt"]), _bytes(entry["payload"])), verdict)


def _bytes(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise Unreadable("has half a character") from None


def _hash(text: object) -> bytes:
    if not isinstance(text, str) or not HASH.fullmatch(text):
        raise Unreadable("has no hash where one belongs")
    return bytes.fromhex(text)


def _payload(number: int, commit: str, kept: tuple[bytes, bytes], verdict: Verdict) -> dict[str, Any] | None:
    """Check salt and payload against the commitment; return the facts."""
    found = commitment(*kept)
    if found != commit:
        verdict.alter(number, "the payload is not what was committed to", commit, found)
        return None
    try:
        payload = read_canonical(kept[1])
        _fits(payload, PAYLOAD)
    except Unreadable as why:
        verdict.alter(number, f"the payload {why}")
        return None
    facts: dict[str, Any] = payload["facts"]
    return facts


def _receipt_checkpoint(text: str, known: Known, signatures: Signatures) -> None:
    try:
        note = read_checkpoint(_bytes(text))
    except Unreadable as why:
        signatures.verdict.alter(known.size, f"the checkpoint {why}")
        return
    said = (known.origin, known.size, known.roots[known.size].hex())
    if (note.origin, note.size, note.root.hex()) != said:
        signatures.verdict.alter(
            known.size, "the checkpoint is of another tree", said, (note.origin, note.size, note.root.hex())
        )
    signatures.judge(note)


# ---- votes -----------------------------------------------------------------------------------------------

SIDES = ("for", "against", "abstain")
SCHEME: dict[str, tuple[str, ...]] = {
    "method": ("members", "weighted", "categories"),
    "base": ("cast", "cast_or_abstained", "able"),
    "vacancies": ("out", "in"),
    "aside": ("out", "in"),
    "chair": ("votes", "casting", "none"),
    "tie": ("not_carried", "casting", "deferred"),
}
SHARE = re.compile(r"[1-9][0-9]{0,8}/[1-9][0-9]{0,8}")
HALF = Fraction(1, 2)
VOTES = "tally-votes-v1"
Facts = Mapping[str, Any]


class Uncountable(ValueError):
    """A scheme, a board or an act is not as the format has it; the message says which."""


def _choice_of(rule: Facts, key: str, among: Sequence[str]) -> str:
    if rule.get(key) not in among or not isinstance(rule[key], str):
        raise Uncountable(f"{key} is none of {', '.join(among)}")
    return str(rule[key])


def _share(rule: object, besides: frozenset[str] = frozenset()) -> tuple[Fraction, bool]:
    """Return a share, and whether it must be passed rather than reached."""
    shares = sorted(rule.keys() - besides) if isinstance(rule, Mapping) else []
    if not isinstance(rule, Mapping) or shares not in (["at_least"], ["more_than"]):
        raise Uncountable("a share is neither at_least nor more_than")
    text = rule[shares[0]]
    if not isinstance(text, str) or not SHARE.fullmatch(text) or Fraction(text) > 1:
        raise Uncountable("a share is no fraction above 0 and at most 1")
    return Fraction(text), shares == ["more_than"]


def check_scheme(scheme: object) -> None:
    if not isinstance(scheme, Mapping):
        raise Uncountable("the scheme is no object")
    for key, among in SCHEME.items():
        _choice_of(scheme, key, among)
    choices = scheme.get("choices")
    if not isinstance(choices, Mapping) or not choices or not all(side in SIDES for side in choices.values()):
        raise Uncountable("choices do not say what each counts as")
    if not isinstance(scheme.get("changeable"), bool):
        raise Uncountable("changeable is neither yes nor no")
    _share(scheme.get("needs"))
    if "quorum" not in scheme:
        raise Uncountable("the scheme has no quorum")
    _needed(scheme["quorum"], 0)


def check_seats(seats: object) -> None:
    if not isinstance(seats, Sequence) or isinstance(seats, str):
        raise Uncountable("seats are no list")
    shape: dict[str, tuple[type, ...]] = {
        "seat": (str,),
        "constituency": (str,),
        "weight": (int,),
        "state": (str,),
    }
    for seat in seats:
        wrong = _complaint(seat, shape, besides=True)
        if wrong or seat["weight"] < 0 or seat["state"] not in ("filled", "vacant", "aside"):
            raise Uncountable(f"a seat {wrong or 'has no weight or state'}")
    if len({seat["seat"] for seat in seats}) != len(seats):
        raise Uncountable("a seat stands twice")


def check_act(scheme: Facts, seats: frozenset[str], act: str, facts: Facts) -> None:
    if act not in ("stand_aside", "cast_vote", "give_casting_vote"):
        raise Uncountable("the act is none of a vote")
    if act != "give_casting_vote" and not (isinstance(facts.get("seat"), str) and facts["seat"] in seats):
        raise Uncountable("the seat is none of the board")
    if act != "stand_aside":
        choice = facts.get("choice")
        side = scheme["choices"].get(choice) if isinstance(choice, str) else None
        if side is None or (act == "give_casting_vote" and side == "abstain"):
            raise Uncountable("the choice is none of the scheme's")


def _needed(quorum: object, able: int) -> int:
    if quorum is None:
        return 0
    share, passed = _share(quorum, frozenset({"fewest"}))
    fewest = quorum.get("fewest", 0) if isinstance(quorum, Mapping) else 0
    if type(fewest) is not int or fewest < 0:
        raise Uncountable("the fewest of a quorum is no whole number")
    asked = share * able
    reached = int(asked) + 1 if passed else -(-asked.numerator // asked.denominator)
    return max(reached, fewest)


def _reaches(needs: object, part: int, whole: int) -> bool:
    share, passed = _share(needs)
    return whole > 0 and (part > share * whole if passed else part >= share * whole)


def recount(scheme: Facts, seats: Sequence[Facts], acts: Iterable[tuple[str, Facts]]) -> dict[str, Any]:
    """Count a vote anew, as docs/voting-format.md has it.

    :param acts: what was done in the motion, in order: each act (with or without `decisions.`) and its facts
    :returns: the `count` of that page
    :raises Uncountable: if anything is not in the form of that page
    """
    check_scheme(scheme)
    check_seats(seats)
    ballots, left, casting = _ballots(scheme, seats, acts)
    board = [seat for seat in seats if scheme["chair"] == "votes" or seat["constituency"] != "chair"]
    state = {
        one["seat"]: "aside" if one["state"] == "filled" and one["seat"] in left else one["state"]
        for one in board
    }
    stands = {seat: ballots[seat] for seat in ballots if state.get(seat) == "filled"}
    able_states = {"filled"} | {
        name for name, rule in (("vacant", "vacancies"), ("aside", "aside")) if scheme[rule] == "in"
    }
    able = [one for one in board if state[one["seat"]] in able_states]
    weighted = scheme["method"] == "weighted"
    states = list(state.values())
    count = {
        **_sums(board, stands, weighted=weighted),
        "able": sum(one["weight"] for one in able) if weighted else len(able),
        "present": len(stands),
        "needed": _needed(scheme["quorum"], len(able)),
        "aside": states.count("aside"),
        "vacant": states.count("vacant"),
        "silent": states.count("filled") - len(stands),
        "categories": _categories(board, stands, weighted=weighted),
    }
    return {**count, **_outcome(scheme, count, casting)}


def _ballots(
    scheme: Facts, seats: Sequence[Facts], acts: Iterable[tuple[str, Facts]]
) -> tuple[dict[str, str], set[str], str | None]:
    """Return the side of each seat's ballot, the seats that stood aside, and the casting vote's side."""
    names = frozenset(seat["seat"] for seat in seats)
    ballots: dict[str, str] = {}
    left: set[str] = set()
    casting: dict[str, str] = {}
    for named, facts in acts:
        act = named.removeprefix("decisions.")
        check_act(scheme, names, act, facts)
        if act == "stand_aside":
            left.add(facts["seat"])
            continue
        box, key = (casting, "") if act == "give_casting_vote" else (ballots, facts["seat"])
        if scheme["changeable"] or key not in box:
            box[key] = scheme["choices"][facts["choice"]]
    return ballots, left, casting.get("")


def _sums(board: Iterable[Facts], stands: Mapping[str, str], *, weighted: bool) -> dict[str, int]:
    sums = dict.fromkeys(SIDES, 0)
    for one in board:
        if one["seat"] in stands:
            sums[stands[one["seat"]]] += one["weight"] if weighted else 1
    return {"for": sums["for"], "against": sums["against"], "abstained": sums["abstain"]}


def _categories(board: Sequence[Facts], stands: Mapping[str, str], *, weighted: bool) -> list[dict[str, Any]]:
    found = []
    members: dict[str, list[Facts]] = {}
    for one in board:
        members.setdefault(one["constituency"], []).append(one)
    for name, those in members.items():
        sums = _sums(those, stands, weighted=weighted)
        ahead = sums["for"] - sums["against"]
        outcome = "for" if ahead > 0 else "against" if ahead < 0 else "none"
        found.append({"constituency": name, **sums, "outcome": outcome})
    return found


def _outcome(scheme: Facts, count: Facts, casting: str | None) -> dict[str, Any]:
    """Return the outcome, whether it was tied, and the casting vote where it decided."""
    ahead, behind = count["for"], count["against"]
    base = {
        "cast": ahead + behind,
        "cast_or_abstained": ahead + behind + count["abstained"],
        "able": count["able"],
    }
    whole = base[scheme["base"]]
    if scheme["method"] == "categories":
        outcomes = [one["outcome"] for one in count["categories"]]
        ahead, behind = outcomes.count("for"), outcomes.count("against")
        whole = ahead + behind
    said: dict[str, Any] = {"outcome": "not_carried", "tied": False, "casting": None}
    if count["present"] < count["needed"]:
        return said | {"outcome": "no_quorum"}
    if _reaches(scheme["needs"], ahead, whole):
        return said | {"outcome": "carried"}
    if not (ahead == behind > 0 and _share(scheme["needs"]) == (HALF, True)):
        return said
    if scheme["tie"] == "deferred":
        return said | {"outcome": "deferred", "tied": True}
    if scheme["tie"] == "casting" and casting is not None:
        outcome = "carried" if casting == "for" else "not_carried"
        return {"outcome": outcome, "tied": True, "casting": casting}
    return said | {"tied": True}


@dataclass(frozen=True)
class Motion:
    """A motion that is open: the entry that opened it, how it is counted, who votes, and what was done."""

    opened: int
    scheme: Facts
    seats: Sequence[Facts]
    names: frozenset[str]
    acts: list[tuple[str, Facts]]


class Votes:
    """The motions of a log, counted again when each is closed."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict
        self.open: dict[str, Motion] = {}
        self.later: set[str] = set()  # motions of a format that is not known here
        self.missed = -1  # the last act without payload: it may be one of any motion that was open then
        self.closed: set[str] = set()
        self.unread = self.counted = self.unseen = 0

    def miss(self, number: int, act: str) -> None:
        """Note an act whose payload is not there: it may belong to any motion that is open."""
        self.unread += 1
        self.unseen += act == "open_motion"
        self.missed = number

    def take(self, number: int, act: str, facts: Facts) -> None:
        try:
            self._take(number, act, facts)
        except Uncountable as why:
            self.verdict.alter(number, f"{act}: {why}")

    def _take(self, number: int, act: str, facts: Facts) -> None:
        motion = facts.get("motion")
        if not isinstance(motion, str):
            raise Uncountable("no motion is named")
        if act == "open_motion":
            self._open(number, motion, facts)
        elif motion in self.later:
            return
        elif motion in self.open:
            self._act(number, act, facts, motion)
        elif motion in self.closed or not self.unseen:
            raise Uncountable(f"the motion {_shown(motion)} is not open")
        else:
            self.verdict.leave(
                f"motion {_shown(motion)}: the entry that opened it may be among those without payload"
            )

    def _open(self, number: int, motion: str, facts: Facts) -> None:
        if motion in self.open or motion in self.closed or motion in self.later:
            raise Uncountable("the motion was opened before")
        form = facts.get("format", VOTES)
        if not isinstance(form, str):
            raise Uncountable("the format is no text")
        if form != VOTES:
            self.later.add(motion)
            self.verdict.leave(
                f"votes of motion {_shown(motion)}: their format {_shown(form)} is not known here"
            )
            return
        check_scheme(facts.get("scheme"))
        check_seats(facts.get("seats"))
        names = frozenset(seat["seat"] for seat in facts["seats"])
        self.open[motion] = Motion(number, facts["scheme"], facts["seats"], names, [])

    def _act(self, number: int, act: str, facts: Facts, motion: str) -> None:
        told = self.open[motion]
        if act != "close_vote":
            check_act(told.scheme, told.names, act, facts)
            told.acts.append((act, facts))
            return
        del self.open[motion]
        self.closed.add(motion)
        blind = self.missed if self.missed > told.opened else None
        count, stated = recount(told.scheme, told.seats, told.acts), facts.get("count")
        if json.dumps(count, sort_keys=True) == json.dumps(stated, sort_keys=True):
            self.counted += 1
        elif blind is not None:
            self.verdict.leave(
                f"count of motion {_shown(motion)}: entry {blind} may be one of its acts; it has no payload"
            )
        else:
            what = f"the count of motion {_shown(motion)} is not what its votes give"
            self.verdict.alter(number, what, *_difference(count, stated))

    def conclude(self) -> None:
        still = f", {len(self.open)} still open" if self.open else ""
        self.verdict.checked.append(f"{_many(self.counted, 'vote')} counted again{still}")
        if self.unread:
            self.verdict.leave(f"{_many(self.unread, 'act')} of votes: no payload")


def _difference(count: dict[str, Any], stated: Any) -> tuple[str, str]:
    if not isinstance(stated, dict):
        return "a count", "none"
    for key in [*count, *stated]:
        if key not in stated or key not in count or _spelled(count[key]) != _spelled(stated[key]):
            return f"{key} {_spelled(count.get(key))}", f"{_shown(key)} {_spelled(stated.get(key))}"
    return "other types", "these"


# ---- a whole log -----------------------------------------------------------------------------------------

VOTE_ACTS = ("open_motion", "stand_aside", "cast_vote", "give_casting_vote", "close_vote")
STATED: dict[str, tuple[type, ...]] = {
    "format": (str,), "origin": (str,), "size": (int,), "root": (str,), "keys": (list,),
}  # fmt: skip
REDACTION: dict[str, tuple[type, ...]] = {
    "entry": (int,), "commit": (str,), "reason": (str,), "authority": (str,), "asked_by": (str,),
}  # fmt: skip


class Bundle:
    """A folder that holds the whole log; `whole` says that no payload was left out of it."""

    def __init__(self, folder: Path, verdict: Verdict) -> None:
        self.folder, self.verdict = folder, verdict
        try:
            stated = read_json(_read(folder / "bundle.json"))
            _fits(stated, STATED, besides=True)
            self.origin: str | None = stated["origin"]
            self.size: int = stated["size"]
            self.root, self.whole = _hash(stated["root"]), stated.get("whole", False)
        except Unreadable as why:
            raise NotOfThisKind(f"{folder}: bundle.json {why}.") from None
        if stated["format"] != "tally-bundle-v1" or not isinstance(self.whole, bool) or self.size < 0:
            raise NotOfThisKind(f"{folder}: bundle.json is of another format.")

    def _lines(self, name: str) -> Iterator[bytes]:
        path = self.folder / name
        if not path.is_file():
            self.verdict.alter(None, f"{name} is missing")
            return
        with path.open("rb") as file:
            while raw := file.readline(LONGEST_LINE + 1):
                if len(raw) > LONGEST_LINE:
                    raise Unreadable(f"{name} has a line of more than {LONGEST_LINE} bytes")
                yield raw.removesuffix(b"\n")

    def leaves(self) -> Iterator[tuple[bytes, Facts]]:
        yield from ((raw, {}) for raw in self._lines("leaves.jsonl"))

    def payloads(self) -> Iterator[tuple[int, bytes, bytes]]:
        after = 0
        for raw in self._lines("payloads.jsonl"):
            try:
                line = read_json(raw)
                _fits(line, {"seq": (int,), "salt": (str,), "payload": (str,)})
                found = (line["seq"], _hash(line["salt"]), _bytes(line["payload"]))
            except Unreadable as why:
                self.verdict.alter(after, f"the line of payloads.jsonl for this entry or a later one {why}")
                continue
            yield found
            after = found[0] + 1

    def readings(self) -> Iterator[bytes]:
        return self._lines("readings.jsonl")

    def checkpoints(self) -> Iterator[tuple[str, bytes]]:
        for path in sorted((self.folder / "checkpoints").glob("*.txt")):
            try:
                yield path.name, _read(path)
            except NotOfThisKind as why:
                self.verdict.alter(_size_in(path.name), f"a checkpoint cannot be read: {why}".rstrip("."))

    def node(self, level: int, number: int, made: bytes) -> None:
        """Take note of a complete subtree: a bundle keeps none."""

    def closed(self, day: str, closing: tuple[int, int, str]) -> None:
        """Take note of a day that an entry closed: a bundle keeps no list of them."""

    def own(self, number: int, leaf: Facts, facts: Facts) -> None:
        """Take note of an act of the journal itself: a bundle keeps nothing beside the log of it."""

    def compare(self, outside: Sequence[Checkpoint]) -> None:
        """Look for what was kept elsewhere: a bundle may be given without its checkpoints."""

    def finish(self, at: str) -> None:  # noqa: ARG002 a database has a head to compare with it
        """Look at what no entry led to: a bundle has nothing more.

        :param at: the instant of the last entry
        """
        self.verdict.uncommitted.append(
            "other checkpoints that were signed: give those that were kept elsewhere with --checkpoint"
        )


TABLES = {
    "journal_log": "id size root at",
    "journal_entry": "seq act at actor code kind handle classification leaf",
    "journal_payload": "entry_id salt text",
    "journal_node": "level number hash",
    "journal_reading": "id day at actor capacity code kind handle classification address",
    "journal_closedday": "day entry_id readings root",
    "journal_checkpoint": "size root text signed_at",
    "journal_cosignature": "id checkpoint_id key line at",
    "journal_redaction": (
        "code handle entry_id reason authority asked_by asked_at state decided_by decided_at order_id"
    ),
}
MAY_LACK = {
    "journal_checkpoint": "checkpoints", "journal_cosignature": "signatures of witnesses",
    "journal_redaction": "requests to remove words",
}  # fmt: skip
BESIDE: dict[str, dict[str, tuple[type, ...]]] = {
    "journal.take_witness": {"size": (int,), "witnesses": (list,)},
    "journal.ask_redaction": {"entry": (int,), "reason": (str,), "authority": (str,)},
    "journal.redact": {"entry": (int,), "reason": (str,), "authority": (str,), "asked_by": (str,)},
    "journal.refuse_redaction": {"entry": (int,)},
}  # fmt: skip
NUMBERED = re.compile(r"[0-9]{10,16}\.txt")
KEPT_INSTANT = re.compile(r"([0-9-]{10})[ T]([0-9:]{8})(?:\.([0-9]{1,6}))?")


class Database(Bundle):
    """The tables of the journal, in a copy of an SQLite database."""

    def __init__(self, connection: sqlite3.Connection, verdict: Verdict) -> None:
        self.rows, self.verdict, self.whole, self.origin = connection.execute, verdict, True, None
        self.levels: dict[int, Iterator[tuple[Any, Any]]] = {}
        self.held: dict[int, tuple[Any, Any]] = {}
        self.days: dict[str, int] = {}
        self.notes: dict[int, set[tuple[str, bytes, bytes]]] = {}
        self.witnessed: dict[tuple[int, str], list[tuple[int, Facts]]] = {}
        self.asked: dict[str, tuple[int, Facts, Facts]] = {}
        self.decided: dict[str, tuple[int, Facts, Facts]] = {}
        self.tables = {table for table, columns in TABLES.items() if self._has(table, columns.split())}
        head = self.rows("SELECT size, root, at FROM journal_log WHERE id = 1").fetchone() or (0, b"", None)
        self.size, self.root = head[0] if isinstance(head[0], int) else -1, _raw(head[1])
        self.at = _instant(head[2])

    def _has(self, table: str, columns: Sequence[str]) -> bool:
        kind = self.rows("SELECT type FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
        if kind is None and table in MAY_LACK:
            self.verdict.leave(f"{MAY_LACK[table]}: the database has no table of them")
            return False
        there = {row[1] for row in self.rows(f"PRAGMA table_info({table})")}
        if kind != ("table",) or not there.issuperset(columns):
            raise NotOfThisKind(f"The database has no table {table} with {', '.join(columns)}.")
        for (said,) in self.rows(f"PRAGMA integrity_check({table})"):
            if said != "ok":
                self.verdict.alter(None, f"the table {table} is damaged", "ok", said)
        return True

    def leaves(self) -> Iterator[tuple[bytes, Facts]]:
        names = ("seq", "act", "at", "actor", "code", "kind", "object", "class")
        asked = """SELECT seq, act, at, actor, code, kind, handle, classification, leaf
            FROM journal_entry ORDER BY seq"""
        for row in self.rows(asked):
            columns = dict(zip(names, row[:-1], strict=True))
            yield _raw(row[-1]), columns | {"at": _instant(columns["at"])}

    def payloads(self) -> Iterator[tuple[int, bytes, bytes]]:
        for number, salt, text in self.rows(
            "SELECT entry_id, salt, text FROM journal_payload ORDER BY entry_id"
        ):
            if not isinstance(number, int):
                self.verdict.alter(None, "a payload is of no entry", "a number", number)
            elif salt or text:  # a redaction may empty a row rather than delete it
                yield number, _raw(salt), _raw(text)

    def readings(self) -> Iterator[bytes]:
        names = ("actor", "address", "at", "capacity", "class", "code", "kind", "object")
        asked = """SELECT day, actor, address, at, capacity, classification, code, kind, handle
            FROM journal_reading ORDER BY id"""
        for day, *row in self.rows(asked):
            reading = dict(zip(names, row, strict=True))
            reading["at"] = _instant(reading["at"])
            of = str(reading["at"])[:10]
            if of != day:
                number = self.days.get(of, self.days.get(day) if isinstance(day, str) else None)
                self.verdict.alter(number, "a reading stands under another day", day, reading["at"])
            yield json.dumps(reading, default=repr, ensure_ascii=False, separators=(",", ":")).encode(
                errors="replace"
            )

    def checkpoints(self) -> Iterator[tuple[str, bytes]]:
        if "journal_checkpoint" not in self.tables:
            return
        for size, root, text in self.rows("SELECT size, root, text FROM journal_checkpoint ORDER BY size"):
            note = _raw(text)
            if note.split(b"\n")[2:3] != [base64.b64encode(_raw(root))]:
                self.verdict.alter(
                    _number(size), "the column root of a checkpoint differs from its text", "", root
                )
            with contextlib.suppress(Unreadable):
                self.notes[_number(size)] = set(read_checkpoint(note).signatures)
            yield f"{_number(size):010d}.txt", note + self._lines_below(size)

    def _lines_below(self, size: object) -> bytes:
        if "journal_cosignature" not in self.tables:
            return b""
        asked = "SELECT line FROM journal_cosignature WHERE checkpoint_id = ? ORDER BY id"
        return b"".join(_raw(line) + b"\n" for (line,) in self.rows(asked, (size,)))

    def compare(self, outside: Sequence[Checkpoint]) -> None:
        for note in outside if "journal_checkpoint" in self.tables else ():
            if note.size not in self.notes:
                self.verdict.alter(
                    note.size, "the checkpoint of this size, kept elsewhere, is not in the table"
                )
                continue
            own = {line for line in note.signatures if line[0] == note.origin}
            if not own <= self.notes[note.size]:
                what = "the checkpoint of this size lacks a signature that it has elsewhere"
                self.verdict.alter(note.size, what)

    def own(self, number: int, leaf: Facts, facts: Facts) -> None:
        if leaf["act"] not in BESIDE:
            return
        _fits(facts, BESIDE[leaf["act"]], besides=True)
        if leaf["act"] == "journal.take_witness":
            for name in facts["witnesses"]:
                self.witnessed.setdefault((facts["size"], str(name)), []).append((number, leaf))
        else:
            taken = self.asked if leaf["act"] == "journal.ask_redaction" else self.decided
            if leaf["object"] in taken:
                raise Unreadable("is said of the same request again")
            taken[leaf["object"]] = (number, leaf, facts)

    def node(self, level: int, number: int, made: bytes) -> None:
        asked = "SELECT number, hash FROM journal_node WHERE level = ? ORDER BY number"
        if level not in self.levels:
            self.levels[level] = self.rows(asked, (level,))
        rows, last = self.levels[level], (number + 1 << level) - 1  # the entry that completes the subtree
        held = self.held.pop(level, None) or next(rows, None)
        while held is not None and _number(held[0]) < number:
            self.verdict.alter(last, f"a node of level {level} is too many", "", held[0])
            held = next(rows, None)
        if held is None or _number(held[0]) != number:
            self.verdict.alter(last, f"node {number} of level {level} is missing", made)
            self.held |= {level: held} if held else {}
        elif _raw(held[1]) != made:
            self.verdict.alter(last, f"node {number} of level {level} is another", made, _raw(held[1]))

    def closed(self, day: str, closing: tuple[int, int, str]) -> None:
        self.days[day] = closing[0]
        kept = self.rows(
            "SELECT entry_id, readings, root FROM journal_closedday WHERE day = ?", (day,)
        ).fetchall()
        found = [(entry, readings, _raw(root).hex()) for entry, readings, root in kept]
        if found != [closing]:
            self.verdict.alter(
                closing[0], f"journal_closedday says another thing of {_shown(day)}", closing, found
            )

    def finish(self, at: str) -> None:
        self._nodes_left()
        for day, entry in self.rows("SELECT day, entry_id FROM journal_closedday"):
            if day not in self.days:
                self.verdict.alter(
                    _number(entry), "journal_closedday has a day that no entry closes", "", day
                )
        if (self.at or "") != at:
            self.verdict.alter(
                max(self.size, 0), "the head has another instant than the last entry", at, self.at
            )
        for (identity,) in self.rows("SELECT id FROM journal_log WHERE id IS NOT 1"):
            self.verdict.alter(None, "journal_log has a row besides the head", "", identity)
        if "journal_cosignature" in self.tables:
            self._cosignatures()
        if "journal_redaction" in self.tables:
            self._requests()
        super().finish(at)
        self.verdict.uncommitted += [
            "when a checkpoint was signed: the column signed_at of journal_checkpoint",
            "the numbers that tables count their rows by: the columns id, but for the order of readings",
        ]

    def _nodes_left(self) -> None:
        for level, number in self.rows("SELECT level, number FROM journal_node ORDER BY level, number"):
            if level not in self.levels:
                self.verdict.alter(
                    self._over(level, number), f"a node of level {_shown(level)} is too many", "", number
                )
        for level, rows in self.levels.items():
            for number, _ in [*([self.held[level]] if level in self.held else []), *rows]:
                self.verdict.alter(self._over(level, number), "a node is too many", "", number)

    def _over(self, level: object, number: object) -> int | None:
        """Return the first entry that a node too many would be over, or the first that is not there."""
        if not (isinstance(level, int) and isinstance(number, int) and level in range(64) and number >= 0):
            return None
        return min(((number + 1) << level) - 1, max(self.size, 0))

    def _cosignatures(self) -> None:
        asked = "SELECT checkpoint_id, key, line, at FROM journal_cosignature ORDER BY id"
        for size, key, line, at in self.rows(asked):
            found = SIGNATURE.fullmatch(_raw(line).decode(errors="replace"))
            name, identity = (found[1], base64.b64decode(found[2] + "==")[:4].hex()) if found else ("", "")
            if key != f"{name}+{identity}":
                self.verdict.alter(
                    _number(size), "a witness's line is not by the key beside it", key, f"{name}+{identity}"
                )
            taken = self.witnessed.get((_number(size), name), [])
            if not taken:
                self.verdict.alter(_number(size), "no entry took in a witness's line", "", f"{key} {size}")
            elif not _is_when(at, taken[0][1]):
                self.verdict.alter(
                    taken[0][0], "a witness's line was taken in at another instant", taken[0][1]["at"], at
                )
            del taken[:1]
        for (size, name), left in self.witnessed.items():
            for number, _ in left:
                what = f"the line of {_shown(name)} below the checkpoint of {size}, taken in here, is missing"
                self.verdict.alter(number, what)

    def _requests(self) -> None:
        names = TABLES["journal_redaction"].split()
        for row in self.rows(f"SELECT {', '.join(names)} FROM journal_redaction"):  # noqa: S608 our own names
            kept = dict(zip(names, row, strict=True))
            asked, decided = (by.pop(kept["handle"], None) for by in (self.asked, self.decided))
            if asked is None:
                self.verdict.alter(
                    max(_number(kept["entry_id"]), 0),
                    "no entry asked for this removal of words",
                    "",
                    kept["handle"],
                )
                continue
            self._request(kept, asked, decided)
        for by in (self.asked, self.decided):
            for handle, (number, _, _) in by.items():
                self.verdict.alter(
                    number, "what this entry says of words is not in journal_redaction", handle
                )

    def _request(
        self, kept: Facts, asked: tuple[int, Facts, Facts], decided: tuple[int, Facts, Facts] | None
    ) -> None:
        """Compare a request to remove words with the entries that asked for it and decided on it."""
        number, leaf, facts = asked
        said = {"code": leaf["code"], "asked_by": leaf["actor"], "asked_at": leaf}
        said |= {"entry_id": facts["entry"], "reason": facts["reason"], "authority": facts["authority"]}
        self._same(number, kept, said)
        if decided is None:
            said = {"state": "asked", "decided_by": "", "decided_at": None, "order_id": None}
            self._same(number, kept, said)
            return
        by, leaf, facts = decided
        done = leaf["act"] == "journal.redact"
        said = {"state": "done" if done else "refused", "order_id": by if done else None}
        said |= {
            "decided_by": leaf["actor"],
            "decided_at": leaf,
            "entry_id": facts["entry"],
            "code": leaf["code"],
        }
        if done:
            said |= {name: facts[name] for name in ("reason", "authority", "asked_by")}
        self._same(by, kept, said)

    def _same(self, number: int, kept: Facts, said: Mapping[str, Any]) -> None:
        for name, value in said.items():
            is_instant = isinstance(value, Mapping)
            if not (_is_when(kept[name], value) if is_instant else kept[name] == value):
                what = f"the column {name} of journal_redaction is not what the entry says"
                self.verdict.alter(number, what, value["at"] if is_instant else value, kept[name])


def _is_when(kept: object, leaf: Facts) -> bool:
    """Tell whether a column has the instant of an entry; one whose clock ran backwards was earlier."""
    at = _instant(kept)
    return at == leaf["at"] or bool(
        leaf["held"] and isinstance(at, str) and _is_instant(at) and at < leaf["at"]
    )


def _size_in(name: str) -> int | None:
    """Return the size that a checkpoint's file is named by."""
    return int(name[:-4]) if NUMBERED.fullmatch(name) else None


def _raw(value: object) -> bytes:
    if isinstance(value, str):
        text = value.encode(errors="surrogateescape")
        return bytes.fromhex(value) if HASH.fullmatch(value) else text
    return value if isinstance(value, bytes) else b""


def _number(value: object) -> int:
    return value if isinstance(value, int) else -1


def _instant(value: object) -> object:
    found = KEPT_INSTANT.fullmatch(str(value))
    return f"{found[1]}T{found[2]}.{found[3] or '':0<6}Z" if found else value


class Audit:
    """One pass over a whole log; what it keeps grows with what is missing or open, not with the log."""

    def __init__(self, source: Bundle, signatures: Signatures) -> None:
        self.source, self.signatures, self.verdict = source, signatures, source.verdict
        self.tree = Frontier()
        self.notes: dict[int, list[Checkpoint]] = {}
        self.payloads, self.last = source.payloads(), -1
        self.pending = self._next()
        self.missing, self.commits, self.compared = array("q"), bytearray(), 0
        self.unread: dict[str, int] = {}
        self.own: set[int] = set()  # entries of the journal itself that have no payload
        self.redactions: dict[int, tuple[int, str]] = {}
        self.closings: dict[str, tuple[int, int, str]] = {}
        self.rotations: list[tuple[int, Key, Key]] = []
        self.votes = Votes(self.verdict)
        self.at = ""
        self.told: set[str] = set()

    def run(self, outside: Sequence[Checkpoint] = ()) -> None:
        for name, raw in self.source.checkpoints():
            try:
                note = read_checkpoint(raw)
            except Unreadable as why:
                self.verdict.alter(_size_in(name), f"the checkpoint {_shown(name)} {why}")
                continue
            if name != f"{note.size:010d}.txt":
                self.verdict.alter(
                    note.size, "a checkpoint is of another size than its name", name, note.size
                )
            self._note(note)
        for note in outside:
            self._note(note)
        for raw, columns in self.source.leaves():
            self._entry(raw, columns)
        self.source.compare(outside)
        for step in (self._head, self._checkpoints, self._redactions, self._readings, self.votes.conclude):
            step()
        self.source.finish(self.at)
        self.signatures.conclude()

    def _note(self, note: Checkpoint) -> None:
        self.source.origin = self.source.origin if self.source.origin is not None else note.origin
        if note.origin != self.source.origin:
            self.verdict.alter(note.size, "a checkpoint is of another log", self.source.origin, note.origin)
        self.notes.setdefault(note.size, []).append(note)
        self.signatures.judge(note)

    def _next(self) -> tuple[int, bytes, bytes] | None:
        for found in self.payloads:
            if found[0] > self.last:
                self.last = found[0]
                return found
            self.verdict.alter(max(found[0], 0), "a payload stands twice or out of order", "", found[0])
        return None

    def _once(self, number: int, what: str, expected: object, found: object) -> None:
        """Tell of a flaw that all later entries repeat."""
        if what not in self.told:
            self.told.add(what)
            self.verdict.alter(number, what, expected, found)

    def _entry(self, raw: bytes, columns: Facts) -> None:
        number, root = self.tree.size, self.tree.root()
        self._meet(number, root)
        leaf: dict[str, Any] | None = None
        try:
            leaf = read_leaf(raw)
        except Unreadable as why:
            self.verdict.alter(number, f"the leaf {why}")
        if leaf is not None:
            self._leaf(number, leaf, root, columns)
        self._kept(number, leaf)
        for made in self.tree.add(leaf_hash(raw)):
            self.source.node(*made)

    def _leaf(self, number: int, leaf: Facts, root: bytes, columns: Facts) -> None:
        if leaf["seq"] != number:
            self._once(number, "the leaf has another number", number, leaf["seq"])
        if leaf["prev"] != root.hex():
            self._once(number, "the log before this entry is not what the entry says", leaf["prev"], root)
        if leaf["at"] < self.at or (leaf["held"] and leaf["at"] != self.at):
            self.verdict.alter(
                number, "the instant does not follow that of the entry before", self.at, leaf["at"]
            )
        self.at = leaf["at"]
        for key, value in columns.items():
            if value != leaf[key]:
                self.verdict.alter(
                    number, f"the column for {key!r} is not what the leaf says", leaf[key], value
                )

    def _meet(self, size: int, root: bytes) -> None:
        for note in self.notes.get(size, ()):
            if note.root != root:
                self.verdict.alter(
                    size, "the checkpoint of this size has another root than the log", note.root, root
                )

    def _kept(self, number: int, leaf: Facts | None) -> None:
        room, _, act = (leaf["act"] if leaf else "").partition(".")
        if self.pending is None or self.pending[0] != number:
            self.missing.append(number)
            self.commits += bytes.fromhex(leaf["commit"]) if leaf else bytes(32)
            if room == "decisions" and act in VOTE_ACTS:
                self.votes.miss(number, act)
            elif leaf and room == "journal":
                self.unread[leaf["act"]] = number
                self.own.add(number)
            return
        _, salt, payload = self.pending
        self.pending = self._next()
        self.compared += leaf is not None
        facts = _payload(number, leaf["commit"], (salt, payload), self.verdict) if leaf else None
        if leaf and facts is not None and room == "decisions" and act in VOTE_ACTS:
            self.votes.take(number, act, facts)
        elif leaf and facts is not None and room == "journal":
            self._own(number, leaf, facts)

    def _own(self, number: int, leaf: Facts, facts: Facts) -> None:
        """Take up an act of the journal itself."""
        acts = {
            "journal.redact": self._redact,
            "journal.close_readings": self._close,
            "journal.rotate_key": self._rotate,
        }
        try:
            if leaf["act"] in acts:
                acts[leaf["act"]](number, leaf, facts)
            self.source.own(number, leaf, facts)
        except (Unreadable, NotOfThisKind) as why:
            self.verdict.alter(number, f"{leaf['act']}: what the entry says {why}")

    def _redact(self, number: int, leaf: Facts, facts: Facts) -> None:
        _fits(facts, REDACTION, besides=True)
        if not (0 <= facts["entry"] < number and HASH.fullmatch(facts["commit"])):
            raise Unreadable("names no entry before it")
        if not leaf["actor"] or not facts["asked_by"] or leaf["actor"] == facts["asked_by"]:
            self.verdict.alter(number, "a redaction is not by two persons", facts["asked_by"], leaf["actor"])
        self.redactions[facts["entry"]] = (number, facts["commit"])

    def _close(self, number: int, _: Facts, facts: Facts) -> None:
        _fits(facts, {"day": (str,), "readings": (int,), "root": (str,)}, besides=True)
        if facts["day"] in self.closings:
            raise Unreadable("closes a day again")
        self.closings[facts["day"]] = (number, facts["readings"], _hash(facts["root"]).hex())
        self.source.closed(facts["day"], self.closings[facts["day"]])

    def _rotate(self, number: int, _: Facts, facts: Facts) -> None:
        _fits(facts, {"old": (str,), "new": (str,)}, besides=True)
        self.rotations.append((number, read_key(facts["old"]), read_key(facts["new"])))

    def _head(self) -> None:
        size, root = self.tree.size, self.tree.root()
        self._meet(size, root)
        if (size, root) != (self.source.size, self.source.root):
            said = (self.source.size, self.source.root.hex())
            self.verdict.alter(
                min(size, max(said[0], 0)),
                "size and root of the log are not those stated",
                said,
                (size, root.hex()),
            )
        if self.pending is not None:
            self.verdict.alter(size, "a payload belongs to no entry", "", self.pending[0])
        self.verdict.checked.append(f"{_many(size, 'entry', 'entries')}, with root {root.hex()}")
        self.verdict.checked.append(f"{_many(self.compared, 'payload')} against the commitments")

    def _checkpoints(self) -> None:
        size, sizes = self.tree.size, sorted(self.notes)
        for beyond in (one for one in sizes if one > size):
            self.verdict.alter(size, "the log is shorter than a checkpoint of it", beyond, size)
        self.verdict.checked.append(f"{_many(len(sizes), 'checkpoint')} against the roots of their sizes")
        covered = max(sizes, default=0)
        if covered < size or not sizes:
            self.verdict.leave(f"signatures of entries from {covered} on: no checkpoint covers them")
        for number, *both in self.rotations:
            after = next((one for one in sizes if one > number), None)
            signers = {
                line[:2]
                for note in self.notes.get(-1 if after is None else after, ())
                for line in note.signatures
            }
            if after is not None and not {(key.name, key.id) for key in both} <= signers:
                self.verdict.alter(
                    after, f"the key changed with entry {number}, and both did not sign this checkpoint"
                )
        if "journal.rotate_key" in self.unread:
            self.verdict.leave(f"a change of key: entry {self.unread['journal.rotate_key']} has no payload")

    def _orders(self) -> None:
        for number, (entry, (by, commit)) in enumerate(sorted(self.redactions.items())):
            place = bisect_left(self.missing, entry)
            if place == len(self.missing) or self.missing[place] != entry:
                self.verdict.alter(entry, f"the payload is still there, though entry {by} took it away")
            elif entry in self.own:
                self.verdict.alter(entry, f"entry {by} took away what the journal says of itself")
            elif self.commits[32 * place : 32 * place + 32].hex() != commit:
                self.verdict.alter(
                    by, f"the redaction is of another payload than entry {entry} had", "", commit
                )
            elif number < SHOWN:
                self.verdict.leave(f"payload of entry {entry}: redacted by entry {by}")

    def _redactions(self) -> None:
        self._orders()
        if len(self.redactions) > SHOWN:
            self.verdict.leave(f"payloads of {len(self.redactions)} entries in all: redacted")
        out = [number for number in self.missing if number not in self.redactions]
        for number in out if self.source.whole else ():
            self.verdict.alter(number, "the payload is missing, and no entry took it away")
        if out and not self.source.whole:
            self.verdict.leave(f"{_many(len(out), 'payload')}, first that of entry {out[0]}: left out")

    def _readings(self) -> None:
        days: dict[str, Frontier] = {}
        for number, raw in enumerate(self.source.readings()):
            try:
                reading = read_canonical(raw)
                _fits(reading, READING)
                day = reading["at"][:10] if _is_instant(reading["at"]) else ""
            except Unreadable as why:
                self.verdict.alter(None, f"reading {number} {why}")
                continue
            days.setdefault(day, Frontier()).add(leaf_hash(raw))
        for day, (number, count, root) in self.closings.items():
            tree = days.pop(day, Frontier())
            if not tree.size and count and not self.source.whole:
                self.verdict.leave(f"readings of {_shown(day)}: left out")
            elif (tree.size, tree.root().hex()) != (count, root):
                what = f"the readings of {_shown(day)} are not those that the entry closed"
                self.verdict.alter(number, what, (count, root), (tree.size, tree.root().hex()))
        self.verdict.checked.append(f"readings of {_many(len(self.closings), 'closed day')}")
        self._late({day: tree.size for day, tree in days.items()})

    def _late(self, days: Mapping[str, int]) -> None:
        """Tell of readings that no entry covers: before a day that is closed, all days with some are."""
        last = max(self.closings, default="")
        for day in sorted(day for day in days if day < last):
            before = min(closed for closed in self.closings if closed > day)
            what = f"a reading is of {_shown(day) or 'no day'}, which was not closed before {_shown(before)}"
            self.verdict.alter(self.closings[before][0], what)
        if days:
            count = sum(days.values())
            self.verdict.leave(f"{_many(count, 'reading')}: no entry that can be read closes their days")
        if "journal.close_readings" in self.unread:
            self.verdict.leave(
                f"readings: entry {self.unread['journal.close_readings']} closes a day and has no payload"
            )


# ---- what is asked ---------------------------------------------------------------------------------------


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise NotOfThisKind(f"{path} is no file.")
    with path.open("rb") as file:
        raw = file.read(LONGEST_FILE + 1)
    if len(raw) > LONGEST_FILE:
        raise NotOfThisKind(f"{path} is larger than {LONGEST_FILE} bytes.")
    return raw


def _judged(work: Callable[[Verdict], None]) -> Verdict:
    """Do what was asked; whatever stops it becomes part of the verdict."""
    verdict = Verdict()
    try:
        work(verdict)
    except NotOfThisKind as why:
        verdict.refused = str(why)
    except Unreadable as why:
        verdict.alter(None, str(why))
    except (sqlite3.Error, UnicodeDecodeError) as why:  # the second where a damaged name is to be told
        verdict.alter(None, "the database cannot be read on", "", why)
    except OSError as why:
        verdict.refused = f"{why.filename or 'A file'} cannot be read: {why.strerror or why}."
    except Exception as why:  # noqa: BLE001 what was found until then still counts
        verdict.leave(f"anything after that: the checker itself failed ({type(why).__name__}: {_shown(why)})")
    return verdict


def check_bundle(path: Path, keys: Sequence[str], outside: Sequence[Path] = ()) -> Verdict:
    """Check a bundle; `outside` are checkpoints of the log that were kept elsewhere."""

    def work(verdict: Verdict) -> None:
        notes = [_checkpoint(_read(one), one) for one in outside]
        Audit(Bundle(path, verdict), Signatures(keys, verdict)).run(notes)

    return _judged(work)


def check_database(path: Path, keys: Sequence[str], outside: Sequence[Path] = ()) -> Verdict:
    """Check a copy of an SQLite database: a live one is never opened, since another SQLite could harm it."""

    def work(verdict: Verdict) -> None:
        notes = [_checkpoint(_read(one), one) for one in outside]
        with tempfile.TemporaryDirectory(prefix="tally-verify-") as folder:
            copy = _copied(path, Path(folder))
            if copy is None:
                verdict.leave("anything: the database was written to while it was copied, three times over")
                return
            with contextlib.closing(sqlite3.connect(copy)) as connection:
                connection.text_factory = lambda raw: raw.decode(errors="surrogateescape")
                if hasattr(connection, "setlimit"):  # other builds that stand in for the library's lack it
                    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_FILE)
                for setting in ("query_only = 1", "trusted_schema = 0", "cell_size_check = 1"):
                    connection.execute(f"PRAGMA {setting}")
                Audit(Database(connection, verdict), Signatures(keys, verdict)).run(notes)

    return _judged(work)


def _copied(path: Path, folder: Path) -> Path | None:
    """Copy a database with what is beside it; return None if it changed under the copying each time."""
    real = path.resolve()
    if not real.is_file() or not _starts_like_sqlite(real):
        raise NotOfThisKind(f"{path} is no SQLite database.")
    if _ends_elsewhere(Path(f"{real}-journal")):
        raise NotOfThisKind(
            f"{path}-journal names another file, which SQLite would remove. Let the site open the database."
        )
    pairs = [(Path(f"{real}{end}"), folder / f"copy.sqlite3{end}") for end in ("", "-wal", "-journal")]
    for _ in range(3):
        with contextlib.suppress(FileNotFoundError):  # one beside it may go while it is copied
            for source, target in pairs:
                target.unlink(missing_ok=True)
                if source.is_file():
                    shutil.copyfile(source, target)
            if all(_digest(source) == _digest(target) for source, target in pairs):
                return pairs[0][1]
    return None


def _ends_elsewhere(journal: Path) -> bool:
    """Tell whether an unfinished change names a file that stands for several databases.

    SQLite removes that file when it takes the change back, wherever it lies: whoever wrote the journal could
    have any file removed.
    """
    if not journal.is_file():
        return False
    with journal.open("rb") as file:
        file.seek(max(journal.stat().st_size - 8, 0))
        return file.read(8) == bytes.fromhex("d9d505f920a163d7")


def _starts_like_sqlite(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(16) == b"SQLite format 3\0"


def _digest(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _checkpoint(raw: bytes, path: Path) -> Checkpoint:
    try:
        return read_checkpoint(raw)
    except Unreadable as why:
        raise NotOfThisKind(f"{path} {why}.") from None


def check_receipt(path: Path, keys: Sequence[str]) -> Verdict:
    def work(verdict: Verdict) -> None:
        signatures = Signatures(keys, verdict)
        _known(path, signatures, receipt=True)
        signatures.conclude()

    return _judged(work)


def _known(path: Path, signatures: Signatures, *, receipt: bool | None = None) -> Known:
    """Check a receipt or a checkpoint, and return what it shows."""
    raw = _read(path)
    if receipt or (receipt is None and raw.lstrip()[:1] == b"{"):
        try:
            return _receipt(read_json(raw), signatures)
        except Unreadable as why:
            raise NotOfThisKind(f"{path}: the receipt {why}.") from None
    note = _checkpoint(raw, path)
    signatures.judge(note)
    return Known(note.origin, note.size, {note.size: note.root})


def join(
    paths: tuple[Path, Path], keys: Sequence[str], by: tuple[str, Path] | None, *, strict: bool
) -> Verdict:
    """Check that the smaller of two trees is the beginning of the larger.

    :param by: what shows it: `proof` and a file, or `bundle` and a folder
    :param strict: both must be checkpoints, the older first
    """

    def work(verdict: Verdict) -> None:
        signatures = Signatures(keys, verdict)
        old, new = (_known(path, signatures, receipt=False if strict else None) for path in paths)
        signatures.conclude()
        if old.origin != new.origin:
            raise NotOfThisKind(f"These are of two logs: {_shown(old.origin)} and {_shown(new.origin)}.")
        if old.size > new.size:
            if strict:
                raise NotOfThisKind(f"The older checkpoint is the larger: {old.size}, {new.size}.")
            old, new = new, old
        _conflicts(old, new, verdict)
        _join(old, new, by, verdict)

    return _judged(work)


def _conflicts(old: Known, new: Known, verdict: Verdict) -> None:
    """Find where two say different things of one log: that is two histories."""
    for size in sorted(old.roots.keys() | new.roots.keys()):
        seen, other = old.root_of(size), new.root_of(size)
        if seen is not None and other is not None and seen != other:
            verdict.alter(size, "two histories: two roots at one size", seen, other)
    for level, number in sorted(old.nodes.keys() & new.nodes.keys()):
        seen, other = old.nodes[level, number], new.nodes[level, number]
        if seen != other:
            verdict.alter(number << level, "two histories: two trees over the same entries", seen, other)


def _join(old: Known, new: Known, by: tuple[str, Path] | None, verdict: Verdict) -> None:
    first, last = old.roots[old.size], new.roots[new.size]
    said = f"the log of size {new.size} begins with that of size {old.size}"
    if by is None and new.root_of(old.size) is None:
        verdict.leave(f"that {said}: give --proof or --bundle")
    elif by is None:
        verdict.checked.append(said)
    elif by[0] == "proof":
        if not old.size:
            raise NotOfThisKind("There is no proof from size 0.")
        if extends((old.size, first), (new.size, last), _proof(by[1])):
            verdict.checked.append(said)
        else:
            verdict.alter(old.size, "two histories: the proof does not join the two sizes", first, last)
    elif _join_by_bundle((old, new), by[1], verdict):
        verdict.checked.append(f"{said}, by the leaves of {by[1]}")


def _proof(path: Path) -> list[bytes]:
    try:
        proof = read_json(_read(path))
        return [_hash(one) for one in (proof if isinstance(proof, list) else [proof])]
    except Unreadable as why:
        raise NotOfThisKind(f"{path} {why}.") from None


def _join_by_bundle(both: tuple[Known, Known], folder: Path, verdict: Verdict) -> bool:
    tree, sizes = Frontier(), {one.size: one.roots[one.size] for one in both}
    source = Bundle(folder, verdict)
    found = {0: tree.root()}
    for raw, _ in source.leaves():
        tree.add(leaf_hash(raw))
        if tree.size in sizes:
            found[tree.size] = tree.root()
    wrong = False
    for size, root in sizes.items():
        if found.get(size) != root:
            wrong = True
            verdict.alter(size, "the bundle's log has another root at this size", root, found.get(size, b""))
    return not wrong


# ---- the command line ------------------------------------------------------------------------------------


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise NotOfThisKind(f"{message} ({self.format_usage().strip()})")


def _parser() -> Parser:
    asked = Parser(
        prog="tally-verify", description="Check what a Tallystick journal says.", allow_abbrev=False
    )
    verbs = asked.add_subparsers(dest="verb", required=True)
    shapes = {
        "receipt": ("FILE",), "consistency": ("OLD", "NEW"), "bundle": ("DIR",), "db": ("FILE",),
        "compare": ("A", "B"),
    }  # fmt: skip
    tells = {
        "receipt": "check a receipt", "consistency": "check that one checkpoint extends the other",
        "bundle": "check the whole log in a folder", "db": "check a copy of an SQLite database",
        "compare": "look for two histories in two receipts or checkpoints",
    }  # fmt: skip
    for verb, names in shapes.items():
        one = verbs.add_parser(verb, help=tells[verb], description=tells[verb], allow_abbrev=False)
        for number, name in enumerate(names):
            one.add_argument(f"path{number}", metavar=name, type=Path)
        one.add_argument(
            "--key", action="append", default=[], metavar="NAME+ID+KEY", help="a key to trust; again for more"
        )
        one.add_argument("--json", action="store_true", help="tell in JSON")
        if verb in ("bundle", "db"):
            one.add_argument(
                "--checkpoint", action="append", default=[], type=Path, help="one that was kept elsewhere"
            )
        if verb in ("consistency", "compare"):
            by = one.add_mutually_exclusive_group(required=verb == "consistency")
            by.add_argument("--proof", type=Path, help="a JSON list of hashes")
            by.add_argument("--bundle", type=Path, help="a folder that holds the log")
    return asked


def _asked(told: argparse.Namespace) -> Verdict:
    if told.verb == "receipt":
        return check_receipt(told.path0, told.key)
    if told.verb == "bundle":
        return check_bundle(told.path0, told.key, told.checkpoint)
    if told.verb == "db":
        return check_database(told.path0, told.key, told.checkpoint)
    by = next(((name, getattr(told, name)) for name in ("proof", "bundle") if getattr(told, name)), None)
    return join((told.path0, told.path1), told.key, by, strict=told.verb == "consistency")


def _say(text: str) -> None:
    encoding = sys.stdout.encoding or "ascii"
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def _tell(verdict: Verdict) -> None:
    for what in verdict.checked:
        _say(f"Checked: {what}.")
    flaws = verdict.in_order()
    for flaw in flaws[:SHOWN]:
        where = " (no number tells where)" if flaw.number is None else f" at {flaw.number}"
        compared = f" Expected {flaw.expected or 'nothing'}; found {flaw.found or 'nothing'}."
        _say(f"ALTERED{where}: {flaw.what}.{compared if flaw.expected or flaw.found else ''}")
    if len(flaws) + verdict.more > SHOWN:
        _say(f"… and {len(flaws) + verdict.more - SHOWN} more.")
    for what in verdict.unchecked:
        _say(f"Not checked: {what}.")
    for what in verdict.uncommitted:
        _say(f"In no proof, so not checked: {what}.")
    _say(
        _shown(verdict.refused) if verdict.refused else
        "All that was asked was checked, and holds." if not verdict.code else
        "Something was altered." if verdict.flaws else
        "Nothing is wrong, but not everything could be checked."
    )  # fmt: skip


def _as_json(verb: str, verdict: Verdict) -> str:
    flaws = [flaw.__dict__ for flaw in verdict.in_order()]
    return json.dumps({
        "verb": verb, "exit": verdict.code, "checked": verdict.checked, "altered": flaws,
        "more": verdict.more, "not_checked": verdict.unchecked, "in_no_proof": verdict.uncommitted,
        "refused": verdict.refused,
    })  # fmt: skip


def main(argv: Sequence[str] | None = None) -> int:
    """Check what the arguments ask for, say what was found, and return the exit code."""
    told = argparse.Namespace(verb="", json=False)
    try:
        told = _parser().parse_args(argv)
        verdict = _asked(told)
    except NotOfThisKind as why:
        verdict = Verdict(refused=str(why))
    except Exception as why:  # noqa: BLE001 Python would leave with 1, which says that something was altered
        verdict = Verdict(
            unchecked=[f"anything: the checker itself failed ({type(why).__name__}: {_shown(why)})"]
        )
    try:
        if told.json:
            _say(_as_json(told.verb, verdict))
        else:
            _tell(verdict)
        sys.stdout.flush()
    except OSError:  # nobody reads on, or a full disk: the exit code still says what was found
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return verdict.code


if __name__ == "__main__":
    sys.exit(main())
