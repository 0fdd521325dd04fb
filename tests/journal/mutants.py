"""Bundles with something wrong: one change each, of every kind and in every file."""

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

FILES = ("leaves.jsonl", "payloads.jsonl", "readings.jsonl", "bundle.json", "checkpoints")
Change = Callable[[random.Random, bytes], bytes]


def flip(dice: random.Random, raw: bytes) -> bytes:
    place = dice.randrange(len(raw))
    return raw[:place] + bytes([raw[place] ^ 1 << dice.randrange(8)]) + raw[place + 1 :]


def letter(dice: random.Random, raw: bytes) -> bytes:
    """Write another letter or digit for one, so that what is written can still be read."""
    places = [place for place, one in enumerate(raw) if chr(one).isalnum()]
    place = dice.choice(places)
    return raw[:place] + dice.choice(b"0123456789abcdefXYZ").to_bytes() + raw[place + 1 :]


def cut(dice: random.Random, raw: bytes) -> bytes:
    return raw[: dice.randrange(len(raw))]


def add(dice: random.Random, raw: bytes) -> bytes:
    place = dice.randrange(len(raw) + 1)
    return raw[:place] + dice.choice([b"\n", b" ", b"{}", b"\x00", b"\xff", b"1"]) + raw[place:]


def drop(dice: random.Random, raw: bytes) -> bytes:
    lines = raw.splitlines(keepends=True)
    del lines[dice.randrange(len(lines))]
    return b"".join(lines)


def double(dice: random.Random, raw: bytes) -> bytes:
    lines = raw.splitlines(keepends=True)
    place = dice.randrange(len(lines))
    return b"".join([*lines[:place], lines[place], *lines[place:]])


def swap(dice: random.Random, raw: bytes) -> bytes:
    lines = raw.splitlines(keepends=True)
    first, second = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]
    return b"".join(lines)


def respell(dice: random.Random, raw: bytes) -> bytes:
    """Write a line with spaces, or its keys in another order: the same to a reader, not the same bytes."""
    lines = raw.splitlines(keepends=True)
    place = dice.randrange(len(lines))
    try:
        told = json.loads(lines[place])
    except ValueError:
        return b" " + raw
    lines[place] = (
        json.dumps(dict(reversed(told.items()))).encode() + b"\n" if isinstance(told, dict) else b""
    )
    return b"".join(lines)


def empty(_: random.Random, __: bytes) -> bytes:
    return b""


CHANGES: tuple[Change, ...] = (flip, flip, letter, letter, cut, add, drop, double, swap, respell, empty)


def mutant(dice: random.Random, sound: Path, folder: Path) -> tuple[Path, str]:
    """Return a copy of a bundle with one file changed, and what was done to it."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(sound, folder)
    named = folder / dice.choice(FILES)
    file = dice.choice(sorted(named.iterdir())) if named.is_dir() else named
    if dice.random() < 0.03:
        file.unlink()
        return folder, f"removed {file.name}"
    change = dice.choice(CHANGES)
    file.write_bytes(change(dice, file.read_bytes()))
    return folder, f"{change.__name__} of {file.name}"
