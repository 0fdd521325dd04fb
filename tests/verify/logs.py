"""A tiny journal of the tests' own, written from docs/journal-format.md as simply as can be."""

import base64
import hashlib
import json
import sqlite3
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ORIGIN = "tallystick.example/journal"


def sha(raw: bytes) -> bytes:
    return hashlib.sha256(raw).digest()


def canonical(value: object) -> bytes:
    """Spell as RFC 8785 does; good for keys in plain letters."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def half(size: int) -> int:
    """Return the largest power of two below a size."""
    return 1 << (size - 1).bit_length() - 1


@cache
def root(hashes: tuple[bytes, ...]) -> bytes:
    """Return the root over leaf hashes, by the words of RFC 9162, 2.1.1."""
    if len(hashes) < 2:
        return hashes[0] if hashes else sha(b"")
    cut = half(len(hashes))
    return sha(b"\1" + root(hashes[:cut]) + root(hashes[cut:]))


def inclusion(number: int, hashes: tuple[bytes, ...]) -> list[bytes]:
    """Return PATH(m, D[n]) of 2.1.3.1."""
    if len(hashes) == 1:
        return []
    cut = half(len(hashes))
    if number < cut:
        return [*inclusion(number, hashes[:cut]), root(hashes[cut:])]
    return [*inclusion(number - cut, hashes[cut:]), root(hashes[:cut])]


def consistency(size: int, hashes: tuple[bytes, ...], *, whole: bool = True) -> list[bytes]:
    """Return PROOF(m, D[n]), that is SUBPROOF(m, D[n], whole), of 2.1.4.1."""
    if size == len(hashes):
        return [] if whole else [root(hashes)]
    cut = half(len(hashes))
    if size <= cut:
        return [*consistency(size, hashes[:cut], whole=whole), root(hashes[cut:])]
    return [*consistency(size - cut, hashes[cut:], whole=False), root(hashes[:cut])]


class Signer:
    """A key that signs checkpoints, of the log (type 1) or a witness (type 4)."""

    def __init__(self, name: str, kind: int = 1, seed: int = 7) -> None:
        self.name, self.kind = name, kind
        self.key = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
        raw = bytes([kind]) + self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.id = sha(name.encode() + b"\n" + raw)[:4]
        self.written = f"{name}+{self.id.hex()}+{base64.b64encode(raw).decode()}"

    def line(self, signed: str, at: int = 1_632_125_700) -> str:
        made = self.key.sign(signed.encode())
        if self.kind == 4:
            made = at.to_bytes(8, "big") + self.key.sign(f"cosignature/v1\ntime {at}\n{signed}".encode())
        return f"— {self.name} {base64.b64encode(self.id + made).decode()}\n"


OWN = Signer(ORIGIN)
WITNESS = Signer("witness.example", kind=4, seed=9)


def checkpoint(size: int, made: bytes, *signers: Signer, origin: str = ORIGIN) -> str:
    signed = f"{origin}\n{size}\n{base64.b64encode(made).decode()}\n"
    return signed + "\n" + "".join(signer.line(signed) for signer in signers or (OWN,))


class Log:
    """A log to which entries are added; then a bundle, a receipt or a database is made of it."""

    def __init__(self) -> None:
        self.leaves: list[bytes] = []
        self.payloads: dict[int, tuple[bytes, bytes]] = {}
        self.notes: dict[int, str] = {}
        self.readings: list[dict[str, str]] = []
        self.closings: list[tuple[str, int, int, bytes]] = []
        self.requests: list[tuple[int, int, int]] = []
        self.lines: list[tuple[int, str, str, int]] = []

    @property
    def hashes(self) -> tuple[bytes, ...]:
        return tuple(sha(b"\0" + leaf) for leaf in self.leaves)

    @property
    def size(self) -> int:
        return len(self.leaves)

    def root(self, size: int | None = None) -> bytes:
        return root(self.hashes[:size])

    def add(self, act: str, facts: dict[str, Any] | None = None, **changed: Any) -> int:
        number = self.size
        payload = canonical({"capacity": "Analyst", "facts": facts or {}, "said": f"did {act}"})
        salt = sha(b"salt %d" % number)
        leaf: dict[str, Any] = {
            "v": 1, "seq": number, "act": act,
            "at": f"2021-09-20T{number // 60:02}:{number % 60:02}:00.000000Z",
            "held": False, "actor": "SECRETARY", "code": "sec", "kind": "motion", "object": f"M{number}",
            "class": "green", "prev": self.root().hex(),
            "commit": sha(b"tally-commit-v1\0" + salt + payload).hex(),
        }  # fmt: skip
        self.leaves.append(canonical(leaf | changed))
        self.payloads[number] = (salt, payload)
        return number

    def redact(self, number: int, *, asked: bool = False, **changed: Any) -> int:
        commit = json.loads(self.leaves[number])["commit"]
        del self.payloads[number]
        facts = {"entry": number, "reason": "wrong_party", "authority": "the Board"}
        first = (
            self.add("journal.ask_redaction", facts, actor="ANALYST", object=f"R{number}") if asked else None
        )
        facts |= {"commit": commit, "asked_by": "ANALYST"} | changed
        made = self.add("journal.redact", facts, object=f"R{number}")
        if first is not None:
            self.requests.append((number, first, made))
        return made

    def witness(self, signer: Signer) -> int:
        """Take in a witness's line below the last checkpoint."""
        size = max(self.notes)
        line = signer.line(self.notes[size].partition("\n\n")[0] + "\n").rstrip("\n")
        made = self.add("journal.take_witness", {"size": size, "witnesses": [signer.name]})
        self.lines.append((size, f"{signer.name}+{signer.id.hex()}", line, made))
        return made

    def read(self, day: str, count: int) -> None:
        for number in range(count):
            names = dict.fromkeys(("address", "capacity", "code", "kind", "object"), "x")
            at = f"{day}T09:{number:02}:00.000000Z"
            self.readings.append(names | {"actor": "ANALYST", "at": at, "class": "amber"})

    def close(self, day: str) -> int:
        made = tuple(sha(b"\0" + canonical(one)) for one in self.readings if one["at"].startswith(day))
        facts = {"day": day, "readings": len(made), "root": root(made).hex()}
        number = self.add("journal.close_readings", facts)
        self.closings.append((day, number, len(made), root(made)))
        return number

    def sign(self, *signers: Signer) -> str:
        self.notes[self.size] = checkpoint(self.size, self.root(), *signers)
        return self.notes[self.size]

    def bundle(self, folder: Path, *, whole: bool = True, without: Sequence[int] = ()) -> Path:
        (folder / "checkpoints").mkdir(parents=True)
        stated = {"format": "tally-bundle-v1", "origin": ORIGIN, "size": self.size, "root": self.root().hex()}
        about = stated | {"keys": [OWN.written], "whole": whole}
        (folder / "bundle.json").write_text(json.dumps(about, indent=1))
        (folder / "leaves.jsonl").write_bytes(b"".join(leaf + b"\n" for leaf in self.leaves))
        kept = {number: one for number, one in self.payloads.items() if number not in without}
        lines = [
            {"seq": number, "salt": salt.hex(), "payload": payload.decode()}
            for number, (salt, payload) in sorted(kept.items())
        ]
        (folder / "payloads.jsonl").write_bytes(b"".join(canonical(line) + b"\n" for line in lines))
        (folder / "readings.jsonl").write_bytes(b"".join(canonical(one) + b"\n" for one in self.readings))
        for size, text in self.notes.items():
            (folder / "checkpoints" / f"{size:010}.txt").write_text(text)
        return folder

    def receipt(self, *numbers: int, size: int | None = None, signed: int | None = None) -> dict[str, Any]:
        """Return a receipt; entries from `signed` on wait in the tree of `size`."""
        size = self.size if size is None else size
        entries = []
        for number in numbers:
            salt, payload = self.payloads.get(number, (None, None))
            until = size if signed is None or number >= signed else signed
            proof = [one.hex() for one in inclusion(number, self.hashes[:until])]
            entries.append({
                "index": number, "leaf": self.leaves[number].decode(), "proof": proof,
                "salt": salt.hex() if salt else None, "payload": payload.decode() if payload else None,
            })  # fmt: skip
        pending = None
        if signed is not None:
            proof = [one.hex() for one in consistency(signed, self.hashes[:size])]
            pending, size = {"size": size, "root": self.root(size).hex(), "proof": proof}, signed
        log = {"origin": ORIGIN, "size": size, "root": self.root(size).hex(), "keys": [OWN.written]}
        log |= {"checkpoint": checkpoint(size, self.root(size))} | ({"pending": pending} if pending else {})
        return {"format": "tally-receipt-v1", "log": log, "entries": entries}

    def database(self, path: Path) -> Path:
        """Write the tables of the format, with instants as Django writes them."""
        connection = sqlite3.connect(path)
        connection.executescript(TABLES)
        rows = []
        for raw in self.leaves:
            leaf = json.loads(raw)
            names = ("seq", "act", "at", "actor", "code", "kind", "object", "class")
            at = leaf["at"].replace("T", " ").removesuffix(".000000Z")
            rows.append((*((leaf | {"at": at})[name] for name in names), raw))
        connection.executemany("INSERT INTO journal_entry VALUES (?,?,?,?,?,?,?,?,?)", rows)
        head = (self.size, self.root(), self.at(self.size - 1) if self.size else None)
        connection.execute("INSERT INTO journal_log VALUES (1, ?, ?, ?)", head)
        kept = [(number, salt, text.decode()) for number, (salt, text) in self.payloads.items()]
        connection.executemany("INSERT INTO journal_payload VALUES (?,?,?)", kept)
        connection.executemany("INSERT INTO journal_node VALUES (?,?,?)", self._nodes())
        names = ("at", "actor", "capacity", "code", "kind", "object", "class", "address")
        read = [(None, one["at"][:10], *(one[name] for name in names)) for one in self.readings]
        connection.executemany("INSERT INTO journal_reading VALUES (?,?,?,?,?,?,?,?,?,?)", read)
        connection.executemany("INSERT INTO journal_closedday VALUES (?,?,?,?)", self.closings)
        notes = [(size, self.root(size), text, "2021-09-20") for size, text in self.notes.items()]
        connection.executemany("INSERT INTO journal_checkpoint VALUES (?,?,?,?)", notes)
        lines = [(None, size, key, line, self.at(made)) for size, key, line, made in self.lines]
        connection.executemany("INSERT INTO journal_cosignature VALUES (?,?,?,?,?)", lines)
        asked = [
            (None, "sec", f"R{entry}", entry, "wrong_party", "the Board", "ANALYST", self.at(one), "done",
             "SECRETARY", self.at(two), two)
            for entry, one, two in self.requests
        ]  # fmt: skip
        connection.executemany("INSERT INTO journal_redaction VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", asked)
        connection.commit()
        connection.close()
        return path

    def at(self, number: int) -> str:
        """Return the instant of an entry, as Django writes it."""
        told: str = json.loads(self.leaves[number])["at"]
        return told.replace("T", " ").removesuffix(".000000Z")

    def _nodes(self) -> list[tuple[int, int, bytes]]:
        hashes, level, found = self.hashes, 0, []
        while hashes:
            found += [(level, number, one) for number, one in enumerate(hashes)]
            hashes = tuple(sha(b"\1" + a + b) for a, b in zip(hashes[::2], hashes[1::2], strict=False))
            level += 1
        return found


TABLES = """
CREATE TABLE journal_log (id PRIMARY KEY, size, root, at);
CREATE TABLE journal_entry (seq PRIMARY KEY, act, at, actor, code, kind, handle, classification, leaf);
CREATE TABLE journal_payload (entry_id PRIMARY KEY, salt, text);
CREATE TABLE journal_node (level, number, hash, UNIQUE (level, number));
CREATE TABLE journal_reading (id INTEGER PRIMARY KEY, day, at, actor, capacity, code, kind, handle,
  classification, address);
CREATE TABLE journal_closedday (day PRIMARY KEY, entry_id, readings, root);
CREATE TABLE journal_checkpoint (size PRIMARY KEY, root, text, signed_at);
CREATE TABLE journal_cosignature (id INTEGER PRIMARY KEY, checkpoint_id, key, line, at);
CREATE TABLE journal_redaction (id INTEGER PRIMARY KEY, code, handle, entry_id, reason, authority, asked_by,
  asked_at, state, decided_by, decided_at, order_id);
"""

SCHEME: dict[str, Any] = {
    "choices": {"approve": "for", "reject": "against", "abstain": "abstain"},
    "method": "members", "needs": {"more_than": "1/2"}, "base": "cast", "quorum": None, "vacancies": "out",
    "aside": "out", "chair": "none", "tie": "not_carried", "changeable": True,
}  # fmt: skip


def seats(*states: str, constituency: str = "Network") -> list[dict[str, Any]]:
    return [
        {"seat": f"S{number}", "constituency": constituency, "weight": 1, "state": state}
        for number, state in enumerate(states)
    ]


COUNT: dict[str, Any] = {
    "outcome": "carried", "for": 2, "against": 1, "abstained": 0, "able": 3, "present": 3, "needed": 0,
    "aside": 0, "vacant": 0, "silent": 0, "tied": False, "casting": None,
    "categories": [{"constituency": "Network", "for": 2, "against": 1, "abstained": 0, "outcome": "for"}],
}  # fmt: skip


def vote(log: Log, motion: str = "MOT-1", count: dict[str, Any] | None = None) -> int:
    """Put a vote of two to one into a log; return the entry that closes it."""
    said = {"motion": motion}
    log.add("decisions.open_motion", said | {"scheme": SCHEME, "seats": seats("filled", "filled", "filled")})
    for number, choice in enumerate(["approve", "reject", "approve"]):
        log.add("decisions.cast_vote", said | {"seat": f"S{number}", "choice": choice})
    return log.add("decisions.close_vote", said | {"count": COUNT if count is None else count})


def full_log(*, asked: bool = False) -> Log:
    """Return a log that has everything: a vote, a redaction, closed readings and two checkpoints.

    :param asked: with the entry that asked for the redaction, as a database tells of it
    """
    log = Log()
    log.add("parties.add_organisation", {"name": "Alderbrook Energy"})
    log.add("parties.add_organisation", {"name": "Brightwater Power"})
    log.sign()
    vote(log)
    log.redact(1, asked=asked)
    log.read("2021-09-19", 3)
    log.close("2021-09-19")
    log.sign(OWN, WITNESS)
    return log
