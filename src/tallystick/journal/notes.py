"""Signed notes: a checkpoint of the log, the keys it is signed with, and others' signatures on it.

The forms are those of C2SP, *signed-note*, *tlog-checkpoint* and *tlog-cosignature*, so that tools of others
read them. A signature says who saw a root, never that what it covers is true.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

ED25519, COSIGNATURE = 0x01, 0x04
KINDS = {ED25519, COSIGNATURE}
NAME = re.compile(r"[^\s+\x00-\x1f\x7f]{1,120}")
SIZE = re.compile(r"0|[1-9][0-9]{0,15}")
DASH = "— "
PRIVATE = "PRIVATE+KEY+"
HASH, ID, SECONDS = 32, 4, 8
LINES, MOST_BYTES, MOST_SIGNATURES = 3, 100_000, 100


class UnableToReadNote(Exception):
    """The text is no key, or no checkpoint in the one spelling that is signed."""


class UnableToTrustNote(Exception):
    """A signature by a known key does not verify, or no known key has signed."""


def named(name: str) -> str:
    """Return the name, if a key can have it.

    :raises UnableToReadNote: if it is empty, too long, or holds a space or a plus sign
    """
    if not NAME.fullmatch(name):
        raise UnableToReadNote(f"{name[:40]!r} cannot name a key: write it without spaces and plus signs.")
    return name


@dataclass(frozen=True)
class Key:
    """A public key: of the log (`ED25519`), or of a witness (`COSIGNATURE`)."""

    name: str
    kind: int
    public: bytes

    @classmethod
    def read(cls, written: str) -> "Key":
        """Return the key that is written so.

        :raises UnableToReadNote: if it is none, or its id is not its own
        """
        name, _, rest = written.strip().partition("+")
        told, _, encoded = rest.partition("+")
        raw = _decoded(encoded)
        if len(raw) != 1 + HASH or raw[0] not in KINDS:
            raise UnableToReadNote(f"{written[:60]!r} is no key. It is written name+id+base64.")
        key = cls(named(name), raw[0], raw[1:])
        if key.id.hex() != told:
            raise UnableToReadNote(f"{written[:60]!r} is no key: its id would be {key.id.hex()}.")
        return key

    @property
    def id(self) -> bytes:
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:ID]

    @property
    def written(self) -> str:
        return f"{self.name}+{self.id.hex()}+{_encoded(bytes([self.kind]) + self.public)}"

    def verifies(self, signed: bytes, signature: bytes) -> bool:
        """Tell whether a signature, without its id, is this key's over what is signed."""
        if self.kind == COSIGNATURE:
            told, signature = signature[:SECONDS], signature[SECONDS:]
            signed = _cosigned(signed, int.from_bytes(told))
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, signed)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class SigningKey:
    """A private key, with which one signs or cosigns."""

    name: str
    kind: int
    private: Ed25519PrivateKey

    @classmethod
    def new(cls, name: str, kind: int = ED25519) -> "SigningKey":
        """Make a key by chance.

        :raises UnableToReadNote: if no key can have the name
        """
        return cls(named(name), kind, Ed25519PrivateKey.generate())

    @classmethod
    def read(cls, written: str) -> "SigningKey":
        """Return the private key that is written so.

        :raises UnableToReadNote: if it is none
        """
        name, _, rest = written.strip().removeprefix(PRIVATE).partition("+")
        told, _, encoded = rest.partition("+")
        raw = _decoded(encoded)
        if not written.startswith(PRIVATE) or len(raw) != 1 + HASH or raw[0] not in KINDS:
            raise UnableToReadNote("The file of the key does not hold one.")
        key = cls(named(name), raw[0], Ed25519PrivateKey.from_private_bytes(raw[1:]))
        if key.public.id.hex() != told:
            raise UnableToReadNote("The file of the key was changed: its id is another's.")
        return key

    @property
    def public(self) -> Key:
        return Key(
            self.name, self.kind, self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        )

    @property
    def written(self) -> str:
        """The key as its file holds it: for its owner's eyes alone."""
        raw = self.private.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
        return f"{PRIVATE}{self.name}+{self.public.id.hex()}+{_encoded(bytes([self.kind]) + raw)}"

    def signature(self, signed: bytes) -> "Signature":
        return Signature(self.name, self.public.id, self.private.sign(signed))

    def cosignature(self, signed: bytes, seconds: int) -> "Signature":
        """Sign as a witness at an instant, in seconds since 1970."""
        by = self.private.sign(_cosigned(signed, seconds))
        return Signature(self.name, self.public.id, seconds.to_bytes(SECONDS) + by)


class Signature(NamedTuple):
    """A line below a note: who signed, by which key, and what."""

    name: str
    id: bytes
    signature: bytes

    @property
    def line(self) -> str:
        return f"{DASH}{self.name} {_encoded(self.id + self.signature)}"

    @property
    def at(self) -> int:
        """The instant that a witness states, in seconds since 1970."""
        return int.from_bytes(self.signature[:SECONDS])


class Checkpoint(NamedTuple):
    """How many entries a log has, and the root over them."""

    origin: str
    size: int
    root: bytes

    @property
    def signed(self) -> bytes:
        """What is signed: three lines."""
        return f"{self.origin}\n{self.size}\n{_encoded(self.root)}\n".encode()


class Note(NamedTuple):
    """A checkpoint with the signatures below it."""

    checkpoint: Checkpoint
    signatures: tuple[Signature, ...]

    @property
    def text(self) -> str:
        lines = "".join(f"{one.line}\n" for one in self.signatures)
        return f"{self.checkpoint.signed.decode()}\n{lines}"

    def by(self, keys: Iterable[Key]) -> list[Signature]:
        """Return the signatures by known keys; all others are passed over.

        :raises UnableToTrustNote: if one of them does not verify
        """
        known = {(key.name, key.id): key for key in keys}
        found = []
        for one in self.signatures:
            key = known.get((one.name, one.id))
            if key is not None:
                if not key.verifies(self.checkpoint.signed, one.signature):
                    raise UnableToTrustNote(f"The signature of {one.name} does not verify.")
                found.append(one)
        return found

    def trusted(self, keys: Iterable[Key]) -> Checkpoint:
        """Return the checkpoint, if a known key of its log has signed it.

        :raises UnableToTrustNote: if none has, or a signature does not verify
        """
        signed = self.by(key for key in keys if key.kind == ED25519)
        if not any(one.name == self.checkpoint.origin for one in signed):
            raise UnableToTrustNote("No known key of the log has signed it.")
        return self.checkpoint


def read(text: str) -> Note:
    """Return the note that is written so.

    :raises UnableToReadNote: if it is not a checkpoint of three lines with signatures below it
    """
    head, gap, below = text.partition("\n\n")
    lines, under = head.split("\n"), below.split("\n")
    is_note = gap and len(under) > 1 and under[-1] == "" and len(lines) == LINES
    if not is_note or len(text) > MOST_BYTES or len(under) > MOST_SIGNATURES:
        raise UnableToReadNote("A checkpoint has three lines, an empty line, and signatures.")
    origin, size, root = lines[0], lines[1], _decoded(lines[2])
    if not NAME.fullmatch(origin) or not SIZE.fullmatch(size) or len(root) != HASH:
        raise UnableToReadNote("A checkpoint states its origin, its size and its root.")
    return Note(Checkpoint(origin, int(size), root), tuple(map(_signature, under[:-1])))


def _signature(line: str) -> Signature:
    name, _, encoded = line.removeprefix(DASH).partition(" ")
    raw = _decoded(encoded)
    if not line.startswith(DASH) or not NAME.fullmatch(name) or len(raw) <= ID:
        raise UnableToReadNote("A line below the checkpoint is no signature.")
    return Signature(name, raw[:ID], raw[ID:])


def _cosigned(signed: bytes, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n".encode() + signed


def _encoded(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _decoded(text: str) -> bytes:
    """Return what base64 in its one spelling stands for; nothing where it is not."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return raw if _encoded(raw) == text else b""
