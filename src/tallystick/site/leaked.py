"""Passwords that leaked elsewhere, looked up in a file that the operator keeps beside the installation.

Two forms are read. The well-known list of SHA-1 hashes, `HASH` or `HASH:count` a line and sorted by hash, is
searched by halves, however long it is. A list of passwords, one a line and in any order, is read through.
Nothing is asked of anybody outside.
"""

import hashlib
import mmap
import re
from contextlib import closing
from pathlib import Path

HASHED = re.compile(rb"[0-9A-Fa-f]{40}(:\d+)?\s*$")
LONGEST_LINE = 1_000
# So many places of a list of hashes are compared before it is trusted to be sorted.
LOOKED_AT = 500


class UnableToReadLeaked(Exception):
    """There is no such file, it is empty, or it is a list of hashes that is not sorted."""


def holds(file: Path, password: str) -> bool:
    """Tell whether the password is in the file.

    :raises UnableToReadLeaked: if there is no such file, or it is empty
    """
    with _opened(file) as lines:
        if _is_hashed(lines):
            # the form that such lists have, whatever one thinks of SHA-1
            wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
            return _hash_at(lines, _first_not_below(lines, wanted)) == wanted
        return any(
            lines[: len(typed)] == typed or lines.find(b"\n" + typed) >= 0
            for typed in (password.encode() + ending for ending in (b"\n", b"\r\n"))
        ) or _is_the_last(lines, password.encode())


def check(file: Path) -> None:
    """Make sure that passwords can be looked up in the file.

    :raises UnableToReadLeaked: as the class says
    """
    with _opened(file) as lines:
        if not _is_hashed(lines):
            return
        step = max(len(lines) // LOOKED_AT, 1)
        before = b""
        for place in range(0, len(lines), step):
            found = _hash_at(lines, _start_of_line(lines, place))
            if found < before:
                raise UnableToReadLeaked(f"{file} is a list of hashes that is not sorted. Sort it by hash.")
            before = found


def _opened(file: Path) -> "closing[mmap.mmap]":
    try:
        with file.open("rb") as opened:
            return closing(mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError) as error:
        raise UnableToReadLeaked(f"The list of leaked passwords {file} cannot be read: {error}.") from None


def _is_hashed(lines: mmap.mmap) -> bool:
    return HASHED.match(_line_at(lines, 0)) is not None


def _line_at(lines: mmap.mmap, start: int) -> bytes:
    end = lines.find(b"\n", start, start + LONGEST_LINE)
    return lines[start : end if end >= 0 else start + LONGEST_LINE]


def _hash_at(lines: mmap.mmap, start: int) -> bytes:
    return lines[start : start + 40].upper()


def _start_of_line(lines: mmap.mmap, place: int) -> int:
    return lines.rfind(b"\n", 0, place) + 1


def _first_not_below(lines: mmap.mmap, wanted: bytes) -> int:
    """Return where the first line starts whose hash is not below the one that is wanted."""
    low, high = 0, len(lines)
    while low < high:
        start = _start_of_line(lines, (low + high) // 2)
        if _hash_at(lines, start) < wanted:
            end = lines.find(b"\n", start)
            low = len(lines) if end < 0 else end + 1
        else:
            high = start
    return low


def _is_the_last(lines: mmap.mmap, typed: bytes) -> bool:
    """Tell whether a list that does not end its last line ends with the password."""
    return lines[-len(typed) :] == typed and _start_of_line(lines, len(lines)) == len(lines) - len(typed)
