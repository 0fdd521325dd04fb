"""Checkpoints in files beside the database, so that a database that was set back cannot take them along.

`checkpoints/0000009004.txt` is the checkpoint of 9,004 entries. What was given up by `tally recover` lies in
`checkpoints/lost/`. Copies elsewhere, such as with a witness, are worth more still.
"""

import os
import re
from pathlib import Path

NUMBERED = re.compile(r"([0-9]{10,16})\.txt")


def folder(home: Path) -> Path:
    return home / "checkpoints"


def name_of(size: int) -> str:
    return f"{size:010d}.txt"


def file_of(home: Path, size: int) -> Path:
    return folder(home) / name_of(size)


def sizes(home: Path) -> list[int]:
    """Return the sizes that there are checkpoints of, the smallest first."""
    within = folder(home)
    names = [NUMBERED.fullmatch(path.name) for path in within.iterdir()] if within.is_dir() else []
    found = [int(name[1]) for name in names if name]
    return sorted({size for size in found if file_of(home, size).exists()})


def text_of(home: Path, size: int) -> str:
    """Return a checkpoint as it is kept; bytes that are no text are shown as such."""
    return file_of(home, size).read_bytes().decode("utf-8", "replace")


def keep(home: Path, size: int, text: str) -> None:
    """Keep a checkpoint, or the same with more signatures."""
    replace(file_of(home, size), text)


def give_up(home: Path, size: int) -> None:
    """Lay a checkpoint that the log does not hold any more aside."""
    lost = folder(home) / "lost"
    lost.mkdir(exist_ok=True)
    aside = lost / file_of(home, size).name
    number = 1
    while aside.exists():
        number += 1
        aside = lost / f"{size:010d}-{number}.txt"
    file_of(home, size).rename(aside)
    _to_disk(lost)
    _to_disk(folder(home))


def replace(file: Path, text: str, *, mode: int = 0o644) -> None:
    """Write a file whole or not at all, and let it be on the disk before going on."""
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = file.with_name(f"{file.name}.{os.getpid()}.part")
    aside.unlink(missing_ok=True)
    begun = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(begun, "w", encoding="utf-8") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())
    aside.replace(file)
    _to_disk(file.parent)


def _to_disk(place: Path) -> None:
    opened = os.open(place, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
