"""How many to look at, and which: samples for audits and inspections that anybody can draw again.

A sample is drawn by the hash of its seed and each thing's own name, so that neither the order of a list nor a
library's dice decide: the same list and seed give the same sample, and a longer list keeps most of it.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import comb

MOST = 10_000_000


class UnableToSample(Exception):
    """The sample that is asked for cannot be drawn."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a sample has to assure: with which confidence, that no more than a tolerable share fails.

    `accepted` are the failures that are still let pass; each makes the sample larger.
    """

    confidence: Fraction
    tolerable: Fraction
    accepted: int = 0

    def __post_init__(self) -> None:
        if not 0 < self.confidence < 1 or not 0 < self.tolerable < 1 or self.accepted < 0:
            raise UnableToSample(
                "Confidence and tolerable share lie between 0 and 1, and failures not below 0."
            )


def size(wanted: Wanted, population: int) -> int:
    """Return the least sample that assures what is wanted of so many things, drawn without putting back.

    If more than the tolerable share failed, so many or fewer failures would be found in it with a chance of
    1 less the confidence at most. Where no smaller sample does, it is all of them.
    """
    if not 0 <= population <= MOST:
        raise UnableToSample(f"A sample is drawn from at most {MOST:,}.")
    failing = int(wanted.tolerable * population) + 1
    # Whole numbers of all there is would be slow: the least sample is sought from below.
    low, high = 0, min(1, population)
    while high < population and not _is_enough(wanted, population, min(failing, population), high):
        low, high = high + 1, min(2 * high, population)
    while low < high:
        middle = (low + high) // 2
        if _is_enough(wanted, population, min(failing, population), middle):
            high = middle
        else:
            low = middle + 1
    return low


def _is_enough(wanted: Wanted, population: int, failing: int, taken: int) -> bool:
    if taken >= population:
        return True
    missed = sum(
        comb(failing, found) * comb(population - failing, taken - found)
        for found in range(min(wanted.accepted, failing, taken) + 1)
        if taken - found <= population - failing
    )
    return missed <= (1 - wanted.confidence) * comb(population, taken)


def share_of(population: int, share: Fraction) -> int:
    """Return a share of a population, a part of one counted as one."""
    if not 0 <= share <= 1:
        raise UnableToSample("A share lies between 0 and 1.")
    return -(-population * share.numerator // share.denominator)


def split(taken: int, strata: Mapping[str, int]) -> dict[str, int]:
    """Return how many of a sample come from each stratum, in proportion to their sizes.

    What rounding down leaves over goes to the strata that lost most by it, by name where they lost alike. A
    stratum that has somebody in it and would get none gets one, of the largest part, while there are enough.

    :raises UnableToSample: if more is asked than there is
    """
    whole = sum(strata.values())
    if not 0 <= taken <= whole:
        raise UnableToSample(f"A sample of {taken:,} cannot be taken from {whole:,}.")
    if not whole:
        return dict.fromkeys(strata, 0)
    parts = {name: taken * count // whole for name, count in strata.items()}
    lost = sorted(strata, key=lambda name: (parts[name] * whole - taken * strata[name], name))
    for name in lost[: taken - sum(parts.values())]:
        parts[name] += 1
    for name in sorted(strata):
        largest = max(sorted(parts), key=lambda one: parts[one])
        if strata[name] and not parts[name] and parts[largest] > 1:
            parts[name], parts[largest] = 1, parts[largest] - 1
    return parts


def draw(seed: str, names: Collection[str], taken: int) -> list[str]:
    """Return so many of the names, in the order in which they were drawn.

    :raises UnableToSample: if a name stands twice, or there are not so many
    """
    if len(set(names)) < len(names):
        raise UnableToSample("A name stands twice in what is sampled.")
    if not 0 <= taken <= len(names):
        raise UnableToSample(f"A sample of {taken:,} cannot be taken from {len(names):,}.")
    return sorted(names, key=lambda name: _lot(seed, name))[:taken]


def drawn(seed: str, strata: Mapping[str, Collection[str]], taken: int) -> dict[str, list[str]]:
    """Return a sample by stratum, each in proportion to its size."""
    parts = split(taken, {name: len(names) for name, names in strata.items()})
    return {name: draw(f"{seed}/{name}", names, parts[name]) for name, names in strata.items()}


def _lot(seed: str, name: str) -> tuple[bytes, str]:
    return hashlib.sha256(f"{seed}\x00{name}".encode()).digest(), name


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Parts of a count that do not make up the whole: their sum, and by how much it differs."""

    whole: int
    parts: int

    @property
    def over(self) -> int:
        """How many more the parts are than the whole; below nothing where some are missing."""
        return self.parts - self.whole


def adds_up(whole: int, parts: Iterable[int]) -> Mismatch | None:
    """Return how parts that exclude one another differ from the whole that they are of, if they do."""
    found = sum(parts)
    return None if found == whole else Mismatch(whole, found)
