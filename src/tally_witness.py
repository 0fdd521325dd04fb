"""Witness the journal of a Tallystick installation, from somewhere else: `tally-witness`.

A witness remembers the last checkpoint it saw of each log, and puts its name below a new one only if that
extends the old: whoever holds a checkpoint with that name holds the history that everybody else was shown. It
needs Python 3.11 and the library `cryptography`, and nothing of Tallystick. Everything it keeps is one file,
written before it signs.

    tally-witness init --name witness.example
    tally-witness cosign CHECKPOINT --key LOG-KEY            the first of a log
    tally-witness cosign CHECKPOINT --proof PROOF            each one after
    tally-witness show

It ends with 0 if it signed, 1 if it refused, 3 if it was asked wrongly.
"""

import argparse
import base64
import binascii
import contextlib
import fcntl
import hashlib
import json
import os
import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

LOG_KEY, WITNESS_KEY = 1, 4
NAME = r"[^\s+\x00-\x1f\x7f]{1,120}"
SIZE = re.compile(r"0|[1-9][0-9]{0,15}")
SIGNATURE = re.compile(rf"— ({NAME}) ([A-Za-z0-9+/]+=*)")
HASH = re.compile(r"[0-9a-f]{64}")
LONGEST = 100_000
STATE = Path("tally-witness.json")
REFUSED, WRONG = 1, 3


class Refused(Exception):
    """The checkpoint is not signed: it is not the log's own, or does not extend what was seen."""


class AskedWrongly(Exception):
    """There is no witness here, or a file is not what it ought to be."""


@dataclass(frozen=True)
class Key:
    """A public key of a log."""

    name: str
    id: bytes
    public: bytes

    @property
    def written(self) -> str:
        return written(self.name, LOG_KEY, self.public)


@dataclass(frozen=True)
class Checkpoint:
    """Three lines, and what stands below them: name, id and signature."""

    origin: str
    size: int
    root: bytes
    signed: bytes
    signatures: tuple[tuple[str, bytes, bytes], ...]

    def is_signed_by(self, key: Key) -> bool:
        """Tell whether the key has signed it.

        :raises Refused: if a line says so and does not verify
        """
        for name, identity, signature in self.signatures:
            if (name, identity) == (key.name, key.id):
                try:
                    Ed25519PublicKey.from_public_bytes(key.public).verify(signature, self.signed)
                except InvalidSignature:
                    raise Refused(f"The signature of {name} does not verify.") from None
                return True
        return False


def identity(name: str, kind: int, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:4]


def written(name: str, kind: int, public: bytes) -> str:
    return f"{name}+{identity(name, kind, public).hex()}+{_base64(bytes([kind]) + public)}"


def read_key(text: str) -> Key:
    """Read a log's key as it is written.

    :raises AskedWrongly: if it is none, or its id is not its own
    """
    name, _, rest = text.strip().partition("+")
    told, _, encoded = rest.partition("+")
    raw = _raw(encoded)
    if not re.fullmatch(NAME, name) or len(raw) != 33 or raw[0] != LOG_KEY:  # noqa: PLR2004 - type and key
        raise AskedWrongly(f"{text[:60]!r} is no key of a log.")
    if identity(name, LOG_KEY, raw[1:]).hex() != told:
        raise AskedWrongly(f"{text[:60]!r} is no key: its id is another's.")
    return Key(name, bytes.fromhex(told), raw[1:])


def read_checkpoint(text: str) -> Checkpoint:
    """Read a checkpoint.

    :raises AskedWrongly: if it is none in its one spelling
    """
    head, gap, below = text.partition("\n\n")
    lines, under = head.split("\n"), below.split("\n")
    found = [SIGNATURE.fullmatch(line) for line in under[:-1]]
    if not gap or len(lines) != 3 or under[-1] or not all(found):  # noqa: PLR2004 - origin, size, root
        raise AskedWrongly("A checkpoint has three lines, an empty line, and signatures.")
    origin, size, root = lines[0], lines[1], _raw(lines[2])
    if not re.fullmatch(NAME, origin) or not SIZE.fullmatch(size) or len(root) != 32:  # noqa: PLR2004 - SHA-256
        raise AskedWrongly("A checkpoint states its origin, its size and its root.")
    signed = [(one[1], _raw(one[2])) for one in found if one]
    signatures = tuple((name, raw[:4], raw[4:]) for name, raw in signed)
    return Checkpoint(origin, int(size), root, f"{head}\n".encode(), signatures)


def read_proof(text: str) -> list[bytes]:
    """Read a consistency proof: a list of hashes in JSON.

    :raises AskedWrongly: if it is none
    """
    try:
        proof = json.loads(text)
    except (ValueError, RecursionError):
        proof = None
    if not isinstance(proof, list) or not all(isinstance(one, str) and HASH.fullmatch(one) for one in proof):
        raise AskedWrongly("A proof is a list of hashes in JSON.")
    return [bytes.fromhex(one) for one in proof]


def extends(old: tuple[int, bytes], new: tuple[int, bytes], proof: Sequence[bytes]) -> bool:
    """Tell whether the tree of size and root `new` begins with the tree `old` (RFC 9162, 2.1.4.2)."""
    if old[0] == new[0]:
        return old[1] == new[1] and not proof
    if not 0 < old[0] < new[0] or not proof:
        return False
    first, *rest = [old[1], *proof] if old[0] & (old[0] - 1) == 0 else proof
    place, last = old[0] - 1, new[0] - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = first
    for step in rest:
        if last == 0:
            return False
        if place & 1 or place == last:
            before, after = _node(step, before), _node(step, after)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            after = _node(after, step)
        place, last = place >> 1, last >> 1
    return last == 0 and (before, after) == (old[1], new[1])


class Witness:
    """What is kept: our own key, and of each log its key and the last checkpoint that was seen."""

    def __init__(self, state: dict[str, Any]) -> None:
        self.state = state

    @classmethod
    def new(cls, name: str) -> "Witness":
        """Make a witness of that name.

        :raises AskedWrongly: if no witness can be called so
        """
        if not re.fullmatch(NAME, name):
            raise AskedWrongly(f"{name[:40]!r} cannot name a witness: it has no space and no plus sign.")
        seed = Ed25519PrivateKey.generate().private_bytes_raw()
        return cls({"format": "tally-witness-v1", "name": name, "seed": seed.hex(), "logs": {}})

    @property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(self.state["seed"]))

    @property
    def key(self) -> str:
        return written(self.state["name"], WITNESS_KEY, self._private.public_key().public_bytes_raw())

    def see(self, note: Checkpoint, proof: Sequence[bytes], given: Key | None) -> None:
        """Take note of a checkpoint that extends what was seen of its log.

        :raises Refused: if it does not, or its log has not signed it
        """
        seen = self.state["logs"].get(note.origin)
        if seen is None and given is None:
            raise Refused(f"Nothing was seen of {note.origin} yet. Name its key with --key.")
        key = given if seen is None else read_key(seen["key"])
        if key is None or key.name != note.origin or not note.is_signed_by(key):
            raise Refused(f"{note.origin} has not signed it with the key that is known.")
        if seen is not None:
            self._compare(seen, note, proof)
            # A log that changes its key signs once with both.
            key = (
                given if given is not None and given.name == note.origin and note.is_signed_by(given) else key
            )
        self.state["logs"][note.origin] = {"key": key.written, "size": note.size, "root": note.root.hex()}

    @staticmethod
    def _compare(seen: dict[str, Any], note: Checkpoint, proof: Sequence[bytes]) -> None:
        old, new = (seen["size"], bytes.fromhex(seen["root"])), (note.size, note.root)
        if new[0] < old[0]:
            raise Refused(f"The log was larger when it was last seen: {old[0]:,} entries, now {new[0]:,}.")
        if new[0] == old[0] and new[1] != old[1]:
            raise Refused(f"Two histories: another root was seen at {old[0]:,} entries, {old[1].hex()}.")
        if new == old:
            return  # seen, but perhaps what was signed could not be written: whatever proof was given then
        if not extends(old, new, proof):
            raise Refused(f"It is not shown that {new[0]:,} entries extend the {old[0]:,} that were seen.")

    def cosignature(self, note: Checkpoint, seconds: int) -> str:
        """Return the line that goes below a checkpoint that was taken note of."""
        signed = f"cosignature/v1\ntime {seconds}\n".encode() + note.signed
        raw = seconds.to_bytes(8) + self._private.sign(signed)
        public = self._private.public_key().public_bytes_raw()
        name = self.state["name"]
        return f"— {name} {_base64(identity(name, WITNESS_KEY, public) + raw)}"


@contextlib.contextmanager
def locked(state: Path) -> Iterator[None]:
    """Let one process at a time look at and change what was seen."""
    with Path(f"{state}.lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def load(state: Path) -> Witness:
    try:
        told = json.loads(state.read_text(encoding="utf-8"))
        witness = Witness({**told, "logs": dict(told["logs"])})
        is_one = told["format"] == "tally-witness-v1" and witness.key != ""
    except FileNotFoundError:
        raise AskedWrongly(f"No witness is in {state}. Begin with: tally-witness init --name NAME") from None
    except (ValueError, KeyError, TypeError) as odd:
        raise AskedWrongly(f"{state} is not what a witness keeps.") from odd
    if not is_one:
        raise AskedWrongly(f"{state} is of another version.")
    return witness


def save(state: Path, witness: Witness) -> None:
    """Write down what was seen, and let it be on the disk before going on."""
    aside = Path(f"{state}.part")
    with os.fdopen(
        os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
    ) as opened:
        json.dump(witness.state, opened, indent=1, ensure_ascii=False)
        opened.flush()
        os.fsync(opened.fileno())
    aside.replace(state)
    folder = os.open(state.absolute().parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def cosign(told: argparse.Namespace, seconds: int) -> str:
    """Return a checkpoint with our line below it. What was seen is written down before."""
    text = _text(told.checkpoint)
    note = read_checkpoint(text)
    proof = read_proof(_text(told.proof)) if told.proof else []
    given = read_key(told.key) if told.key else None
    with locked(told.state):
        witness = load(told.state)
        witness.see(note, proof, given)
        save(told.state, witness)
    return f"{text}{witness.cosignature(note, seconds)}\n"


def init(told: argparse.Namespace) -> str:
    with locked(told.state):
        if told.state.exists():
            raise AskedWrongly(f"There is a witness in {told.state} already.")
        witness = Witness.new(told.name)
        save(told.state, witness)
    return f"{witness.key}\n"


def show(told: argparse.Namespace) -> str:
    witness = load(told.state)
    logs = witness.state["logs"].items()
    seen = [f"{origin}\t{one['size']}\t{one['root']}\t{one['key']}\n" for origin, one in sorted(logs)]
    return f"{witness.key}\n{''.join(seen)}"


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise AskedWrongly(f"{message} ({self.format_usage().strip()})")


def _parser() -> Parser:
    asked = Parser(prog="tally-witness", description="Witness the journal of a Tallystick installation.")
    asked.add_argument("--state", type=Path, default=STATE, help="the file that the witness keeps")
    verbs = asked.add_subparsers(dest="verb", required=True)
    first = verbs.add_parser("init", help="make a witness, and print its key")
    first.add_argument("--name", required=True, help="its name, such as witness.example")
    signing = verbs.add_parser("cosign", help="sign a checkpoint that extends what was seen")
    signing.add_argument("checkpoint", type=Path, help="the file of the checkpoint")
    signing.add_argument("--proof", type=Path, help="the proof that it extends the one seen last")
    signing.add_argument("--key", help="the key of a log that is seen first, or its new one")
    signing.add_argument("--out", type=Path, help="where to write it, rather than to the screen")
    verbs.add_parser("show", help="print our key, and what was seen last of each log")
    return asked


def _done(argv: Sequence[str] | None) -> None:
    told = _parser().parse_args(argv)
    if told.verb == "cosign":
        said = cosign(told, int(time.time()))  # noqa: TID251 - a witness states its own time
    else:
        said = (init if told.verb == "init" else show)(told)
    if getattr(told, "out", None):
        told.out.write_text(said, encoding="utf-8")
    else:
        sys.stdout.write(said)


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the arguments ask for, and return the exit code."""
    try:
        _done(argv)
    except Refused as why:
        sys.stderr.write(f"REFUSED: {why}\n")
        return REFUSED
    except (AskedWrongly, OSError) as why:
        sys.stderr.write(f"{why}\n")
        return WRONG
    return 0


def _text(file: Path) -> str:
    with file.open("rb") as opened:
        raw = opened.read(LONGEST)
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise AskedWrongly(f"{file} is no text.") from None


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _raw(text: str) -> bytes:
    """Return what base64 in its one spelling stands for; nothing where it is not."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return raw if _base64(raw) == text else b""


if __name__ == "__main__":
    sys.exit(main())
