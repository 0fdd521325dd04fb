"""What the tree is made over: a line of handles and a commitment, in one spelling, safe to show."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from tallystick.journal.canonical import UnableToWriteCanonically, canonical

VERSION, HASH = 1, 32
TYPES = {
    **dict.fromkeys(("act", "at", "actor", "code", "kind", "object", "class", "commit", "prev"), str),
    "v": int,
    "seq": int,
    "held": bool,
}


def commitment(salt: bytes, payload: bytes) -> bytes:
    """Return the hash that binds an entry to what it said, and tells nothing of it without the salt."""
    return hashlib.sha256(b"tally-commit-v1\x00" + salt + payload).digest()


def spelled(moment: dt.datetime) -> str:
    """Return an instant as leaves write it: in UTC, to the microsecond."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@dataclass(frozen=True)
class Leaf:
    """An entry as it is hashed.

    `prev` is the root of the tree before it: whoever holds one leaf holds all that came before to account.
    `is_held` says that the clock ran backwards: the time is that of the entry before.
    """

    seq: int
    act: str
    at: dt.datetime
    is_held: bool
    actor: str
    code: str
    kind: str
    handle: str
    classification: str
    commit: bytes
    prev: bytes

    @property
    def written(self) -> bytes:
        """The bytes that are hashed."""
        return canonical(
            {
                "v": VERSION,
                "seq": self.seq,
                "act": self.act,
                "at": spelled(self.at),
                "held": self.is_held,
                "actor": self.actor,
                "code": self.code,
                "kind": self.kind,
                "object": self.handle,
                "class": self.classification,
                "commit": self.commit.hex(),
                "prev": self.prev.hex(),
            }
        )


def read(written: bytes) -> Leaf:
    """Return the leaf that was written so.

    :raises ValueError: if the bytes are no leaf, or not in its one spelling
    """
    try:
        told = json.loads(written)
        _check_types(told)
        leaf = Leaf(
            seq=told["seq"],
            act=told["act"],
            at=dt.datetime.fromisoformat(told["at"]),
            is_held=told["held"],
            actor=told["actor"],
            code=told["code"],
            kind=told["kind"],
            handle=told["object"],
            classification=told["class"],
            commit=bytes.fromhex(told["commit"]),
            prev=bytes.fromhex(told["prev"]),
        )
        spelling = leaf.written
    except (KeyError, TypeError, ArithmeticError, RecursionError, UnableToWriteCanonically) as odd:
        raise ValueError("These bytes are not a leaf.") from odd
    if spelling != written:
        raise ValueError("This leaf is not in its one spelling.")
    if {len(leaf.commit), len(leaf.prev)} != {HASH}:
        raise ValueError("A hash of this leaf is none.")
    return leaf


def _check_types(told: Mapping[str, object]) -> None:
    if any(type(told[key]) is not kind for key, kind in TYPES.items()):
        raise TypeError("a value of another type")
