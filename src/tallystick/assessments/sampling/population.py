"""What is sampled, as somebody lists it: names a line each, pasted or in a file of plain text."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

MOST_BYTES, MOST_NAMES, MOST_STRATA = 1_500_000, 20_000, 50
MOST_COUNTED = 10_000_000
WHOLE = "all"  # the one stratum, where none is named
# A device's identifier, a metering point, a certificate's number: one word without anything that runs.
NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z.:/_-]{0,63}")
STRATUM = re.compile(r"[0-9A-Za-z][0-9A-Za-z ._-]{0,39}")
COUNT = re.compile(r"[0-9]{1,8}")


class UnableToList(Exception):
    """A line is not a name, a name stands twice, or there is too much or nothing."""


@dataclass(frozen=True)
class Population:
    """Names by stratum, each in the order given, or their counts alone.

    `listed` has them one a line with the stratum and a tab before each, and `digest` is its SHA-256 in hex;
    both are empty where only counts are stated.
    """

    strata: Mapping[str, tuple[str, ...]]
    counts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def sizes(self) -> dict[str, int]:
        return dict(self.counts) or {name: len(names) for name, names in self.strata.items()}

    @property
    def size(self) -> int:
        return sum(self.sizes.values())

    @property
    def listed(self) -> str:
        return "\n".join(f"{stratum}\t{name}" for stratum, names in self.strata.items() for name in names)

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.listed.encode()).hexdigest() if self.strata else ""


def listed(text: str | bytes) -> Population:
    """Read names, one a line; before a comma or a tab its stratum, if there are several.

    :raises UnableToList: naming the line
    """
    strata: dict[str, list[str]] = {}
    seen: set[str] = set()
    for number, line in _lines(text):
        stratum, name = _parted(line)
        if not NAME.fullmatch(name) or not STRATUM.fullmatch(stratum):
            raise UnableToList(f"Line {number} is not a name: letters, digits and . : / _ - in one word.")
        if name in seen:
            raise UnableToList(f"Line {number}: {name} stands there twice.")
        seen.add(name)
        strata.setdefault(stratum, []).append(name)
    if not seen:
        raise UnableToList("Nothing is listed.")
    if len(seen) > MOST_NAMES or len(strata) > MOST_STRATA:
        raise UnableToList(f"At most {MOST_NAMES:,} names in {MOST_STRATA} strata are listed.")
    return Population({name: tuple(names) for name, names in strata.items()})


def counted(text: str) -> Population:
    """Read how many there are of each stratum, one a line: its name, a comma or a tab, and the count.

    :raises UnableToList: naming the line
    """
    counts: dict[str, int] = {}
    for number, line in _lines(text):
        stratum, count = _parted(line)
        if not COUNT.fullmatch(count) or not STRATUM.fullmatch(stratum) or stratum in counts:
            raise UnableToList(f"Line {number} is not a stratum with a count, such as North, 1200.")
        counts[stratum] = int(count)
    if not 0 < sum(counts.values()) <= MOST_COUNTED or len(counts) > MOST_STRATA:
        raise UnableToList(f"Count something, at most {MOST_COUNTED:,} in {MOST_STRATA} strata.")
    return Population({}, counts)


def _lines(text: str | bytes) -> list[tuple[int, str]]:
    """Return lines that say something, by their numbers from 1.

    :raises UnableToList: if there are too many, or it is no text
    """
    raw = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
    if len(raw) > MOST_BYTES:
        raise UnableToList(f"A list has {MOST_BYTES // 1000:,} kB at most.")
    try:
        said = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnableToList("The list is no plain text in UTF-8.") from None
    lines = [(number, line.strip()) for number, line in enumerate(said.split("\n"), start=1)]
    return [(number, line) for number, line in lines if line]


def _parted(line: str) -> tuple[str, str]:
    """Return the stratum of a line and what stands after it."""
    before, mark, after = line.replace("\t", ",").rpartition(",")
    return (before.strip(), after.strip()) if mark else (WHOLE, after.strip())
