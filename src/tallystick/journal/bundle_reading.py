"""Whether a bundle is whole and sound: the same questions that are asked of the database, of a folder.

A bundle may come from anybody, so nothing in it is believed: what cannot be read is a flaw of it.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tallystick.journal import kept
from tallystick.journal.bundle import CHECKPOINTS, FORMAT, LEAVES, PAYLOADS, READINGS, STATED
from tallystick.journal.canonical import UnableToWriteCanonically, canonical
from tallystick.journal.chain import (
    CLOSE_READINGS,
    REDACT,
    ROTATE_KEY,
    Chain,
    Flaw,
    Order,
    Words,
    facts_in,
    order_in,
)
from tallystick.journal.leaf import Leaf
from tallystick.journal.merkle import Frontier, leaf_hash
from tallystick.journal.notes import Key, Note, UnableToReadNote, UnableToTrustNote, read

LONGEST, LONGEST_FILE = 16 * 2**20, 64 * 2**20
HASHED = re.compile(r"[0-9a-f]{64}")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?=T\d{2}:\d{2}:\d{2}\.\d{6}Z$)")
KINDS = {"format": str, "origin": str, "size": int, "root": str, "keys": list}
LINE = {"seq": int, "salt": str, "payload": str}
READING = ("actor", "address", "at", "capacity", "class", "code", "kind", "object")
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


class UnableToReadBundle(Exception):
    """The folder is no bundle."""


@dataclass
class Found:
    """What is wrong, the earliest first, and what could not be checked."""

    flaws: list[Flaw] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)
    entries: int = 0

    def wrong(self, seq: int | None, what: str) -> None:
        self.flaws.append(Flaw(seq, what))


def check(folder: Path, trusted: Iterable[Key] = ()) -> Found:
    """Hash everything in a bundle again, and compare.

    :param trusted: keys that somebody gave; those that the bundle states prove nothing
    :raises UnableToReadBundle: if the folder is no bundle
    """
    return _Bundle(folder, list(trusted)).found


class _Bundle:
    """One pass over a bundle, after short ones over what it says of itself."""

    def __init__(self, folder: Path, trusted: list[Key]) -> None:
        self._folder, self._trusted, self.found = folder, trusted, Found()
        stated = _stated(folder)
        self._origin: str = stated["origin"]
        self._chain = Chain(self._orders(), is_whole=stated.get("whole") is True)
        self._notes = dict(self._read_notes())
        self._met = set[int]()
        self._days = self._read_days()
        self._closed: dict[str, int] = {}
        self._rotations: list[tuple[int, dict[str, Any]]] = []
        for leaf, words in self._entries():
            self._after(leaf, words)
        self._conclude(stated)

    def _entries(self) -> Iterator[tuple[Leaf | None, Words | None]]:
        """Yield each entry with its words, once the chain has taken it."""
        payloads = self._payloads()
        ahead = next(payloads, None)
        self._compare_notes()
        for raw in self._lines(LEAVES):
            words = None
            if ahead is not None and ahead[0] == self._chain.edge.size:
                words, ahead = ahead[1], next(payloads, None)
            flaws, _, leaf = self._chain.take(raw, words)
            self.found.flaws += flaws
            yield leaf, words
        if ahead is not None:
            self.found.wrong(ahead[0], "There are words of an entry that is not there.")

    def _after(self, leaf: Leaf | None, words: Words | None) -> None:
        """Compare what was signed with the tree so far, and closed readings with those that are here."""
        self._compare_notes()
        if leaf is None or words is None:
            return
        told, seq = facts_in(words.text), self._chain.edge.size - 1
        if leaf.act == ROTATE_KEY:
            self._rotations.append((seq, told))
        if leaf.act == CLOSE_READINGS:
            self._closed.setdefault(str(told.get("day")), seq)
            day = self._days.pop(str(told.get("day")), Frontier())
            if (told.get("readings"), told.get("root")) != (day.size, day.root.hex()):
                self.found.wrong(seq, "The readings of its day are not those that were closed.")

    def _compare_notes(self) -> None:
        edge = self._chain.edge
        note = self._notes.get(edge.size)
        if note is not None:
            self._met.add(edge.size)
            if note.checkpoint.root != edge.root:
                self.found.wrong(edge.size, f"The log is not what was signed with {edge.size} entries.")

    def _conclude(self, stated: dict[str, Any]) -> None:
        edge, found = self._chain.edge, self.found
        found.entries = edge.size
        if (stated["size"], stated["root"]) != (edge.size, edge.root.hex()):
            found.wrong(min(stated["size"], edge.size), "The bundle states another size or root.")
        for size in sorted(set(self._notes) - self._met):
            found.wrong(edge.size, f"The log is shorter than what was signed: {edge.size} < {size}.")
        for seq, told in self._rotations:
            self._compare_rotation(seq, told)
        if self._chain.gone:
            found.unchecked.append(f"what {len(self._chain.gone)} entries said: it was removed, or left out")
        if max(self._notes, default=0) < edge.size or not self._notes:
            found.unchecked.append(
                f"entries from {max(self._notes, default=0)} on: no checkpoint covers them"
            )
        if self._notes and not self._trusted:
            found.unchecked.append("signatures: no key was given")
        self._tell_of_days_passed_over()
        if self._days:
            found.unchecked.append("readings: not all of their days are closed")
        found.flaws.sort(key=lambda flaw: edge.size if flaw.seq is None else flaw.seq)

    def _tell_of_days_passed_over(self) -> None:
        """Find readings of a day before one that was closed: it would have been closed as well."""
        for day in sorted(day for day in self._days if day < max(self._closed, default="")):
            after = min(one for one in self._closed if one > day)
            self.found.wrong(self._closed[after], f"{day} was not closed.")

    def _compare_rotation(self, seq: int, told: dict[str, Any]) -> None:
        """See that the first checkpoint after a change of key carries a signature by each."""
        try:
            both = {(key.name, key.id) for key in (Key.read(told["old"]), Key.read(told["new"]))}
        except (UnableToReadNote, *UNREADABLE):
            self.found.wrong(seq, "It says that a key was changed, and not which.")
            return
        after = min((size for size in self._notes if size > seq), default=None)
        if after is not None and not both <= {one[:2] for one in self._notes[after].signatures}:
            self.found.wrong(after, f"The key changed with entry {seq}, and both did not sign.")

    def _lines(self, name: str) -> Iterator[bytes]:
        file = self._folder / name
        if not file.is_file():
            self.found.wrong(None, f"{name} is missing.")
            return
        with file.open("rb") as opened:
            while line := opened.readline(LONGEST):
                yield line.removesuffix(b"\n")

    def _payloads(self) -> Iterator[tuple[int, Words]]:
        before = -1
        for line in self._lines(PAYLOADS):
            one = _payload(line)
            if one is None or one[0] <= before:
                self.found.wrong(before + 1, "A line of words cannot be read, or is out of order.")
                continue
            before = one[0]
            yield one

    def _orders(self) -> dict[int, Order]:
        """Return the orders to remove words; whether they are what was said is asked of each by itself."""
        mark, actors = f'"act":"{REDACT}"'.encode(), dict[int, str]()
        flaws = len(self.found.flaws)
        for seq, raw in enumerate(self._lines(LEAVES)):
            if mark in raw:
                try:
                    actors[seq] = json.loads(raw)["actor"]
                except UNREADABLE:
                    continue
        payloads = filter(None, map(_payload, self._lines(PAYLOADS)) if actors else ())
        told = [order_in(seq, actors[seq], words.text) for seq, words in payloads if seq in actors]
        del self.found.flaws[flaws:]  # the files are read again, and what is wrong with them is told then
        return dict(one for one in told if one is not None)

    def _read_days(self) -> dict[str, Frontier]:
        days: dict[str, Frontier] = {}
        for number, line in enumerate(self._lines(READINGS)):
            day = _day_of(line)
            if day is None:
                self.found.wrong(None, f"Line {number + 1} of the readings cannot be read.")
            else:
                days.setdefault(day, Frontier()).append(leaf_hash(line))
        return days

    def _read_notes(self) -> Iterator[tuple[int, Note]]:
        within = self._folder / CHECKPOINTS
        for file in sorted(within.glob("*.txt")) if within.is_dir() else ():
            try:
                note = read(_bytes(file).decode())
                note.by(self._trusted)
            except (UnableToReadNote, UnableToTrustNote, OSError, ValueError) as odd:
                self.found.wrong(None, f"The checkpoint {file.name}: {odd}")
                continue
            if (file.name, note.checkpoint.origin) != (kept.name_of(note.checkpoint.size), self._origin):
                self.found.wrong(None, f"The checkpoint {file.name} is of another size or log.")
            yield note.checkpoint.size, note


def _stated(folder: Path) -> dict[str, Any]:
    try:
        stated = _told(_bytes(folder / STATED))
        fits = all(type(stated[key]) is kind for key, kind in KINDS.items())
        if (
            not fits
            or stated["format"] != FORMAT
            or not HASHED.fullmatch(stated["root"])
            or stated["size"] < 0
        ):
            raise ValueError("another format")
        if not isinstance(stated.get("whole", False), bool):
            raise TypeError("whole is neither yes nor no")
    except (OSError, *UNREADABLE) as odd:
        raise UnableToReadBundle(f"{folder} holds no {STATED} of {FORMAT}: {odd}") from None
    return stated


def _bytes(file: Path) -> bytes:
    """Return what a file holds; a pipe, a folder or a giant is none of ours.

    :raises ValueError: if it is no plain file, or too large
    """
    if not file.is_file():
        raise ValueError("It is no file.")
    with file.open("rb") as opened:
        raw = opened.read(LONGEST_FILE + 1)
    if len(raw) > LONGEST_FILE:
        raise ValueError(f"It is larger than {LONGEST_FILE} bytes.")
    return raw


def _told(raw: bytes) -> dict[str, Any]:
    """Return the object that is written so, with no key twice and whole numbers alone."""
    told = json.loads(raw, object_pairs_hook=_once, parse_float=_no_number, parse_constant=_no_number)
    if not isinstance(told, dict):
        raise TypeError("no object")
    return told


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a key stands twice")
    return dict(pairs)


def _no_number(written: str) -> None:
    raise ValueError(f"{written[:20]} is no whole number")


def _payload(line: bytes) -> tuple[int, Words] | None:
    try:
        told = _told(line)
        told["payload"].encode()
    except UNREADABLE:
        return None
    if set(told) != set(LINE) or any(type(told[key]) is not kind for key, kind in LINE.items()):
        return None
    if not HASHED.fullmatch(told["salt"]):
        return None
    return told["seq"], Words(bytes.fromhex(told["salt"]), told["payload"])


def _day_of(line: bytes) -> str | None:
    """Return the day that a reading counts in; None where it is no reading in its one spelling."""
    try:
        told = _told(line)
        is_one = set(told) == set(READING) and all(isinstance(value, str) for value in told.values())
        if not is_one or canonical(told) != line:
            return None
        day = DAY.match(told["at"])
    except (UnableToWriteCanonically, *UNREADABLE):
        return None
    return day[0] if day else ""
